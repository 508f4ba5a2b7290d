"""Saved searches and what is known of them, read from files: for a thread, which touches no widget."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from peekui.api.budget import Priority
from peekui.api.errors import MixpeekError
from peekui.own_files import state_folder
from peekui.search.kept_looks import KeptLooks
from peekui.search.looks import Changes, Look, compared, take_look
from peekui.search.saved import BadSaved, SavedSearch, load_saved, saved_folder, saved_names, saved_path
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.ui.session import Session

__all__ = ["Home", "KeptSearch", "look_now", "read_kept", "read_one"]


class Home(NamedTuple):
    """Where searches are carried out that do not say where they belong.

    Attributes:
        account: Whose looks are kept.
        namespace: Id or name, None where the key has only one.
        aliases: All that this namespace is called.
        collections: Keys of those it has.
    """

    account: str
    namespace: str | None
    aliases: frozenset[str] = frozenset()
    collections: tuple[str, ...] = ()

    def namespace_of(self, saved: SavedSearch) -> str | None:
        """Give the namespace of a saved search, under the name that its looks are kept by."""
        return self.namespace if saved.namespace in {None, *self.aliases} else saved.namespace

    @property
    def looks(self) -> KeptLooks:
        """The last look at each search."""
        return KeptLooks.of(state_folder(), self.account)


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A saved search.

    Attributes:
        name: Of it.
        path: Its file.
        saved: What the file holds; None where it cannot be used.
        problem: Why not; also why it could not be counted.
        before: The last look at it, if there was one.
        now: The look that was taken here.
    """

    name: str
    path: Path
    saved: SavedSearch | None
    problem: str = ""
    before: Look | None = None
    now: Look | None = None

    @property
    def line(self) -> str:
        """What it asks for."""
        return to_line(self.saved.search) if self.saved else ""

    @property
    def changes(self) -> Changes | None:
        """What became of the last look; None where there was none, or it was not looked at here."""
        return compared(self.before, self.now) if self.before and self.now else None

    def calls(self, home: Home) -> int:
        """Say how many calls a look takes: one more where the collections of another namespace must be asked for."""
        if self.saved is None or self.now:
            return 0
        elsewhere = home.namespace_of(self.saved) != home.namespace and not self.saved.search.collections
        return 2 if elsewhere else 1


def read_kept(home: Home) -> tuple[KeptSearch, ...]:
    """Read all saved searches and the last look at each; a file that cannot be used says why."""
    folder = saved_folder()
    return tuple(read_one(folder, name, home) for name in saved_names(folder))


def read_one(folder: Path, name: str, home: Home) -> KeptSearch:
    """Read a saved search and the last look at it; a file that cannot be used says why."""
    path = saved_path(folder, name)
    try:
        saved = load_saved(folder, name)
        return KeptSearch(name, path, saved, before=home.looks.last(saved.search, home.namespace_of(saved)))
    except BadSaved as error:
        return KeptSearch(name, path, None, str(error))
    except OSError as error:
        return KeptSearch(name, path, None, f"{error.filename} cannot be read: {error.strerror}.")


async def look_now(session: Session, kept: KeptSearch, home: Home, priority: Priority = Priority.NOW) -> KeptSearch:
    """Look at what a search finds now, and keep that for the next time."""
    if kept.saved is None:
        return kept
    search, namespace = kept.saved.search, home.namespace_of(kept.saved)
    try:
        client = await session.client()
        keys = home.collections
        if not search.collections and namespace != home.namespace:
            there = (await client.collections(namespace=namespace)).results
            keys = tuple(item.key for item in there if item.key)
        look = await take_look(client, search.query(namespace, keys), priority)
    except MixpeekError as error:
        return replace(kept, problem=f"{error.what} {error.advice}")
    try:
        await asyncio.to_thread(home.looks.keep, search, namespace, look)
    except OSError as error:
        return replace(kept, now=look, problem=f"It is not kept: {error.filename}: {error.strerror}.")
    return replace(kept, now=look, problem="")
