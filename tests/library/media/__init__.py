"""Tests of the media room: real files, really decoded."""
