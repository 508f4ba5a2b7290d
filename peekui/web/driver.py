"""Textual's driver for a page, for a program that must not outlive the server it talks through."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from textual.drivers.web_driver import WebDriver

__all__ = ["PageDriver"]


class PageDriver(WebDriver):
    """Ends the app when its input does: the kernel closes that pipe however the server ended."""

    def run_input_thread(self) -> None:
        """Read until there is no more."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something; where it is gone there is nobody to be told."""
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def write(self, data: str) -> None:
        """Paint; where the server is gone, nobody looks."""
        with suppress(BrokenPipeError):
            super().write(data)
