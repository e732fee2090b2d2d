# Makes lines.csv from sets.csv: Rscript lines.R, in this folder. lme4 1.1-31, lmerTest 3.1-3, R 4.2.2.
# The mean line of everyone, and of each arm at the mean age of its own people: predict() without the clients' own
# departures, vcov() for the standard error, lmerTest's contest1D() for Satterthwaite's degrees of freedom.
suppressMessages(library(lmerTest))
sets <- read.csv("sets.csv")
sets$t100 <- sets$day / 100
sets$arm <- factor(sets$arm)
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), calc.derivs = FALSE,
                     check.conv.singular = "ignore")
formulas <- list(ris = score ~ t100 + (t100 | client), ris_arm = score ~ age + t100 * arm + (t100 | client))
lines <- data.frame()
for (set in unique(sets$set)) for (model in names(formulas)) {
  rows <- sets[sets$set == set, ]
  fit <- suppressWarnings(suppressMessages(lmer(formulas[[model]], rows, control = tight)))
  people <- rows[!duplicated(rows$client), ]
  for (line in if (model == "ris") "everyone" else c("a", "b")) for (day in c(0, 14, 98, 364)) {
    here <- if (line == "everyone") people else people[people$arm == line, ]
    here$t100 <- day / 100
    mean <- mean(predict(fit, here, re.form = NA))
    L <- colMeans(model.matrix(terms(fit), here))
    se <- sqrt(drop(L %*% vcov(fit) %*% L))
    df <- contest1D(fit, L)$df
    half <- qt(0.975, df) * se
    lines <- rbind(lines, data.frame(set, model, line, day, mean, low = mean - half, high = mean + half))
  }
}
write.csv(format(lines, digits = 15), "lines.csv", row.names = FALSE, quote = FALSE)
