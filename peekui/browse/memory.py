"""What peekui remembers by itself from one start to the next: places, columns, theme.

One JSON file for all processes. Each keeps what it changed, and on saving puts that into the file as it is by then,
under a lock: of two that change the same thing the later wins, and neither undoes the other's.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from peekui.own_files import locked, replace_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from peekui.browse.columns import ColumnLayout
    from peekui.browse.remembered import RememberedPlace

__all__ = ["Memory"]

_FORMAT = 1
_LONGEST = 4_000_000
"""Bytes of a file that is read, or written."""

_ACCOUNTS, _COLLECTIONS = 16, 64
"""How many are kept; those that were changed longest ago go first."""

_Tree = dict[str, Any]
_Path = tuple[str, ...]


class _Unreadable(Exception):
    """The file cannot be understood; the text is the reason, to follow a colon."""


class Memory:
    """What is remembered for one account, and for all of them.

    Attributes:
        notice: One sentence for the user when the file was of no use, else None.
    """

    def __init__(self, path: Path, account: str, tree: _Tree, notice: str | None) -> None:
        self._path = path
        self._account = account
        self._tree = tree
        self._changes: dict[_Path, Any] = {}
        self.notice = notice

    @classmethod
    def load(cls, path: Path, account: str) -> Self:
        """Read the file. One that cannot be understood, or is a newer peekui's, is renamed and kept.

        Args:
            path: The file, which need not be there.
            account: Whose places and columns: a profile at an origin, or an embedded library.

        Raises:
            OSError: It is there and cannot be read or renamed.
        """
        try:
            tree, notice = _read(path), None
        except _Unreadable:
            with locked(path):
                tree, notice = _read_or_set_aside(path)
        return cls(path, account, tree, notice)

    def change_account(self, account: str) -> None:
        """Remember the places and columns of another account from now on."""
        self._account = account

    @property
    def theme(self) -> str | None:
        """Name of the theme last chosen."""
        theme: str | None = self._tree.get("theme")
        return theme

    def remember_theme(self, theme: str) -> None:
        """Take the theme to start with."""
        self._change(("theme",), theme)

    @property
    def place(self) -> RememberedPlace | None:
        """Where the user was last."""
        from peekui.browse.remembered import RememberedPlace  # noqa: PLC0415  (not before the first frame)

        return RememberedPlace.from_json(self._account_tree().get("place"))

    def remember_place(self, place: RememberedPlace) -> None:
        """Take where the user is."""
        self._change(("accounts", self._account, "place"), place.to_json())

    def columns(self, collection: str) -> ColumnLayout | None:
        """Give the columns chosen for a collection, None when none were."""
        from peekui.browse.columns import ColumnLayout  # noqa: PLC0415  (not before the first frame)

        kept = self._account_tree().get("columns", {}).get(collection)
        return None if kept is None else ColumnLayout.from_json(kept)

    def remember_columns(self, collection: str, columns: ColumnLayout) -> None:
        """Take the columns of a collection."""
        self._change(("accounts", self._account, "columns", collection), columns.to_json())

    def save(self) -> None:
        """Write what changed since the last time, if anything did.

        Raises:
            OSError: It cannot be written; the file is as it was.
        """
        if not self._changes:
            return
        with locked(self._path):
            tree, notice = _read_or_set_aside(self._path)
            self.notice = notice or self.notice
            for path, value in self._changes.items():
                _put(tree, path, value)
            replace_private(self._path, _trimmed(tree))
        self._tree = tree
        self._changes.clear()

    def _account_tree(self) -> Mapping[str, Any]:
        account: Mapping[str, Any] = self._tree.get("accounts", {}).get(self._account, {})
        return account

    def _change(self, path: _Path, value: object) -> None:
        _put(self._tree, path, value)
        self._changes.pop(path, None)
        self._changes[path] = value


def _read(path: Path) -> _Tree:
    """Give what the file holds, nothing where there is none; raises _Unreadable."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
    except FileNotFoundError:
        return {"format": _FORMAT}
    return _parse(raw)


def _read_or_set_aside(path: Path) -> tuple[_Tree, str | None]:
    """Give what the file holds; rename one that is of no use, and say so. Needs the lock."""
    try:
        return _read(path), None
    except _Unreadable as problem:
        aside = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z")
        path.rename(aside)
        return _read(path), f"What peekui remembered was set aside as {aside}: {problem}."


def _parse(raw: bytes) -> _Tree:
    if len(raw) > _LONGEST:
        raise _Unreadable("it is too long to be peekui's")
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _Unreadable("it is not whole") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("format"), int):
        raise _Unreadable("it is not peekui's")
    if tree["format"] > _FORMAT:
        raise _Unreadable("a newer peekui wrote it")
    if not _has_shape(tree):
        raise _Unreadable("its parts make no sense")
    return tree


def _has_shape(tree: _Tree) -> bool:
    """Whether the parts are there that values are looked up in; the values are read with care."""
    accounts = tree.get("accounts", {})
    return (
        isinstance(tree.get("theme", ""), str)
        and isinstance(accounts, dict)
        and all(isinstance(one, dict) and isinstance(one.get("columns", {}), dict) for one in accounts.values())
    )


def _put(tree: _Tree, path: _Path, value: object) -> None:
    """Put a value at a path, and every step of it last: that is the order in which they are trimmed."""
    *above, last = path
    for step in above:
        below = tree.pop(step, {})
        tree[step] = below
        tree = below
    tree.pop(last, None)
    tree[last] = value


def _trimmed(tree: _Tree) -> str:
    """Drop what is over the limits, and give the JSON of the rest."""
    accounts = tree.get("accounts", {})
    _keep_newest(accounts, _ACCOUNTS)
    for account in accounts.values():
        _keep_newest(account.get("columns", {}), _COLLECTIONS)
    text = json.dumps(tree)
    while len(text) > _LONGEST and accounts:
        _keep_newest(accounts, len(accounts) - 1)
        text = json.dumps(tree)
    return text


def _keep_newest(tree: _Tree, count: int) -> None:
    for key in list(tree)[: max(0, len(tree) - count)]:
        del tree[key]
