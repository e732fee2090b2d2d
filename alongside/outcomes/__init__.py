"""The arithmetic of evidence: what changed, for how many, and how sure one can be. Pure NumPy and SciPy.

=================  =============================================================
`scales`           what is known about a measure: range, direction, threshold
`descriptive`      number, mean, standard deviation, median, interval of a mean
`change`           first against last: paired t, Wilcoxon, counts improved
`proportions`      a share and its interval
`disclosure`       what may be published: `treat`
`words`            the sentences that say the numbers
=================  =============================================================

A number that is not defined is None, and the `why` beside it says the reason in words.
"""
