"""The parts of the inspector: one widget for each kind of tab, and what they are made of."""
