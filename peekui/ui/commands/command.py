"""What a command is: its name, its keys, where it applies and why it may not be possible now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Command", "Situation", "Where"]


class Where(StrEnum):
    """The part of the program a command applies to; the value is its heading in the help."""

    ANYWHERE = "Anywhere"
    BROWSE = "Browsing"
    PANES = "Going from pane to pane"
    COLLECTIONS = "In the list of collections"
    ROWS = "In any list"
    ASSET = "Looking at one asset"
    VIEW = "Browsing, or looking at one asset"
    VALUE = "Looking at a whole value"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command can be run now.

    Attributes:
        asset: An asset is under the cursor or open.
        narrowed: A search or a filter is active.
        collections: Collections were loaded.
        problem: A failure is on show where the focus is.
    """

    asset: bool = False
    narrowed: bool = False
    collections: bool = False
    problem: bool = False


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
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: Where
    footer: int | None = None
    why_not: Callable[[Situation], str | None] = _always
    opens_line: bool = False

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return f"command_{self.id.replace('.', '_')}"
