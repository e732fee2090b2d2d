"""Who did and who looked at what: append-only, hash-chained, with text keys and no foreign keys."""
