"""What the inspector shows of an asset, without a terminal: trees, timelines, vectors, scores."""
