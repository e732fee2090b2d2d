"""What a workshop comes to on paper: every voice, and how it led to what was decided."""
