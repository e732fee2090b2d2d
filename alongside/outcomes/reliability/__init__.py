"""How far a measure agrees with itself.

=================  =============================================================
`retest`           the same people asked twice: correlations, differences, and
                   the smallest change of one person that is more than error
`intraclass`       six intraclass correlations
`alpha`            the items of one scale: Cronbach's alpha
=================  =============================================================
"""
