"""What news is, without I/O: the model, dates, queries, duplicates."""
