"""Forms and questionnaires as data: what each question asks, its range, its direction and its licence."""
