# Works out in R every number of the report that rests on the rows beside it, and compares. Run it in this folder:
#
#   Rscript check.R
#
# It needs base R. Lines over time also need the packages lme4 and lmerTest; without them they are left out, and the last
# lines say so. Names are those of results.json: measures.calm.paired.mean_change is the mean change of the measure calm.

# ---- what the report was asked for ----

#{asked}

# ---- the files ----

script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
if (length(script)) setwd(dirname(gsub("~+~", " ", script[1], fixed = TRUE)))
in_words <- function(file) {
  read <- read.csv(file, colClasses = "character", na.strings = character(0), encoding = "UTF-8", check.names = FALSE)
  plain <- function(cells) sub("^'([-=+@\t\n])", "\\1", cells)  # put there so that no spreadsheet runs a formula
  read[] <- lapply(read, plain)
  setNames(read, plain(names(read)))
}
rows <- in_words("rows.csv")
rows$day <- as.numeric(rows$day)
rows$score <- as.numeric(rows$score)
rows <- rows[order(rows$client, rows$day, method = "radix"), ]
people <- in_words("people.csv")
expected <- in_words("expected.csv")
ours <- setNames(as.numeric(expected$value), expected$name)
if (file.exists("lines_of_people.csv")) {
  lines <- in_words("lines_of_people.csv")
  for (column in setdiff(names(lines), c("client", "measure"))) {
    given <- lines[[column]] != ""
    name <- paste("lines_of_people", lines$measure, lines$client, column, sep = ".")
    ours <- c(ours, setNames(as.numeric(lines[[column]]), name)[given])
  }
}

# ---- small tools ----

found <- list()
put <- function(at, numbers) {
  if (length(numbers)) found[[length(found) + 1]] <<- setNames(as.numeric(numbers), paste0(at, names(numbers)))
}
attempt <- function(what) tryCatch(suppressWarnings(what), error = function(problem) NULL)
ends <- function(interval) if (length(interval) == 2) c(ci95.low = interval[1], ci95.high = interval[2])
towards <- function(better) if (better == "lower") -1 else 1
fortnight <- function(day) floor((day + 7) / 14)
written <- function(number) sprintf("%.15g", number)
# 4.1 and 3.1 differ by a little less than 1 in binary, so what is compared with a threshold is rounded first
rounded <- function(x) round(x, 9)
varies <- function(x) length(x) > 1 && sd(x) > 1e-12 * max(1, abs(x))
levels_of <- function(values) sort(unique(as.character(values)), method = "radix")

summary_of <- function(x) c(n = length(x), mean = mean(x), sd = sd(x), median = median(x))

wilson <- function(count, n) attempt(prop.test(count, n, correct = FALSE)$conf.int)  # without correction: Wilson

share_of <- function(count, n) {
  exact <- attempt(binom.test(count, n)$conf.int)  # Clopper and Pearson's
  c(share = count / n, ends(wilson(count, n)), exact95.low = exact[1], exact95.high = exact[2])
}

put_share <- function(at, count, n) put(at, c(count = count, n = n, share_of(count, n)))

first_and_last <- function(rows) {
  first <- rows[!duplicated(rows$client), ]
  last <- rows[!duplicated(rows$client, fromLast = TRUE), ]
  data.frame(client = first$client, first = first$score, last = last$score, twice = last$day > first$day)
}

# ---- first against last ----

paired <- function(first, last) {
  change <- last - first
  n <- length(change)
  numbers <- c(n = n, mean_first = mean(first), mean_last = mean(last), mean_change = mean(change),
    sd_change = sd(change), median_change = median(change), df = n - 1, d_av = mean(change) / ((sd(first) + sd(last)) / 2),
    pearson.n = n, pearson.r = attempt(cor(first, last)))
  signed_ranks <- attempt(wilcox.test(last, first, paired = TRUE))
  together <- attempt(cor.test(first, last))
  numbers <- c(numbers, wilcoxon.v = signed_ranks$statistic[[1]], wilcoxon.p = signed_ranks$p.value,
    pearson.p = together$p.value, pearson = ends(together$conf.int))
  if (!varies(change)) return(numbers)
  t <- t.test(last, first, paired = TRUE)
  d_z <- mean(change) / sd(change)
  small <- exp(lgamma((n - 1) / 2) - lgamma((n - 2) / 2)) / sqrt((n - 1) / 2)  # Hedges' exact factor
  c(numbers, t = t$statistic[[1]], p = t$p.value, ends(t$conf.int), d_z = d_z, hedges_g = if (n > 2) d_z * small)
}

improved <- function(pairs, everyone, by, better) {
  change <- rounded(pairs$last - pairs$first)[pairs$twice] * towards(better)
  n <- length(change)
  count <- sum(change >= by)
  c(n = n, improved = count, share_of(count, n), everyone = everyone, share_of_everyone = count / everyone)
}

put_group <- function(at, pairs, everyone, by, better) {
  put(paste0(at, "paired."), paired(pairs$first[pairs$twice], pairs$last[pairs$twice]))
  if (!is.null(by) && !is.null(better)) put(paste0(at, "improved."), improved(pairs, everyone, by, better))
}

# ---- by fortnight ----

begins <- fortnight(tapply(rows$day, rows$client, min))
stops <- fortnight(tapply(rows$day, rows$client, max))

put_over_time <- function(at, rows) {
  when <- fortnight(rows$day)
  between <- seq(max(min(when), 0), length.out = max(0, min(max(when), 26) - max(min(when), 0) + 1))
  for (one in union(when, between)) {
    here <- rows[when == one, ]
    score <- as.numeric(tapply(here$score, here$client, mean))  # somebody with two forms in it counts once
    numbers <- c(clients = length(score), n = nrow(here), ended = sum(stops < one),
      missing = sum(begins <= one & stops >= one) - length(score), mean = mean(score), median = median(score),
      if (varies(score)) ends(t.test(score)$conf.int))
    put(paste0(at, "over_time.", written(one), "."), numbers)
  }
}

# ---- beyond first and last ----

nearest <- function(rows) {
  since <- rounded(rows$day - rows$day[match(rows$client, rows$client)])
  away <- rounded(abs(since - asked$days))
  near <- since > 0 & away <= asked$window
  chosen <- rows[near, ][order(rows$client[near], away[near], rows$day[near], method = "radix"), ]
  chosen <- chosen[!duplicated(chosen$client), ]
  first <- rows[!duplicated(rows$client), ]
  data.frame(client = first$client, first = first$score, nearest = chosen$score[match(first$client, chosen$client)])
}

put_nearest <- function(at, rows) {
  pairs <- nearest(rows)
  put(paste0(at, "nearest."), c(without = sum(is.na(pairs$nearest))))
  pairs <- pairs[!is.na(pairs$nearest), ]
  put(paste0(at, "nearest.paired."), paired(pairs$first, pairs$nearest))
  for (column in asked$by) for (level in levels_of(people[[column]])) {
    group <- pairs[pairs$client %in% people$client[people[[column]] == level], ]
    put(paste0(at, "nearest.by.", column, ".", level, "."), both_times(group$first, group$nearest))
  }
}

both_times <- function(first, near) {
  mean_of <- function(x, name, interval) {
    c(setNames(mean(x), name), if (varies(x)) setNames(t.test(x)$conf.int, paste0(interval, c(".low", ".high"))))
  }
  c(n = length(first), mean_of(first, "mean_first", "first_ci95"), mean_of(near, "mean_near", "near_ci95"),
    mean_of(near - first, "mean_change", "change_ci95"))
}

threshold <- function(pairs) {
  spread <- sd(pairs$first)
  if (asked$sd == "pooled") spread <- sqrt((var(pairs$first[pairs$twice]) + var(pairs$last[pairs$twice])) / 2)
  1.96 * spread * sqrt(2) * sqrt(1 - asked$reliability)
}

put_reliable_change <- function(at, pairs, points, better) {
  at <- paste0(at, "reliable_change.")
  both <- pairs[pairs$twice, ]
  put(at, c(n = nrow(both), without_second = sum(!pairs$twice)))
  if (is.na(points) || points == 0) return()
  change <- rounded(both$last - both$first) * towards(better)
  better_now <- change >= rounded(points)
  worse_now <- change <= -rounded(points)
  put(at, c(threshold = points, improved = sum(better_now), deteriorated = sum(worse_now),
    unchanged = sum(!better_now & !worse_now)))
  if (is.null(asked$cutoff)) return()
  beyond <- function(score) rounded((score - asked$cutoff) * towards(better))  # below 0: in difficulty
  began <- beyond(both$first) <= 0
  count <- sum(began & better_now & beyond(both$last) > 0)
  put_share(paste0(at, "recovered."), count, sum(began))
}

# recovered: every one of these measures reliably better on the form nearest to the day
put_recovery <- function(measures) {
  everyone <- both <- better <- people$client
  for (measure in measures) {
    here <- rows[rows$measure == measure$name, ]
    points <- threshold(first_and_last(here))
    put(paste0("recovery.questions.", measure$label, "."), c(points = points))
    pairs <- nearest(here)
    everyone <- intersect(everyone, pairs$client)
    both <- intersect(both, pairs$client[!is.na(pairs$nearest)])
    gain <- rounded(pairs$nearest - pairs$first) * towards(measure$better)
    better <- intersect(better, pairs$client[which(gain >= rounded(points))])
  }
  n <- length(everyone)
  missing <- n - length(both)
  count <- length(better)
  put("recovery.", c(n = n, without_second = missing))
  put_share("recovery.recovered.", count, length(both))
  put("recovery.bounds.", c(n = n, missing = missing, at_least = count, at_most = count + missing, lowest = count / n,
    highest = (count + missing) / n))
}

# of those with two forms: days to the first form that is reliably better, or to the last one
followed <- function(rows, points, better) {
  first <- match(rows$client, rows$client)
  since <- rounded(rows$day - rows$day[first])
  reached <- rounded(rows$score - rows$score[first]) * towards(better) >= rounded(points) & since > 0
  until <- tapply(since, rows$client, max)
  when <- tapply(ifelse(reached, since, Inf), rows$client, min)[until > 0]
  data.frame(client = names(when), days = as.numeric(pmin(when, until[until > 0])), improved = as.logical(is.finite(when)))
}

# Kaplan and Meier's curve with log-log intervals, as survival::survfit(Surv(days, improved) ~ 1, conf.type = "log-log")
put_time_to_change <- function(at, people, steps = TRUE) {
  days <- people$days
  day <- sort(unique(days))
  happened <- tabulate(match(days[people$improved], day), length(day))
  left <- tabulate(match(days[!people$improved], day), length(day))
  watched <- rev(cumsum(rev(happened + left)))
  not_yet <- cumprod(1 - happened / watched)
  hazard <- cumsum(happened / (watched * (watched - happened)))
  inside <- ifelse(not_yet > 0 & not_yet < 1, not_yet, NA)
  half <- qnorm(0.975) * sqrt(hazard) / log(inside)
  low <- exp(log(inside) * exp(-half))
  high <- exp(log(inside) * exp(half))
  crosses <- function(curve) {  # the day on which a curve reaches one half; the middle of the days on which it lies there
    reached <- which(curve < 0.5 + 2^-26)
    if (!length(reached)) return(NA)
    if (curve[reached[1]] < 0.5 - 2^-26) return(day[reached[1]])
    (day[reached[1]] + c(day[which(curve < 0.5 - 2^-26)], max(day))[1]) / 2
  }
  put(at, c(n = length(days), improved = sum(happened), median_days = crosses(not_yet), median_low = crosses(low),
    median_high = crosses(high)))
  for (one in if (steps) seq_along(day)) put(paste0(at, "steps.", written(day[one]), "."), c(day = day[one],
    n = watched[one], improved = happened[one], left = left[one], not_yet = not_yet[one],
    se = not_yet[one] * sqrt(hazard[one]), ci95.low = low[one], ci95.high = high[one]))
}

# the log-rank test, as survival::survdiff(Surv(days, improved) ~ group)
put_log_rank <- function(at, people, group) {
  day <- sort(unique(people$days[people$improved]))
  levels <- levels_of(group)
  count <- function(chosen) vapply(day, function(one) sum(chosen(one)), numeric(1))
  at_risk <- sapply(levels, function(level) count(function(one) group == level & people$days >= one))
  happened <- sapply(levels, function(level) count(function(one) group == level & people$days == one & people$improved))
  at_risk <- matrix(at_risk, length(day), length(levels), dimnames = list(NULL, levels))
  happened <- matrix(happened, length(day), length(levels), dimnames = list(NULL, levels))
  everyone <- rowSums(at_risk)
  changed <- rowSums(happened)
  expected <- colSums(at_risk * changed / everyone)
  put(at, c(n = nrow(people)))
  for (level in levels) {
    put_time_to_change(paste0(at, "groups.", level, "."), people[group == level, ], steps = FALSE)
    put(paste0(at, "groups.", level, "."), c(expected = expected[[level]]))
  }
  seen <- which(expected > 0)[-1]
  if (!length(seen)) return()
  part <- at_risk[, seen, drop = FALSE] / everyone
  weight <- ifelse(everyone > 1, changed * (everyone - changed) / pmax(everyone - 1, 1), 0)
  spread <- diag(colSums(part * weight), length(seen)) - t(part * weight) %*% part
  off <- (colSums(happened) - expected)[seen]
  chi2 <- attempt(as.numeric(off %*% solve(spread, off)))
  put(at, c(chi2 = chi2, df = length(seen), p = if (length(chi2)) pchisq(chi2, length(seen), lower.tail = FALSE)))
}

# how many more of a group improved than of the first, with Newcombe's interval
put_differences <- function(at, pairs, column, by, better) {
  shares <- list()
  group <- people[[column]][match(pairs$client, people$client)]
  change <- rounded(pairs$last - pairs$first) * towards(better)
  for (level in levels_of(people[[column]])) {
    here <- pairs$twice & group == level
    shares[[level]] <- c(count = sum(change[here] >= by), n = sum(here))
  }
  other <- shares[[1]]
  for (level in names(shares)[-1]) {
    at_level <- paste0(at, "differences.", column, ".", level, ".")
    one <- shares[[level]]
    put_share(paste0(at_level, "one."), one[["count"]], one[["n"]])
    put_share(paste0(at_level, "other."), other[["count"]], other[["n"]])
    p <- c(one[["count"]] / one[["n"]], other[["count"]] / other[["n"]])
    mine <- wilson(one[["count"]], one[["n"]])
    theirs <- wilson(other[["count"]], other[["n"]])
    put(at_level, c(difference = p[1] - p[2], if (length(mine) && length(theirs)) ends(p[1] - p[2] +
      c(-sqrt((p[1] - mine[1])^2 + (theirs[2] - p[2])^2), sqrt((mine[2] - p[1])^2 + (p[2] - theirs[1])^2)))))
  }
}

# a published set of rules on two measures; somebody without a score counts as not improved and not recovered
put_rules <- function(rules) {
  of <- function(measure) {
    pairs <- first_and_last(rows[rows$measure == measure, ])
    pairs$last[!pairs$twice] <- NA
    rounded(pairs[match(people$client, pairs$client), c("first", "last")])
  }
  low <- of(rules$depression)
  high <- of(rules$anxiety)
  certain <- function(what) what %in% TRUE
  away <- certain(low$first < rules$caseness[1] & high$first < rules$caseness[2])
  began <- certain(low$first >= rules$caseness[1]) | certain(high$first >= rules$caseness[2])
  recovered <- began & certain(low$last < rules$caseness[1] & high$last < rules$caseness[2])
  fall <- cbind(low$first - low$last, high$first - high$last)
  by <- rep(rules$reliable, each = nrow(fall))
  better <- rowSums(fall >= by) > 0
  worse <- rowSums(fall <= -by) > 0
  n <- nrow(people)
  base <- n - sum(away)
  deteriorated <- certain(worse & (!better | rules$any_worsening))
  improved <- certain(better & !worse)
  put("rules.", c(n = n, without_scores = sum(is.na(rowSums(fall))), not_at_caseness = n - base))
  put_share("rules.improved.", sum(improved), n)
  put_share("rules.deteriorated.", sum(deteriorated), n)
  put_share("rules.unchanged.", sum(!is.na(rowSums(fall)) & !improved & !deteriorated), n)
  put_share("rules.recovered.", sum(recovered), base)
  put_share("rules.reliably_recovered.", sum(recovered & improved), base)
}

put_those_who_left <- function(at, pairs) {
  left <- pairs$first[!pairs$twice]
  stayed <- pairs$first[pairs$twice]
  put(paste0(at, "left.left."), summary_of(left))
  put(paste0(at, "left.stayed."), summary_of(stayed))
  t <- attempt(t.test(left, stayed))  # Welch's
  put(paste0(at, "left."), c(n = min(length(left), length(stayed)), difference = mean(left) - mean(stayed),
    t = t$statistic[[1]], df = t$parameter[[1]], p = t$p.value, ends(t$conf.int)))
  # how much worse those who left must have done for the interval of the mean change to reach 0
  change <- (pairs$last - pairs$first)[pairs$twice]
  numbers <- c(n = length(change), missing = length(left))
  if (varies(change) && length(left)) {
    interval <- t.test(change)$conf.int
    shift <- -interval[which.min(abs(interval))] * nrow(pairs) / length(left)
    numbers <- c(numbers, points_worse = abs(shift), their_change = mean(change) + shift)
  }
  put(paste0(at, "tipping_point."), numbers)
}

put_checks <- function(at, rows, low, high) {
  n <- tapply(rows$score, rows$client, length)
  score <- rounded(tapply(rows$score, rows$client, mean))
  day_off <- rows$day - ave(rows$day, rows$client)
  score_off <- rows$score - ave(rows$score, rows$client)
  sums <- rowsum(cbind(day_off^2, day_off * score_off, score_off^2), rows$client)[names(n), , drop = FALSE]
  line <- n > 2 & sums[, 1] > 0
  lower <- line & score <= median(score[line])
  scatter <- function(chosen) {
    around <- sums[, 3] - sums[, 2]^2 / sums[, 1]
    sqrt(max(sum(around[chosen]), 0) / sum(n[chosen] - 2))
  }
  put(paste0(at, "checks."), c(clients = length(n), scores = nrow(rows),
    at_lowest = if (!is.null(low)) sum(rows$score == low), at_highest = if (!is.null(high)) sum(rows$score == high),
    sd_of_lower_half = if (any(lower)) scatter(lower), sd_of_upper_half = if (any(line & !lower)) scatter(line & !lower)))
}

# ---- lines over time: trajectory, and everybody, without the groups ----

packages <- c("lme4", "lmerTest")
lacking <- packages[!vapply(packages, requireNamespace, logical(1), quietly = TRUE)]

# score ~ time + covariates + by + time:by + (time | client), time in hundreds of days; its columns are written out, so
# that each has the name it has in results.json
put_line <- function(at, rows, by) {
  answered <- table(fortnight(rows$day)[!duplicated(data.frame(rows$client, fortnight(rows$day)))])
  enough <- intersect(as.numeric(names(answered)[answered >= 10]), 0:26)  # the mean line ends where the last of these begins
  known <- people[match(rows$client, people$client), , drop = FALSE]
  numbers <- vapply(asked$covariates, function(one) one$numbers, logical(1))
  usable <- rep(TRUE, nrow(rows))
  for (one in asked$covariates[numbers]) usable <- usable & is.finite(as.numeric(known[[one$column]]))
  rows <- rows[usable, ]
  known <- known[usable, , drop = FALSE]
  everyone <- !duplicated(rows$client)
  put(at, c(n_clients = sum(everyone), n_scores = nrow(rows)))
  if (!any(startsWith(names(ours), paste0(at, "fixed."))) || length(lacking)) return()
  t100 <- rows$day / 100
  X <- cbind(intercept = 1, per_100_days = t100)
  after_100_days <- cbind(intercept = rep(1, nrow(rows)), per_100_days = 1)  # X as if every form were of day 100
  rests_on <- c(intercept = sum(everyone), per_100_days = sum(everyone))
  add <- function(name, values, clients, then = values) {
    X <<- cbind(X, matrix(values, dimnames = list(NULL, name)))
    after_100_days <<- cbind(after_100_days, matrix(then, dimnames = list(NULL, name)))
    rests_on[name] <<- clients
  }
  fewer <- function(values) if (all(values %in% 0:1)) min(sum(values[everyone]), sum(1 - values[everyone])) else sum(everyone)
  for (one in asked$covariates) {
    values <- known[[one$column]]
    if (one$numbers) add(one$name, as.numeric(values), fewer(as.numeric(values)))
    else for (level in levels_of(values)[-1]) {
      is <- as.numeric(values == level)
      add(paste0(one$name, ": ", level), is, fewer(is))
    }
  }
  covariates <- setdiff(colnames(X), c("intercept", "per_100_days"))
  groups <- if (!is.null(by)) known[[by]]
  starts <- slopes <- character(0)
  for (level in levels_of(groups)[-1]) starts[level] <- paste0(by, ": ", level)
  for (level in names(starts)) if (!starts[level] %in% colnames(X)) add(starts[[level]], as.numeric(groups == level), NA)
  for (level in names(starts)) {
    slopes[level] <- paste0(starts[level], ", per 100 days")
    add(slopes[[level]], as.numeric(groups == level) * t100, NA, then = as.numeric(groups == level))
  }
  independent <- qr(X, tol = 1e-7)
  X <- X[, sort(independent$pivot[seq_len(independent$rank)]), drop = FALSE]
  # the search goes on until the numbers no longer move; the defaults stop a little earlier
  exact <- lme4::lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), calc.derivs = FALSE,
    check.conv.singular = "ignore")
  fitted <- function(X, own_slopes = asked$model != "random_intercept", reml = asked$method == "reml") {
    formula <- if (own_slopes) score ~ 0 + X + (t100 | client) else score ~ 0 + X + (1 | client)
    told <- list(score = rows$score, client = rows$client, t100 = t100, X = X)
    environment(formula) <- list2env(told, parent = globalenv())
    attempt(suppressMessages(lmerTest::lmer(formula, REML = reml, control = exact)))
  }
  fit <- fitted(X)
  if (is.null(fit)) return()
  compared <- sub("[a-z]+\\.$", "comparisons.", at)
  if (is.null(by)) put_test(paste0(compared, "own_pace."), fitted(X, TRUE), fitted(X, FALSE), of_variances = TRUE)
  else {
    both <- fitted(X, reml = FALSE)
    own <- colnames(X) %in% c("intercept", "per_100_days", covariates)
    put_test(paste0(compared, "groups."), both, fitted(X[, own, drop = FALSE], reml = FALSE))
    put_test(paste0(compared, "groups_pace."), both, fitted(X[, !colnames(X) %in% slopes, drop = FALSE], reml = FALSE))
  }
  said <- suppressMessages(coef(summary(fit)))
  rownames(said) <- substring(rownames(said), 2)
  effect <- function(name, clients = rests_on[[name]]) {
    if (!name %in% rownames(said)) return(NULL)
    one <- said[name, ]
    half <- qt(0.975, one[["df"]]) * one[["Std. Error"]]
    c(clients = clients, estimate = one[["Estimate"]], se = one[["Std. Error"]], df = one[["df"]], t = one[["t value"]],
      p = one[["Pr(>|t|)"]], ends(one[["Estimate"]] + c(-half, half)))
  }
  for (name in c("intercept", "per_100_days", covariates)) put(paste0(at, "fixed.", name, "."), effect(name))
  sizes <- table(groups[everyone])
  put(paste0(at, "by."), c(clients = if (length(groups)) sizes[[levels_of(groups)[1]]]))
  for (level in names(starts)) {
    smaller <- min(sizes[[level]], sizes[[levels_of(groups)[1]]])
    put(paste0(at, "by.levels.", level, "."), c(clients = sizes[[level]]))
    put(paste0(at, "by.levels.", level, ".start_difference."), effect(starts[[level]], smaller))
    put(paste0(at, "by.levels.", level, ".per_100_days_difference."), effect(slopes[[level]], smaller))
  }
  for (level in if (length(groups)) levels_of(groups) else "everyone") {
    who <- if (length(groups)) everyone & groups == level else everyone
    then <- colMeans(after_100_days[who, colnames(X), drop = FALSE])
    last <- max(enough, 0)
    for (day in if (last) c(14 * seq(0, last - 1), 14 * last - 7)) {
      share <- ifelse(colnames(X) %in% c("per_100_days", slopes), day / 100, 1)
      mean <- lmerTest::contest1D(fit, then * share)
      half <- qt(0.975, mean$df) * mean[["Std. Error"]]
      put(paste0(at, "lines.", level, ".points.", day, "."),
        c(day = day, clients = sum(who), mean = mean$Estimate, ends(mean$Estimate + c(-half, half))))
    }
  }
  between <- lme4::VarCorr(fit)$client
  sds <- attr(between, "stddev")
  put(at, c(log_likelihood = as.numeric(logLik(fit))))
  put(paste0(at, "random."), c(sd_intercept = sds[[1]], sd_residual = sigma(fit),
    if (length(sds) > 1) c(sd_per_100_days = sds[[2]], correlation = attr(between, "correlation")[1, 2])))
  if (grepl("trajectory", at)) put_own_lines(at, fit, after_100_days[everyone, colnames(X), drop = FALSE],
    rows$client[everyone], in_time = colnames(X) %in% c("per_100_days", slopes))
}

# each person's own line: that of people like them, and their departure from it
put_own_lines <- function(at, fit, then, clients, in_time) {
  apart <- lme4::ranef(fit, condVar = TRUE)$client
  doubt <- attr(apart, "postVar")
  place <- match(clients, rownames(apart))
  like_them <- function(chosen) as.numeric(then[, chosen, drop = FALSE] %*% lme4::fixef(fit)[chosen])
  start <- like_them(!in_time) + apart[place, 1]
  pace <- like_them(in_time) + (if (ncol(apart) > 1) apart[place, 2] else 0)
  at <- paste0("lines_of_people.", sub("^measures\\.(.*)\\.trajectory\\.$", "\\1", at), ".", clients)
  put(at, setNames(start, rep(".start", length(start))))
  put(at, setNames(sqrt(doubt[1, 1, place]), rep(".start_error", length(start))))
  put(at, setNames(pace, rep(".per_100_days", length(start))))
  if (ncol(apart) > 1) put(at, setNames(sqrt(doubt[2, 2, place]), rep(".per_100_days_error", length(start))))
}

# a likelihood-ratio test; one of variances, which cannot be below 0, is of the half-and-half mixture of chi-squares
put_test <- function(at, larger, smaller, of_variances = FALSE) {
  if (is.null(larger) || is.null(smaller)) return()
  chi2 <- max(2 * as.numeric(logLik(larger) - logLik(smaller)), 0)
  df <- attr(logLik(larger), "df") - attr(logLik(smaller), "df")
  p <- pchisq(chi2, df, lower.tail = FALSE)
  put(at, c(chi2 = chi2, df = df, p = if (of_variances) (p + pchisq(chi2, df - 1, lower.tail = FALSE)) / 2 else p))
}

# ---- everything ----

forms <- unique(rows[, c("client", "day")])
times <- table(factor(forms$client, levels = people$client))
put("people.", c(clients = nrow(people), answered_twice = sum(times > 1), share_twice = sum(times > 1) / nrow(people),
  answered_once = sum(times == 1), no_form = sum(times == 0), forms = nrow(forms)))
for (column in asked$by) for (level in levels_of(people[[column]])) {
  of <- times[people[[column]] == level]
  put(paste0("people_by.", column, ".", level, "."), c(n = length(of), paired = sum(of > 1), first_only = sum(of == 1),
    none = sum(of == 0), share_paired = mean(of > 1)))
}

for (measure in asked$measures) {
  at <- paste0("measures.", measure$name, ".")
  here <- rows[rows$measure == measure$name, ]
  if (!nrow(here)) next
  pairs <- first_and_last(here)
  everyone <- if (asked$everyone) nrow(people) else nrow(pairs)
  put(at, c(clients = nrow(pairs), forms = nrow(here)))
  put(paste0(at, "first."), summary_of(pairs$first))
  put(paste0(at, "last."), summary_of(pairs$last))
  put_group(at, pairs, everyone, measure$improved_by, measure$better)
  for (by in measure$also) {
    put(paste0(at, "also.", written(by), "."), improved(pairs, everyone, by, measure$better))
  }
  for (column in asked$by) for (level in levels_of(people[[column]])) {
    members <- people$client[people[[column]] == level]
    group <- pairs[pairs$client %in% members, ]
    at_level <- paste0(at, "by.", column, ".", level, ".")
    put(at_level, c(clients = nrow(group)))
    put_group(at_level, group, if (asked$everyone) length(members) else nrow(group), measure$improved_by, measure$better)
  }
  put_over_time(at, here)
  put_nearest(at, here)
  put_those_who_left(at, pairs)
  put_checks(at, here, measure$low, measure$high)
  if (!is.null(asked$reliability) && !is.null(measure$better)) {
    points <- threshold(pairs)
    put_reliable_change(at, pairs, points, measure$better)
    if (!is.na(points) && points > 0) {
      seen <- followed(here, points, measure$better)
      put_time_to_change(paste0(at, "time_to_change."), seen)
      for (column in asked$by) {
        put_log_rank(paste0(at, "time_to_change_by.", column, "."), seen, people[[column]][match(seen$client, people$client)])
      }
    }
  }
  if (!is.null(asked$reliability) && !is.null(measure$population_mean)) {
    start <- pairs$first[pairs$twice]
    put(paste0(at, "regression_to_the_mean."), c(n = length(start), mean_first = mean(start),
      expected_change = (1 - asked$reliability) * (measure$population_mean - mean(start))))
  }
  if (!is.null(measure$improved_by) && !is.null(measure$better)) for (column in asked$by) {
    put_differences(at, pairs, column, measure$improved_by, measure$better)
  }
  put_line(paste0(at, "trajectory."), here, by = if (length(asked$by)) asked$by[1])
  put_line(paste0(at, "everybody."), here, by = NULL)
}

if (length(asked$recovery)) put_recovery(asked$recovery)
if (length(asked$rules)) put_rules(asked$rules)

for (outcome in asked$outcomes) {
  here <- rows[rows$measure %in% outcome$measures, ]
  ends_added <- outcome$lowest_and_highest[match(here$measure, outcome$measures)]  # of those on which lower is better
  here$score <- ifelse(is.na(ends_added), here$score, ends_added - here$score)
  form <- paste(here$client, written(here$day))
  means <- tapply(here$score, form, mean)
  whole <- tapply(here$score, form, length) == length(outcome$measures)
  here <- here[!duplicated(form), ]
  here$score <- as.numeric(means[paste(here$client, written(here$day))])
  here <- here[whole[paste(here$client, written(here$day))], ]
  pairs <- first_and_last(here)
  at <- paste0("outcomes.", outcome$key, ".")
  put(at, c(clients = nrow(pairs)))
  put_group(at, pairs, nrow(people), outcome$improved_by, "higher")
}

for (question in asked$satisfaction) {
  pairs <- first_and_last(rows[rows$measure == question$measure, ])
  enough <- rounded(pairs$last) >= question$at_least
  satisfied <- function(at, chosen) {
    put(paste0("satisfaction.", question$measure, ".", at), c(clients = sum(chosen), satisfied = sum(enough & chosen),
      share_of(sum(enough & chosen), sum(chosen))))
  }
  satisfied("everyone.", rep(TRUE, nrow(pairs)))
  for (column in asked$by) for (level in levels_of(people[[column]])) {
    satisfied(paste0("by.", column, ".", level, "."), pairs$client %in% people$client[people[[column]] == level])
  }
}

# ---- ours and R's ----

found <- unlist(found)
found <- found[!duplicated(names(found))]
theirs <- setNames(found[names(ours)], names(ours))
on_a_line <- grepl("^lines_of_people\\.|\\.(trajectory|everybody|comparisons)\\.", names(ours))
left_out <- on_a_line & is.na(theirs) & length(lacking) > 0
allowed <- ifelse(on_a_line, 1e-4, 1e-6)
difference <- abs(ours - theirs)
agree <- !is.na(difference) & difference <= allowed * pmax(1, abs(ours))
cat(sprintf("%16s %16s %9s  %s\n", "ours", "R", "apart", "number"))
cat(sprintf("%16.10g %16.10g %9.1e  %s%s\n", ours, theirs, difference, names(ours),
  ifelse(agree, "", "   <-- DIFFERS"))[!left_out], sep = "")
if (any(left_out)) {
  cat("\n", sum(left_out), " numbers of lines over time are not compared: install ", paste(lacking, collapse = " and "),
    " with install.packages, and run this again.\n", sep = "")
}
if (!all(agree | left_out)) cat("\nThese differ:\n", paste0("  ", names(ours)[!agree & !left_out], "\n"), sep = "")
cat("\n", sum(agree & !left_out), " of ", sum(!left_out), " agree.\n", sep = "")
if (!all(agree | left_out)) quit(status = 1)
