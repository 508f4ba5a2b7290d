"""The filter tree: nodes and their JSON. Imports nothing else of peekui."""
