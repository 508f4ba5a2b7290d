"""Tests of peekui.search."""
