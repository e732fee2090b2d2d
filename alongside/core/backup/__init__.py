"""Backups: one encrypted file each, opened and compared before it counts, and restored beside what was there."""

LAST_BACKUP = "last-backup"  # a file in the data folder that says when
