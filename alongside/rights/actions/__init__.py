"""Everything that changes what stands about rights; one file for each noun."""
