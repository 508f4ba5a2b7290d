"""Tests of `peekui web`."""
