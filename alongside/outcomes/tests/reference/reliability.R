# Writes reliability.csv: what R says of made-up scores. Run in this folder with: Rscript reliability.R > reliability.csv
# Version used: see the first line of the output. Intraclass correlations come from the mean squares of aov(), by the
# formulas of McGraw & Wong (1996), table 4 and 7, each of the six written out; alpha from var(), with Feldt's interval.
set.seed(20261122)
twice <- function(n, sd_person, sd_error, shift = 0, decimals = 1) {
  person <- rnorm(n, 5, sd_person)
  round(cbind(person + rnorm(n, 0, sd_error), person + shift + rnorm(n, 0, sd_error)), decimals)
}
several <- function(n, k, sd_person, sd_error) {
  round(rnorm(n, 20, sd_person) + matrix(rnorm(n * k, 0, sd_error), n) + rep(rnorm(k, 0, 2), each = n), 2)
}
cases <- list(
  seed_43 = twice(43, 2.5, 0.5),
  weak_43 = twice(43, 1, 2),
  shifted_60 = twice(60, 2, 0.7, shift = -2),
  none_22 = twice(22, 0.1, 2),
  whole_numbers_200 = twice(200, 3, 1.5, decimals = 0),
  four_people = cbind(c(3, 5, 8, 9), c(4, 5, 6, 10)),
  judges_8_by_4 = several(8, 4, 5, 2),
  judges_120_by_7 = several(120, 7, 3, 4),
  far_from_zero = 1e6 + twice(50, 20, 4)
)
icc <- function(x) {
  n <- nrow(x); k <- ncol(x)
  long <- data.frame(score = as.vector(x), person = factor(rep(1:n, k)), occasion = factor(rep(1:k, each = n)))
  squares <- summary(aov(score ~ person + occasion, long))[[1]]
  r <- squares[1, 3]; c <- squares[2, 3]; e <- squares[3, 3]
  w <- summary(aov(score ~ person, long))[[1]][2, 3]
  f1 <- r / w; f3 <- r / e
  f1l <- f1 / qf(.975, n - 1, n * (k - 1)); f1u <- f1 * qf(.975, n * (k - 1), n - 1)
  f3l <- f3 / qf(.975, n - 1, (n - 1) * (k - 1)); f3u <- f3 * qf(.975, (n - 1) * (k - 1), n - 1)
  icc2 <- (r - e) / (r + (k - 1) * e + k / n * (c - e))
  a <- k * icc2 / (n * (1 - icc2)); b <- 1 + k * icc2 * (n - 1) / (n * (1 - icc2))
  v <- (a * c + b * e)^2 / ((a * c)^2 / (k - 1) + (b * e)^2 / ((n - 1) * (k - 1)))
  fl <- qf(.975, n - 1, v); fu <- qf(.975, v, n - 1)
  c((r - w) / (r + (k - 1) * w), (f1l - 1) / (f1l + k - 1), (f1u - 1) / (f1u + k - 1),
    icc2, n * (r - fl * e) / (fl * (k * c + (k * n - k - n) * e) + n * r),
    n * (fu * r - e) / (k * c + (k * n - k - n) * e + n * fu * r),
    (r - e) / (r + (k - 1) * e), (f3l - 1) / (f3l + k - 1), (f3u - 1) / (f3u + k - 1),
    (r - w) / r, 1 - 1 / f1l, 1 - 1 / f1u,
    (r - e) / (r + (c - e) / n), n * (r - fl * e) / (fl * (c - e) + n * r), n * (fu * r - e) / (c - e + n * fu * r),
    (r - e) / r, 1 - 1 / f3l, 1 - 1 / f3u)
}
raw <- function(x) ncol(x) / (ncol(x) - 1) * (1 - sum(diag(var(x))) / var(rowSums(x)))
agreement <- function(x) {
  r <- cor.test(x[, 1], x[, 2]); d <- x[, 2] - x[, 1]; n <- length(d)
  bias <- t.test(d); limits <- mean(d) + c(-1.96, 1.96) * sd(d)
  half <- qt(.975, n - 1) * sqrt(var(d) / n + 1.96^2 * var(d) / (2 * (n - 1)))
  c(r$estimate, r$conf.int, r$p.value, cor(x[, 1], x[, 2], method = "spearman"), mean(d), bias$conf.int, sd(d), limits,
    limits[1] - half, limits[1] + half, limits[2] - half, limits[2] + half, sd(d) / sqrt(2), 1.96 * sd(d))
}
together <- function(x) {
  n <- nrow(x); k <- ncol(x); a <- raw(x)
  without <- if (k > 2) sapply(1:k, function(item) raw(x[, -item])) else NULL
  c(a, 1 - (1 - a) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1)), without)
}
text <- function(x) paste(sprintf("%.17g", x), collapse = " ")
cat("#", R.version.string, "\n")
cat("case,k,scores,icc,agreement,alpha\n")
for (name in names(cases)) {
  x <- cases[[name]]
  two <- if (ncol(x) == 2) text(agreement(x)) else ""
  cat(name, ncol(x), text(as.vector(t(x))), text(icc(x)), two, text(together(x)), sep = ","); cat("\n")
}
