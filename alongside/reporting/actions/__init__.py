"""Everything that changes grants and reports; one file for each noun."""
