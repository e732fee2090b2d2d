# Writes time_to_change.csv: what R's survival package says of made-up times.
# Run in this folder with: Rscript time_to_change.R > time_to_change.csv
# Needs the recommended package survival (Debian: r-cran-survival). Versions used: the first line of the output.
suppressPackageStartupMessages(library(survival))
set.seed(20261122)
days <- function(n) round(rexp(n, 1 / 120)) + 1
cases <- list(
  of_80 = list(days(80), rbinom(80, 1, 0.6), rep(c("a", "b"), 40)),
  three_groups = list(c(days(40), days(40) * 2, days(40) * 3), rbinom(120, 1, 0.7), rep(c("a", "b", "c"), each = 40)),
  many_ties = list(sample(c(14, 28, 42, 56, 100), 150, TRUE), rbinom(150, 1, 0.4), sample(c("a", "b"), 150, TRUE)),
  all_improved = list(days(25), rep(1, 25), rep(c("a", "b", "b", "a", "b"), 5)),
  on_one_half = list(c(10, 20, 30, 40), c(1, 1, 1, 1), c("a", "b", "a", "b")),
  stays_on_one_half = list(c(10, 20, 30, 40), c(1, 1, 0, 0), c("a", "a", "b", "b")),
  less_than_half = list(c(10, 20, 30, 40, 50, 60), c(1, 0, 1, 0, 0, 0), c("a", "b", "a", "b", "a", "b")),
  left_before_anyone = list(c(5, 10, 20, 30, 40, 50), c(0, 1, 1, 0, 1, 1), c("a", "a", "a", "b", "b", "b")),
  a_group_never_in_time = list(c(1, 2, 30, 35, 40, 50), c(0, 0, 1, 1, 0, 1), c("gone", "gone", "a", "a", "b", "b")),
  tenths = list(c(0.1 + 0.2, 0.3, 0.5, 0.9, 1.4, 1.5), c(1, 1, 0, 1, 1, 0), c("a", "b", "a", "b", "a", "b"))
)
text <- function(x) paste(sprintf("%.17g", x), collapse = " ")
cat("#", R.version.string, "survival", as.character(packageVersion("survival")), "\n")
cat("case,days,improved,group,day,at_risk,happened,left,not_yet,se,low,high,median,median_low,median_high,",
    "observed,expected,chi2,df,p\n", sep = "")
for (name in names(cases)) {
  d <- cases[[name]][[1]]; e <- cases[[name]][[2]]; g <- cases[[name]][[3]]
  curve <- survfit(Surv(d, e) ~ 1, conf.type = "log-log")
  s <- summary(curve, censored = TRUE)
  q <- quantile(curve, 0.5)
  test <- survdiff(Surv(d, e) ~ g)
  df <- sum(test$exp > 0) - 1
  cat(name, text(d), text(e), paste(g, collapse = " "), text(s$time), text(s$n.risk), text(s$n.event),
    text(s$n.censor), text(s$surv), text(s$std.err), text(s$lower), text(s$upper),
    text(q$quantile), text(q$lower), text(q$upper), text(test$obs), text(test$exp), text(test$chisq), text(df),
    text(pchisq(test$chisq, df, lower.tail = FALSE)), sep = ",")
  cat("\n")
}
