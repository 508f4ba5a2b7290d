"""Tests of the filters room."""
