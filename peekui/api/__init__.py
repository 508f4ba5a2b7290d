"""Mixpeek over HTTP: client, models, errors. Never imports Textual."""
