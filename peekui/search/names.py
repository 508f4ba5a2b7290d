"""Names of namespaces and collections as they were when they were last listed, for a shell to complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from peekui.own_files import locked, replace_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["known_collections", "known_namespaces", "names_path", "remember_collections", "remember_namespaces"]

_MOST: Final = 1000
"""Collections there can be in a namespace (mixpeek-api.md, section 2)."""
_MOST_NAMESPACES: Final = 100
"""Whose collections are kept; those that were listed longest ago go first."""


def names_path(state: Path, account: str) -> Path:
    """Give the file of an account, in the folder of what peekui remembers."""
    return state / "names" / f"{quote(account, safe='@')}.json"


def known_namespaces(path: Path) -> list[str]:
    """Name the namespaces; none where nothing is known."""
    return _texts(_read(path).get("namespaces"))


def known_collections(path: Path, namespace: str | None) -> list[str]:
    """Name the collections of a namespace; none where nothing is known."""
    return _texts(_by_namespace(path).get(namespace or ""))


def remember_namespaces(path: Path, names: Iterable[str]) -> None:
    """Keep the names of all namespaces (0600).

    Raises:
        OSError: They cannot be written.
    """
    with locked(path):
        _write(path, {**_read(path), "namespaces": list(names)[:_MOST]})


def remember_collections(path: Path, namespace: str | None, names: Iterable[str]) -> None:
    """Keep the names of all collections of a namespace (0600).

    Raises:
        OSError: They cannot be written.
    """
    with locked(path):
        kept = _by_namespace(path)
        kept.pop(namespace or "", None)
        kept[namespace or ""] = list(names)[:_MOST]
        newest = dict(list(kept.items())[-_MOST_NAMESPACES:])
        _write(path, {**_read(path), "collections": newest})


def _by_namespace(path: Path) -> dict[str, object]:
    kept = _read(path).get("collections")
    return dict(kept) if isinstance(kept, dict) else {}


def _read(path: Path) -> Mapping[str, object]:
    """Give what is kept; nothing where it makes no sense: it is listed again soon."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(path: Path, kept: Mapping[str, object]) -> None:
    replace_private(path, json.dumps(kept))


def _texts(kept: object) -> list[str]:
    return [name for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
