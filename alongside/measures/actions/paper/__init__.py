"""What people do with paper: print it, bring it in, look at what is doubtful; and what is done with what was read."""
