"""Tests of the sample library."""
