"""Types of the fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

__all__ = ["Serve"]


class Serve(Protocol):
    """Serves a folder and gives a client."""

    def __call__(self, root: Path, *options: str) -> httpx.Client:
        """Serve `root` with further options of `peekui serve`."""
        ...
