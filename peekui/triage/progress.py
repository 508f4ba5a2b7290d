"""How far a reading is: to show, and to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Progress", "ReadingState"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is; its text is `partial: 3 of 40 pages read, 3,000 rows`.

    Attributes:
        pages_read: Pages that came.
        pages: How many there are, None where the service does not say.
        rows: Rows at hand that belong to the scope.
        total: Assets the service has for the question, None where it does not say.
        ended: Whether the reading is over.
        complete: Whether all was read, so far as can be told.
        caught_up: Whether only what changed since the last reading was asked for.
        problem: Why it ended without being complete, a sentence; empty otherwise.
    """

    pages_read: int = 0
    pages: int | None = None
    rows: int = 0
    total: int | None = None
    ended: bool = False
    complete: bool = False
    caught_up: bool = False
    problem: str = ""

    def __str__(self) -> str:
        of = "" if self.pages is None else f"of {self.pages:,} "
        pages = f"{self.pages_read:,} {of}pages read"
        if self.complete:
            how = "only what changed was asked for" if self.caught_up else pages
            return f"{self.rows:,} rows, {how}"
        return f"partial: {pages}, {self.rows:,} rows" + (f". {self.problem}" if self.problem else "")


@dataclass(frozen=True, slots=True)
class ReadingState:
    """Where a reading stood when its rows were kept.

    Attributes:
        at: When it began.
        complete: Whether it was whole.
        next_page: The page to go on with, where it was not.
        page_size: Rows in a page, as the service gave them.
        total: The most assets that the service said there are, while they were read.
        nameless: Assets that came without an id, of which nothing else is kept.
    """

    at: datetime
    complete: bool
    next_page: int = 1
    page_size: int = 1
    total: int = 0
    nameless: int = 0

    def to_json(self) -> dict[str, object]:
        """Give plain JSON to keep."""
        return {
            "at": self.at.isoformat(),
            "complete": self.complete,
            "next_page": self.next_page,
            "page_size": self.page_size,
            "total": self.total,
            "nameless": self.nameless,
        }

    @classmethod
    def from_json(cls, kept: object) -> ReadingState | None:
        """Read what was kept; None where it makes no sense."""
        match kept:
            case {
                "at": str(at),
                "complete": bool(complete),
                "next_page": int(next_page),
                "page_size": int(page_size),
                "total": int(total),
                "nameless": int(nameless),
            }:
                try:
                    return cls(datetime.fromisoformat(at), complete, next_page, page_size, total, nameless)
                except ValueError:
                    return None
        return None
