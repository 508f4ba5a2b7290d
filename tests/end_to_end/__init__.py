"""Tests of the end_to_end room."""
