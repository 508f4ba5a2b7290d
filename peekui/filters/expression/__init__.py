"""Filters as one line of text: reading (`parse`), writing (`printing`) and completing (`completion`)."""
