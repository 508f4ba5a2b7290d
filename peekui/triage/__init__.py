"""Triage without a terminal: failed assets by cause, duplicates by rule, and bulk acts on frozen lists."""
