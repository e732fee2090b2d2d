# Makes lme4.csv and fits.csv from sets.csv: Rscript lme4.R, in this folder. lme4 1.1-31, lmerTest 3.1-3, R 4.2.2.
# lme4 searches without derivatives; its tolerances are tightened until its optimum no longer moves.
suppressMessages(library(lmerTest))
sets <- read.csv("sets.csv")
sets$t100 <- sets$day / 100
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), calc.derivs = FALSE,
                     check.conv.singular = "ignore")
formulas <- list(
  ri = score ~ t100 + (1 | client), ris = score ~ t100 + (t100 | client),
  ri_arm = score ~ age + t100 * arm + (1 | client), ris_arm = score ~ age + t100 * arm + (t100 | client))
fixed <- data.frame(); fits <- data.frame()
for (set in unique(sets$set)) for (model in names(formulas)) for (method in c("ml", "reml")) {
  rows <- sets[sets$set == set, ]
  fit <- suppressWarnings(suppressMessages(
    lmer(formulas[[model]], rows, REML = method == "reml", control = tight)))
  said <- suppressWarnings(suppressMessages(coef(summary(fit))))
  fixed <- rbind(fixed, data.frame(set, model, method, name = rownames(said), estimate = said[, "Estimate"],
                                   se = said[, "Std. Error"], df = said[, "df"], row.names = NULL))
  parts <- as.data.frame(VarCorr(fit))
  part <- function(a, b) { v <- parts$vcov[parts$grp == "client" & parts$var1 == a & parts$var2 %in% b]
                           if (length(v)) v else NA }
  fits <- rbind(fits, data.frame(set, model, method, sigma = sigma(fit), start = part("(Intercept)", NA),
    slope = part("t100", NA), both = part("(Intercept)", "t100"), log_likelihood = as.numeric(logLik(fit)),
    singular = isSingular(fit)))
}
write.csv(format(fixed, digits = 15), "lme4.csv", row.names = FALSE, quote = FALSE)
write.csv(format(fits, digits = 15), "fits.csv", row.names = FALSE, quote = FALSE)
