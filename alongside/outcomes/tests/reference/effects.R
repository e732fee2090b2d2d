# Writes effects.csv: R's correlation and effect sizes of the pairs in paired.csv.
# Run in this folder, after paired.R, with: Rscript effects.R > effects.csv
pairs <- read.csv("paired.csv", comment.char = "#")
scores <- function(text) as.numeric(strsplit(text, " ")[[1]])
cat("#", R.version.string, "\n")
cat("case,r,low,high,p,d_z,d_av,hedges_g\n")
for (i in seq_len(nrow(pairs))) {
  first <- scores(pairs$first[i]); last <- scores(pairs$last[i]); n <- length(first)
  if (n < 4) next
  cor <- cor.test(first, last)
  d_z <- mean(last - first) / sd(last - first)
  m <- n - 1
  j <- gamma(m / 2) / (sqrt(m / 2) * gamma((m - 1) / 2))
  if (!is.finite(j)) j <- exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)
  numbers <- c(cor$estimate, if (abs(cor$estimate) > 1 - 1e-12) c(NA, NA) else cor$conf.int, cor$p.value,
    d_z, mean(last - first) / mean(c(sd(first), sd(last))), d_z * j)
  cat(pairs$case[i], paste(sprintf("%.17g", numbers), collapse = ","), sep = ","); cat("\n")
}
