"""Reads marked pages back from a scanner or a phone: each question's score, or why a person should look."""
