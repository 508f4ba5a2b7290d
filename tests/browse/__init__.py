"""Tests of the browse room."""
