"""The browser of assets in a page of somebody's web browser: `peekui web`."""
