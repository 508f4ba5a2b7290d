"""A window on rows that arrive by the page: what is held, what is missing, what was learnt of the total.

Plain bookkeeping without I/O: whoever owns a window asks what is `missing`, fetches it, and `put`s what came.
Memory is bounded by the cache, whatever the size of the collection.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

__all__ = ["PAGE_SIZE", "PageWindow", "Placement"]

Row = TypeVar("Row")

PAGE_SIZE = 100
"""Rows in a page: two screens of a tall terminal for one call."""

_CAPACITY = 8
"""Pages of that size to hold."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an answer says that it stands; a service may ignore what was asked.

    Attributes:
        page: The page's number from 1, if said.
        page_size: Rows in a full page, if said.
    """

    page: int | None = None
    page_size: int | None = None


UNSAID = Placement()


class PageWindow(Generic[Row]):
    """Rows of one query, as far as they were fetched.

    Attributes:
        page_size: Rows in a full page.
        total: Rows there are in all, None before the first page.
        exact: Whether the service said the total; else it is only what was seen so far.
        unpaged: The service ignored the page asked for (section 5 allows a search to): there is only one page.
    """

    def __init__(self, *, page_size: int = PAGE_SIZE, capacity: int | None = None) -> None:
        """Set up an empty window.

        Args:
            page_size: Rows in a full page.
            capacity: Pages to hold; the least recently drawn go first. None is 8, and more of pages that are smaller
                than usual: what is in view must stay while the rest of it comes.
        """
        self.page_size = page_size
        self.total: int | None = None
        self.exact = False
        self.unpaged = False
        self._capacity = capacity or max(_CAPACITY, _CAPACITY * PAGE_SIZE // page_size)
        self._failed: set[int] = set()
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def row(self, index: int) -> Row | None:
        """Give a row by its index from 0, or None where it is not held."""
        number, offset = divmod(index, self.page_size)
        rows = self._pages.get(number + 1)
        if rows is None:
            return None
        self._pages.move_to_end(number + 1)
        return rows[offset] if offset < len(rows) else None

    def missing(self, first: int, last: int) -> list[int]:
        """Name the pages (from 1) to fetch for the rows `first` to `last`, both included.

        Pages that failed are not named: drawing must not repeat a call that costs and fails. `retry` names them again.
        """
        if self.total is not None:
            last = min(last, self.total - 1)
        if last < first and self.total is not None:
            return []
        pages = range(max(first, 0) // self.page_size + 1, max(last, 0) // self.page_size + 2)
        for number in pages:
            if number in self._pages:
                self._pages.move_to_end(number)  # wanted now, so not the one to go when the missing ones come
        return [number for number in pages if number not in self._pages and number not in self._failed]

    def ahead(self, first: int, last: int, step: int) -> list[int]:
        """Name the page (from 1) that comes into view next, where that is near and it is to be fetched.

        Near is a screenful away.

        Args:
            first: Row at the top of the view.
            last: Row at its bottom.
            step: Rows that the view moved: less than 0 is upwards, 0 expects nothing.
        """
        height = last - first + 1
        edge = last + height if step > 0 else first - height
        page_now = (last if step > 0 else first) // self.page_size
        if step == 0 or edge < 0 or edge // self.page_size == page_now:
            return []
        beyond = (page_now + (1 if step > 0 else -1)) * self.page_size
        return self.missing(beyond, beyond)

    def held(self) -> Iterator[Row]:
        """Give the rows that are held, those that were drawn last first."""
        for rows in reversed(self._pages.values()):
            yield from rows

    def put(self, number: int, rows: tuple[Row, ...], total: int | None, says: Placement = UNSAID) -> None:
        """Keep a page that came.

        Args:
            number: The page asked for, from 1.
            rows: What came.
            total: Rows in all, when the service said it.
            says: Where the service says the page stands.
        """
        if self._was_ignored(number, rows, says):
            first = self._pages.get(1, rows)
            self.unpaged = True
            self.total, self.exact = len(first), total == len(first)
            self._pages = OrderedDict({1: first})
            self.page_size = max(len(first), 1)
            return
        if number == 1 and says.page_size and 0 < says.page_size < self.page_size:
            # The service has a smaller largest page than was asked for: later pages must be counted in its size.
            self._capacity = self._capacity * self.page_size // says.page_size
            self.page_size = says.page_size
        self._pages[number] = rows
        self._pages.move_to_end(number)
        self._failed.discard(number)
        while len(self._pages) > self._capacity:
            self._pages.popitem(last=False)
        self._learn_total(number, len(rows), total)

    def keep_only(self, numbers: Container[int]) -> None:
        """Hold no other pages than these any more."""
        for number in [number for number in self._pages if number not in numbers]:
            del self._pages[number]

    def fail(self, number: int) -> None:
        """Note that a page could not be fetched."""
        self._failed.add(number)

    @property
    def failed(self) -> int:
        """Pages that could not be loaded."""
        return len(self._failed)

    def has_failed(self, index: int) -> bool:
        """Say whether the page of a row could not be fetched."""
        return index // self.page_size + 1 in self._failed

    def retry(self) -> None:
        """Let the pages that failed be fetched again."""
        self._failed.clear()

    def _was_ignored(self, number: int, rows: tuple[Row, ...], says: Placement) -> bool:
        if len(rows) > self.page_size:
            return True
        if number == 1 or not rows:
            return False
        return (says.page is not None and says.page != number) or rows == self._pages.get(1)

    def _learn_total(self, number: int, count: int, total: int | None) -> None:
        seen = (number - 1) * self.page_size + count if count else 0
        if total is not None and total >= seen:
            self.total, self.exact = total, True
        elif count < self.page_size and (count or number == 1):
            self.total, self.exact = seen, True
        elif count == 0:
            # Past the end: rows were deleted meanwhile. The rows before this page are all there can be.
            self.total, self.exact = min(self.total or 0, (number - 1) * self.page_size), False
        else:
            self.total, self.exact = max(self.total or 0, seen + 1), False
