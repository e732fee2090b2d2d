"""Everything that changes a record of support; one file for each noun."""
