"""Opening what can be browsed: the hosted service, the demo, folders; and ending the libraries that were started."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.ui.session import EmbeddedSource, HostedSource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from peekui.api.secret import Secret
    from peekui.browse.embedded import EmbeddedLibrary
    from peekui.config import Settings

__all__ = ["Sources"]

_STARTING_DEMO = "Starting the demo library; the first time, its files are written, which takes a few seconds…"


class Sources:
    """Makes sources for one set of settings."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings in force."""
        self.settings = settings
        self._libraries: list[EmbeddedLibrary] = []

    def hosted(self, key: Secret | None = None) -> HostedSource:
        """Give the service the settings name.

        Args:
            key: In place of the one the settings lead to.
        """
        return HostedSource(self.settings if key is None else replace(self.settings, api_key=key))

    def demo(self, options: Sequence[str] = ()) -> EmbeddedSource:
        """Start the demo library.

        Args:
            options: Of `peekui serve`.
        """
        return self._embedded([*options, "--demo"], "demo", _STARTING_DEMO, "demo")

    def local(self, paths: Sequence[Path], options: Sequence[str] = ()) -> EmbeddedSource:
        """Start a library over folders, which must be there.

        Args:
            paths: The folders.
            options: Of `peekui serve`.
        """
        folders = [str(path.resolve()) for path in paths]
        return self._embedded(
            [*options, "--", *map(str, paths)], "local", "Starting the library…", "local@" + ":".join(folders)
        )

    def close(self) -> None:
        """End the libraries that were started."""
        for library in self._libraries:
            library.stop()

    def _embedded(self, arguments: Sequence[str], name: str, starting: str, account: str) -> EmbeddedSource:
        from peekui.browse.embedded import EmbeddedLibrary  # noqa: PLC0415  (not for the hosted service)

        library = EmbeddedLibrary(arguments)
        self._libraries.append(library)
        return EmbeddedSource(library, name, starting, account)
