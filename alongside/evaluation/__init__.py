"""From a file of scores to a report: reads and checks the file, asks `outcomes` for the numbers, words the page.

The way through: `source` (what the file is, its rows) → `table` (rows in the columnar engine) → `layout` (which
column is what) → `checks` (what is wrong, where) → `summarise` (the numbers) → `results` (what they are called)
→ `saying` and `report` (the words) → `output` (the folder).
"""
