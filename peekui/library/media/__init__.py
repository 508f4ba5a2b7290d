"""What is inside a file: one module per medium, pure functions from a path to facts. Knows no database and no HTTP."""
