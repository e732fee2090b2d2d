"""What people type about workshops."""
