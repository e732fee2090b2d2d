"""Names, places and words made up for the demo. Nobody in it exists, and nothing in it was ever said."""
