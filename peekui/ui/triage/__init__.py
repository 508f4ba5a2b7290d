"""Triage on screen: failures by cause, duplicates by rule, and the plans that come of them."""
