"""What a browser needs without a terminal: the query and the page window."""
