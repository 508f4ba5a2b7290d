"""Pictures for a terminal: fetched within bounds, decoded in a process of their own, in the form the terminal takes."""
