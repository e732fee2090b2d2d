"""An evaluator's bundle: rows without names, and everything needed to work the numbers out again in R."""
