"""Which files of a folder are sidecars of which: `NAME.EXT.json` or `NAME.json` beside a file, holding an object."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SidecarFinder"]

_ENDING = b".json"
_PEEKED_BYTES = 64
_SPACE = b" \t\r\n\xef\xbb\xbf"


class SidecarFinder:
    """Tells, for the files of one folder, which are sidecars of which."""

    def __init__(self, folder: bytes, names: Mapping[bytes, os.stat_result]) -> None:
        """Look at the names of a folder.

        Args:
            folder: Its whole path.
            names: Its files and their status.
        """
        self._folder = folder
        self._sidecars: dict[bytes, list[bytes]] = {}
        self._used: set[bytes] = set()
        candidates = sorted(name for name in names if name.lower().endswith(_ENDING))
        if candidates:
            self._match(candidates, names)

    def is_sidecar(self, name: bytes) -> bool:
        """Tell whether a file is no asset but a sidecar of one."""
        return name in self._used

    def sidecars_of(self, name: bytes) -> list[bytes]:
        """Give the sidecars of a file: `NAME.json` first, `NAME.EXT.json` last, so that the nearer one wins."""
        return self._sidecars.get(name, [])

    def _match(self, candidates: list[bytes], names: Mapping[bytes, os.stat_result]) -> None:
        by_stem: dict[bytes, list[bytes]] = {}
        for name in names:
            stem, dot, ending = name.rpartition(b".")
            if dot and b"." + ending.lower() != _ENDING:
                by_stem.setdefault(stem, []).append(name)
        # Whole names last, so that they come last in each list.
        for whole in (False, True):
            for candidate in candidates:
                base = candidate[: -len(_ENDING)]
                owners = ([base] if base in names else []) if whole else by_stem.get(base, [])
                if owners and self._holds_object(candidate):
                    self._used.add(candidate)
                    for owner in owners:
                        self._sidecars.setdefault(owner, []).append(candidate)

    def _holds_object(self, name: bytes) -> bool:
        # A list of records in `data.json` beside `data.csv` is a file in its own right.
        try:
            with open(os.path.join(self._folder, name), "rb") as file:  # noqa: PTH118, PTH123 - bytes
                return file.read(_PEEKED_BYTES).lstrip(_SPACE).startswith(b"{")
        except OSError:
            return False
