"""Tests of peekui.triage."""
