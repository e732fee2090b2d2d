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

share_of <- function(count, n) {
  c(share = count / n, ends(attempt(prop.test(count, n, correct = FALSE)$conf.int)))  # without correction: Wilson
}

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
  put(paste0(at, "recovered."), c(count = count, n = sum(began), share_of(count, sum(began))))
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
  put("recovery.recovered.", c(count = count, n = length(both), share_of(count, length(both))))
  put("recovery.bounds.", c(n = n, missing = missing, at_least = count, at_most = count + missing, lowest = count / n,
    highest = (count + missing) / n))
}

# Kaplan and Meier's curve with log-log intervals, as survival::survfit(Surv(days, improved) ~ 1, conf.type = "log-log")
put_time_to_change <- function(at, rows, points, better) {
  first <- match(rows$client, rows$client)
  since <- rounded(rows$day - rows$day[first])
  reached <- rounded(rows$score - rows$score[first]) * towards(better) >= rounded(points) & since > 0
  until <- tapply(since, rows$client, max)
  when <- tapply(ifelse(reached, since, Inf), rows$client, min)[until > 0]
  days <- as.numeric(pmin(when, until[until > 0]))
  day <- sort(unique(days))
  happened <- tabulate(match(days[is.finite(when)], day), length(day))
  left <- tabulate(match(days[is.infinite(when)], day), length(day))
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
  put(paste0(at, "time_to_change."), c(n = length(days), improved = sum(happened), median_days = crosses(not_yet),
    median_low = crosses(low), median_high = crosses(high)))
  for (one in seq_along(day)) put(paste0(at, "time_to_change.steps.", written(day[one]), "."), c(day = day[one],
    n = watched[one], improved = happened[one], left = left[one], not_yet = not_yet[one],
    se = not_yet[one] * sqrt(hazard[one]), ci95.low = low[one], ci95.high = high[one]))
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
  rests_on <- c(intercept = sum(everyone), per_100_days = sum(everyone))
  add <- function(name, values, clients) {
    X <<- cbind(X, matrix(values, dimnames = list(NULL, name)))
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
    add(slopes[[level]], as.numeric(groups == level) * t100, NA)
  }
  independent <- qr(X, tol = 1e-7)
  X <- X[, sort(independent$pivot[seq_len(independent$rank)]), drop = FALSE]
  # the search goes on until the numbers no longer move; the defaults stop a little earlier
  exact <- lme4::lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e6), calc.derivs = FALSE,
    check.conv.singular = "ignore")
  formula <- if (asked$model == "random_intercept") score ~ 0 + X + (1 | client) else score ~ 0 + X + (t100 | client)
  told <- list(score = rows$score, client = rows$client, t100 = t100, X = X)
  environment(formula) <- list2env(told, parent = globalenv())
  fit <- attempt(suppressMessages(lmerTest::lmer(formula, REML = asked$method == "reml", control = exact)))
  if (is.null(fit)) return()
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
  between <- lme4::VarCorr(fit)$client
  sds <- attr(between, "stddev")
  put(at, c(log_likelihood = as.numeric(logLik(fit))))
  put(paste0(at, "random."), c(sd_intercept = sds[[1]], sd_residual = sigma(fit),
    if (length(sds) > 1) c(sd_per_100_days = sds[[2]], correlation = attr(between, "correlation")[1, 2])))
}

# ---- everything ----

forms <- unique(rows[, c("client", "day")])
times <- table(factor(forms$client, levels = people$client))
put("people.", c(clients = nrow(people), answered_twice = sum(times > 1), share_twice = sum(times > 1) / nrow(people),
  answered_once = sum(times == 1), no_form = sum(times == 0), forms = nrow(forms)))

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
    if (!is.na(points) && points > 0) put_time_to_change(at, here, points, measure$better)
  }
  put_line(paste0(at, "trajectory."), here, by = if (length(asked$by)) asked$by[1])
  put_line(paste0(at, "everybody."), here, by = NULL)
}

if (length(asked$recovery)) put_recovery(asked$recovery)

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
on_a_line <- grepl("\\.(trajectory|everybody)\\.", names(ours))
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
