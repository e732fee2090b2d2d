"""Reading paper apart from the site, in a process of its own that may fail without harm."""
