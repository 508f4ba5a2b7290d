"""Pages that begin at an id: how the vendor's clients go from one page of features or taxonomies to the next."""

from __future__ import annotations

import msgspec

__all__ = ["Span"]


class Span(msgspec.Struct, frozen=True):
    """A page of a list.

    Attributes:
        total: Rows of the list.
        begin: Place of the page's first row, from 0; it may lie behind the end.
        size: Rows asked for.
    """

    total: int
    begin: int
    size: int

    @property
    def number(self) -> int:
        """Number of the page, from 1."""
        return self.begin // self.size + 1

    @property
    def pages(self) -> int:
        """Pages in all."""
        return -(-self.total // self.size)

    @property
    def next(self) -> int | None:
        """Where the next page begins, None on the last."""
        end = self.begin + self.size
        return end if end < self.total else None

    @property
    def previous(self) -> int | None:
        """Where the page before begins, None on the first; behind the end it is the last page."""
        if not self.begin or not self.total:
            return None
        return max(0, min(self.begin, self.pages * self.size) - self.size)
