"""The last look at each search, kept from one run of peekui to the next: a file each (0600), so many for an account."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from peekui.own_files import replace_private
from peekui.search.looks import Look
from peekui.search.searches import MOST_ROWS
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.search.searches import Search

__all__ = ["KeptLooks"]

_MOST: Final = 200
"""Searches of an account; those that were looked at longest ago go first."""


@dataclass(frozen=True, slots=True)
class KeptLooks:
    """The looks of an account.

    Attributes:
        folder: Where they are; it need not be there.
    """

    folder: Path

    @classmethod
    def of(cls, state: Path, account: str) -> KeptLooks:
        """Find the looks of an account.

        Args:
            state: Folder of what peekui remembers.
            account: A profile at an origin, or an embedded library.
        """
        return cls(state / "looks" / quote(account, safe="@"))

    def last(self, search: Search, namespace: str | None) -> Look | None:
        """Give the last look at a search; None where there was none, or its file makes no sense.

        Raises:
            OSError: The file cannot be read.
        """
        try:
            return _read(json.loads(self._path(search, namespace).read_text("utf-8")))
        except (FileNotFoundError, ValueError, RecursionError):
            return None

    def keep(self, search: Search, namespace: str | None, look: Look) -> None:
        """Keep a look in place of the one before; of its assets no more than `MOST_ROWS`.

        Raises:
            OSError: It cannot be written; the one before stays.
        """
        kept = {
            "at": look.at.isoformat(),
            "total": look.total,
            "whole": look.whole and len(look.states) <= MOST_ROWS,
            "states": dict(islice(look.states.items(), MOST_ROWS)),
        }
        replace_private(self._path(search, namespace), json.dumps(kept))
        self._trim()

    def _path(self, search: Search, namespace: str | None) -> Path:
        said = json.dumps([namespace, to_line(search)])
        return self.folder / f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.json"

    def _trim(self) -> None:
        files = sorted(self.folder.glob("*.json"), key=_age)
        for path in files[: max(0, len(files) - _MOST)]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    with suppress(FileNotFoundError):  # another process took it away
        return path.stat().st_mtime
    return 0.0


def _read(kept: object) -> Look | None:
    match kept:
        case {"at": str(at), "total": int() | None as total, "whole": bool(whole), "states": dict(states)}:
            moment = datetime.fromisoformat(at)
            texts = {asset_id: state for asset_id, state in states.items() if isinstance(state, str)}
            return Look(moment if moment.tzinfo else moment.replace(tzinfo=UTC), total, texts, whole)
    return None
