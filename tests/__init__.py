"""Tests of peekui; the folders mirror its rooms."""
