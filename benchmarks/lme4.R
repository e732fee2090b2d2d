# The other side of trajectories.py: waits for a line "set path", answers with seconds, estimates and errors of lme4.
suppressMessages(library(lme4))
con <- file("stdin", "r")
while (length(line <- readLines(con, 1)) && nzchar(line)) {
  rows <- read.csv(line)
  rows$t100 <- rows$day / 100
  formula <- if ("arm" %in% names(rows)) score ~ t100 * arm + sex + funder + (t100 | client) else score ~ t100 + (t100 | client)
  took <- system.time({ fit <- suppressWarnings(lmer(formula, rows, REML = TRUE)); said <- coef(summary(fit)) })[["elapsed"]]
  cat(took, said["t100", "Estimate"], said["t100", "Std. Error"], sigma(fit), "\n")
  flush(stdout())
}
