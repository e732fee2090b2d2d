"""What people do at a workshop. What a participant does is noted for its day and its board, and nothing more."""
