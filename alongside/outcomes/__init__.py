"""The arithmetic of evidence: what changed, for how many, and how sure one can be. Pure NumPy and SciPy.

=================  =============================================================
`scales`           what is known about a measure: range, direction, threshold
`descriptive`      number, mean, standard deviation, median, interval of a mean
`change`           first against last: paired t, Wilcoxon, effect sizes, counts improved
`nearest`          first against the form nearest to a day
`correlation`      Pearson's correlation and its interval
`trajectory`       mixed models of scores over time, from six sums for each client
`reliable_change`  change beyond a measure's own unsteadiness; cut-offs
`regression`       how far a mean would move by itself
`rules`            named rule sets of the NHS
`recovery`         who recovered over so many days, as the organisation defines it
`time_to_change`   how long until the first reliable improvement
`reliability`      how far a measure agrees with itself
`missing`          who is missing, and what they could change
`proportions`      a share, its interval, the difference of two
`disclosure`       what may be published: `treat`
`words`            the sentences that say the numbers
=================  =============================================================

A number that is not defined is None, and the `why` beside it says the reason in words.
"""
