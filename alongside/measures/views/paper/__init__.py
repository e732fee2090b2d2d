"""Pages about paper: printing it, bringing it in, looking at what is doubtful."""
