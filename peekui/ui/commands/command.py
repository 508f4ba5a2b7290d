"""What a command is: its name, its keys, where it applies and why it may not be possible now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TOGETHER", "Command", "Situation", "Where"]


class Where(StrEnum):
    """The part of the program a command applies to; the value is its heading in the help."""

    ANYWHERE = "Anywhere"
    BROWSE = "Browsing"
    PANES = "Going from pane to pane"
    NAMES = "In the lists of namespaces and collections"
    COLLECTIONS = "In the list of collections"
    MARKS = "Marking assets in the table"
    TABLE = "In the table of assets"
    LAYOUT = "Choosing columns"
    ROWS = "In any list"
    ASSET = "Looking at one asset"
    VIEW = "Browsing, or looking at one asset"
    VALUE = "Looking at a whole value"
    OVERVIEW = "In the overview of collections"
    CALLS = "In the call log"


TOGETHER = (
    frozenset({Where.ANYWHERE, Where.BROWSE, Where.VIEW, Where.PANES, Where.NAMES, Where.COLLECTIONS, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.BROWSE, Where.VIEW, Where.PANES, Where.MARKS, Where.TABLE, Where.ROWS}),
    frozenset({Where.LAYOUT, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ASSET, Where.VIEW}),
    frozenset({Where.ANYWHERE, Where.CALLS, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.OVERVIEW}),
)
"""Parts whose commands can be run at the same time, so that no key may mean two of them."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command can be run now.

    Attributes:
        asset: An asset is under the cursor or open.
        narrowed: A search or a filter is active.
        collections: Collections were loaded.
        problem: A failure is on show where the focus is.
        locked: The service wants another key.
        marked: Assets are marked.
        names: There are names in the list.
        filtered: Only some of the names are listed.
        call: A call that was made is under the cursor.
        waiting_call: A call waits for its turn.
        uncounted: An overview is open and is not being counted.
        behind: There is a place to go back to.
        ahead: There is a place that was left by going back.
    """

    asset: bool = False
    narrowed: bool = False
    collections: bool = False
    problem: bool = False
    locked: bool = False
    marked: bool = False
    names: bool = False
    filtered: bool = False
    call: bool = False
    waiting_call: bool = False
    uncounted: bool = False
    behind: bool = False
    ahead: bool = False


def _always(_: Situation) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """Something a user can do.

    Attributes:
        id: Stable name such as `assets.search`; also the id of its binding.
        title: One to three words, for footer and palette.
        help: One sentence for the help screen.
        keys: In Textual's names; the first is shown.
        where: The part of the program it applies to.
        footer: Rank in the footer, lowest first; None keeps it out.
        why_not: Gives the reason why it cannot be run now, or None when it can.
        opens_line: It opens a line to type in, and what is typed right after its key belongs there.
        instead_of: Id of the command whose key it takes over where it applies; where it cannot be run, that one is.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: Where
    footer: int | None = None
    why_not: Callable[[Situation], str | None] = _always
    opens_line: bool = False
    instead_of: str | None = None

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return f"command_{self.id.replace('.', '_')}"
