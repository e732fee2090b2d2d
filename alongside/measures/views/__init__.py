"""The pages of the measures room; one file for each kind of visitor."""
