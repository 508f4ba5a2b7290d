"""The embedded library over HTTP: the Assets API and resource search of mixpeek-api.md, sections 3–8."""
