"""The pages of a client's record, and Today."""
