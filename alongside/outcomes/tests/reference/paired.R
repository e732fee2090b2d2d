# Writes paired.csv: what R says of made-up pairs. Run in this folder with: Rscript paired.R > paired.csv
# Version used: see the first line of the output.
set.seed(20261122)
line <- function(n, shift = 0) round(pmin(pmax(rnorm(n, 5 + shift, 2.5), 0), 10), 1)
cases <- list(
  line_of_120 = list(line(120, 1), line(120)),
  line_of_30 = list(line(30, 1), line(30)),
  exact_12 = list(c(5, 9, 14, 20, 27, 35, 44, 54, 65, 77, 90, 104), c(6, 7, 17, 16, 32, 29, 51, 46, 74, 67, 101, 92)),
  exact_49 = list(rnorm(49, 20, 5), rnorm(49, 17, 5)),
  normal_50 = list(rnorm(50, 20, 5), rnorm(50, 17, 5)),
  zeros_and_ties = list(c(3, 3, 4, 5, 6, 7, 7, 8, 9, 10), c(3, 2, 4, 3, 5, 7, 9, 6, 7, 9)),
  two_people = list(c(4.1, 6), c(3.1, 5.5)),
  all_up = list(c(1, 2, 3, 4, 5, 6), c(2, 4, 6, 8, 10, 12)),
  whole_numbers_300 = list(rpois(300, 20), rpois(300, 15)),
  large_scores = list(rnorm(80, 30000, 400), rnorm(80, 30100, 400))
)
text <- function(x) paste(sprintf("%.17g", x), collapse = " ")
cat("#", R.version.string, "\n")
cat("case,first,last,n,mean_first,mean_last,mean_change,sd_change,median_change,low,high,t,df,p,v,wilcoxon_p\n")
for (name in names(cases)) {
  first <- cases[[name]][[1]]; last <- cases[[name]][[2]]
  t <- t.test(last, first, paired = TRUE)
  w <- suppressWarnings(wilcox.test(last, first, paired = TRUE))
  numbers <- c(length(first), mean(first), mean(last), mean(last - first), sd(last - first), median(last - first),
    t$conf.int, t$statistic, t$parameter, t$p.value, w$statistic, w$p.value)
  cat(name, text(first), text(last), paste(sprintf("%.17g", numbers), collapse = ","), sep = ","); cat("\n")
}
