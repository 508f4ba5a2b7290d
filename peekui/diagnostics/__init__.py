"""What is written down of a run: the log, and the report of a crash. Neither holds a key or a signed URL."""
