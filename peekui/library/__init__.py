"""The embedded library: a folder of files behind the Assets API. Started, never imported, by the other rooms."""
