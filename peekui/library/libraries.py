"""The libraries of one `serve`: a root on disk, and its namespace in the database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from peekui.library import ids
from peekui.library.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from peekui.library.store import Store

__all__ = ["Library", "register"]


class Library(msgspec.Struct, frozen=True):
    """One root.

    Attributes:
        row: Row of its namespace.
        root: Resolved path.
        identity: What its ids are made of (ids.py).
        namespace_id: Id of the namespace.
        name: The folder's name; a second folder of that name is `name-2`, in the order given.
    """

    row: int
    root: Path
    identity: bytes
    namespace_id: str
    name: str


def register(store: Store, roots: Sequence[Path], *, demo: bool) -> tuple[Library, ...]:
    """Enter the roots into the database; what was indexed of them before is found again.

    Args:
        store: Open database.
        roots: Resolved paths, in the order the namespaces are listed.
        demo: Whether they are the demo's sample library.
    """
    libraries: list[Library] = []
    with store.writing() as write:
        for root in roots:
            identity = ids.root_identity(root, demo=demo)
            namespace_id = ids.namespace_id(identity)
            name = _free_name(visible(root.name) or "root", {library.name for library in libraries})
            [row] = write.db.execute(
                "INSERT INTO namespace (namespace_id, identity, name, root) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (identity) DO UPDATE SET name = excluded.name, root = excluded.root RETURNING id",
                (namespace_id, identity, name, os.fsencode(root)),
            ).fetchone()
            libraries.append(Library(row, root, identity, namespace_id, name))
    return tuple(libraries)


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
