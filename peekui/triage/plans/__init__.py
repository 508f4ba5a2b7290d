"""Bulk acts on a frozen list: written to a file, looked at, run in the budget, gone on with, undone."""
