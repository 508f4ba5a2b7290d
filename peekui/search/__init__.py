"""Searching in one line of text, in the browser and in a shell.

What is asked for:
    searches      what a line says, and the query it makes
    cutting       a line cut into words, filter and options
    options       what the options say
    lines         reading a line
    writing       writing one
    pasted        ids, hashes, JSON, curl commands and presigned URLs in place of a line
    bodies        requests as others wrote them
    completion    what can be typed next
    commands_for  a search as a command, as curl, as Python

Asking for it:
    pages         all pages of an answer, the next one asked for ahead
    records       assets as the service gives them
    resources     namespaces, collections and the like by name

What is kept:
    saved         searches by name, in TOML files
    history       searches that were carried out
    names         names of namespaces and collections, for a shell to complete
"""
