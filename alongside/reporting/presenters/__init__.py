"""What is said of grants and of their reports, and how it is laid out. No number is counted here."""
