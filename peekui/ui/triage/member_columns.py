"""Where the members of a group are drawn: side by side in columns, or two of them by turns in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from peekui.ui.columns import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.triage.rows import Row

__all__ = ["MOST_COLUMNS", "Columns", "Flicker", "pair_with"]

MOST_COLUMNS = 9
"""Members side by side at most: as many as there are digits to choose one by."""
_FIELD = 18
"""Cells of a field's name."""
_LEAST = 22
"""Cells of a member at least."""


class Columns(NamedTuple):
    """Columns of members, right of the names of the fields.

    Attributes:
        field: Cells of a field's name.
        places: Indices of the members that are drawn, from left to right.
        room: Cells of each, the gap before it not counted.
    """

    field: int
    places: Sequence[int]
    room: int

    @classmethod
    def of(cls, width: int, members: int, copy: int, flicker: Flicker | None) -> Columns:
        """Share a width out.

        Args:
            width: Cells there are.
            members: How many there are to draw.
            copy: The one under the cursor, which is always drawn.
            flicker: The two that take turns, None where they are side by side.
        """
        field = min(_FIELD, width // 4)
        room = max(width - field, 1 + GAP)
        if flicker:
            return cls(field, (flicker.shown,), room - GAP)
        count = max(min(room // (_LEAST + GAP), members, MOST_COLUMNS), 1)
        first = max(0, min(copy - count // 2, members - count))
        return cls(field, range(first, min(first + count, members)), room // count - GAP)


class Flicker(NamedTuple):
    """Two members that take turns in one place, so that what differs jumps.

    Attributes:
        a: Index of the one that stays.
        b: Index of the one that is compared with it.
        turned: B is on show.
    """

    a: int
    b: int
    turned: bool = True

    @property
    def shown(self) -> int:
        """Index of the one on show."""
        return self.b if self.turned else self.a

    def next(self) -> Flicker:
        """Show the other."""
        return self._replace(turned=not self.turned)


def pair_with(members: Sequence[Row], keep: frozenset[str], copy: int) -> Flicker | None:
    """Pair a copy with the first that stays, else with the one beside it; None where it is alone."""
    if len(members) < 2:
        return None
    stays = next((place for place, row in enumerate(members) if row.asset_id in keep), 0)
    return Flicker(stays, copy if copy != stays else (copy + 1) % len(members))
