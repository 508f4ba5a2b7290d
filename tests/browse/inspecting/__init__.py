"""Tests of what the inspector shows."""
