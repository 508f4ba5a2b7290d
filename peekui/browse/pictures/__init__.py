"""Pictures for a terminal: fetched within bounds, decoded in a process of their own, drawn as coloured cells."""
