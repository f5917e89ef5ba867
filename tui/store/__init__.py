"""Stories, state and search in SQLite."""
