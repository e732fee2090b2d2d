"""Words and lays out what pages show of workshops."""
