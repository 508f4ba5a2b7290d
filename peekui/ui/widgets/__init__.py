"""Widgets of the application; a .tcss stands beside each .py."""
