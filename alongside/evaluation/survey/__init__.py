"""A survey: many people, a few questions, and how many gave each answer."""
