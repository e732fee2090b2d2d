# Writes missing.csv: Welch's comparison of made-up groups. Run in this folder with: Rscript missing.R > missing.csv
set.seed(20261122)
line <- function(n, mean) round(pmin(pmax(rnorm(n, mean, 2.5), 0), 10), 1)
cases <- list(
  few_left = list(line(12, 7), line(80, 6)), as_many = list(line(40, 5), line(40, 5)),
  two_left = list(c(8.1, 9.4), line(30, 6)), one_group_constant = list(c(5, 5, 5), c(4, 6, 7, 8))
)
text <- function(x) paste(sprintf("%.17g", x), collapse = " ")
cat("#", R.version.string, "\n")
cat("case,left,stayed,difference,low,high,t,df,p\n")
for (name in names(cases)) {
  left <- cases[[name]][[1]]; stayed <- cases[[name]][[2]]
  w <- t.test(left, stayed)
  numbers <- c(mean(left) - mean(stayed), w$conf.int, w$statistic, w$parameter, w$p.value)
  cat(name, text(left), text(stayed), paste(sprintf("%.17g", numbers), collapse = ","), sep = ","); cat("\n")
}
