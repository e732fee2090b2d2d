"""What is read: the measures that there are, the forms of a client, and what is due."""
