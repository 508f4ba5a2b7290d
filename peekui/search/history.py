"""Searches that were carried out: for each account a file of JSON lines (0600), the newest last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from peekui.api.redaction import hide_secrets
from peekui.own_files import locked, replace_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Searched", "history_path", "read_history", "record_search"]

_MOST: Final = 500
_LONGEST: Final = 20_000
"""Characters of a line; a longer one is not kept."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One search that was carried out.

    Attributes:
        line: What was searched for.
        namespace: Id or name, None where the key has only one.
        at: When it was last.
        found: Assets that matched then, None where the service did not say.
    """

    line: str
    namespace: str | None
    at: datetime
    found: int | None = None


def history_path(state: Path, account: str) -> Path:
    """Give the file of an account.

    Args:
        state: Folder of what peekui remembers.
        account: A profile at an origin, or an embedded library.
    """
    return state / "searches" / f"{quote(account, safe='@')}.jsonl"


def read_history(path: Path) -> list[Searched]:
    """Give what was searched for, each line once, the newest last; nothing where there is no file.

    A line of the file that makes no sense is passed over.

    Raises:
        OSError: It cannot be read.
    """
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    return [entry for line in lines[-_MOST:] if (entry := _read(line))]


def record_search(path: Path, searched: Searched) -> None:
    """Keep a search, in place of the same one before; the oldest go when there are too many.

    One with a key or a signature in it is not kept.

    Raises:
        OSError: It cannot be written; what was kept stays.
    """
    if len(searched.line) > _LONGEST or hide_secrets(searched.line) != searched.line:
        return
    with locked(path):
        others = [one for one in read_history(path) if (one.line, one.namespace) != (searched.line, searched.namespace)]
        replace_private(path, _written([*others, searched][-_MOST:]))


def _written(entries: Sequence[Searched]) -> str:
    return "".join(f"{json.dumps(asdict(entry) | {'at': entry.at.isoformat()})}\n" for entry in entries)


def _read(line: str) -> Searched | None:
    try:
        kept = json.loads(line)
        match kept:
            case {
                "line": str(text),
                "namespace": str() | None as namespace,
                "at": str(at),
                "found": int() | None as found,
            }:
                moment = datetime.fromisoformat(at)
                return Searched(text, namespace, moment if moment.tzinfo else moment.replace(tzinfo=UTC), found)
    except (ValueError, RecursionError):
        return None
    return None
