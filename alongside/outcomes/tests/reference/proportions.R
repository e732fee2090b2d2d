# Writes proportions.csv: intervals of made-up shares and of their differences.
# Run in this folder with: Rscript proportions.R > proportions.csv
# The interval of a difference is Newcombe's method 10, put together here from R's own Wilson intervals.
wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
pairs <- list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20), c(10, 10, 0, 10),
  c(1, 1, 0, 1), c(1240, 5000, 1900, 6000))
cat("#", R.version.string, "\n")
cat("x1,n1,x2,n2,exact_low,exact_high,difference,low,high\n")
for (x in pairs) {
  one <- wilson(x[1], x[2]); other <- wilson(x[3], x[4]); p <- x[1] / x[2]; q <- x[3] / x[4]
  numbers <- c(x, binom.test(x[1], x[2])$conf.int, p - q,
    p - q - sqrt((p - one[1])^2 + (other[2] - q)^2), p - q + sqrt((one[2] - p)^2 + (q - other[1])^2))
  cat(sprintf("%.17g", numbers), sep = ","); cat("\n")
}
