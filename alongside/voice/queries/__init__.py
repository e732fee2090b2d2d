"""What is read of workshops, always from what somebody may see."""
