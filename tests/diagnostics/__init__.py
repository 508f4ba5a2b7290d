"""Tests of the log and of crash reports."""
