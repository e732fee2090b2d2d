"""What a named worker is asked to do, and by when."""
