"""All pages of an answer one after the other, whatever size the service gives them."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

    from peekui.api.models import Page

__all__ = ["Portion", "page_count", "read_pages"]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Portion(Generic[Row]):
    """What came at one time.

    Attributes:
        rows: In their order.
        total: Rows in all, None where the service does not say.
        number: Of the page it is from, from 1.
        page_size: Rows in a full page; a service may give smaller ones than were asked for.
        last: No further one comes.
        ignored: The service gave another page than was asked for, or the one before once more (mixpeek-api.md,
            section 5, allows a search to): it has no rows here, and there is no way to the rest.
    """

    rows: Sequence[Row]
    total: int | None
    number: int = 1
    page_size: int = 0
    last: bool = True
    ignored: bool = False

    @property
    def pages(self) -> int | None:
        """How many pages there are, None where the service does not say."""
        return page_count(self.total, self.page_size)


def page_count(total: int | None, page_size: int) -> int | None:
    """Give how many pages so many rows take, at least the one that says there are none; None where it is not known."""
    return None if total is None else max(1, math.ceil(total / max(page_size, 1)))


async def read_pages(
    ask: Callable[[int, int], Awaitable[Page[Row]]],
    *,
    page_size: int,
    first: int = 1,
    most: int | None = None,
    ahead: bool = False,
) -> AsyncGenerator[Portion[Row]]:
    """Read pages until the last, or until there are rows enough. Close it (`aclosing`) if it is left before its end.

    Args:
        ask: Gives a page by its number, from 1, and its size.
        page_size: Rows to ask for at a time; a service may give smaller pages.
        first: Number of the page to begin with.
        most: Rows to give at most; None for all.
        ahead: Ask for the next page while the one before is used: quicker, and one call more for who leaves early.

    Raises:
        MixpeekError: As `ask` does.
    """
    number, given = first, 0
    before: Sequence[Row] = ()
    asked = asyncio.ensure_future(ask(number, page_size))
    try:
        while True:
            page = await asked
            says, rows, total = page.pagination, page.results, page.total
            if _was_ignored(page, number, before):
                yield Portion((), total, number, page_size, ignored=True)
                return
            if number == first and says and says.page_size and 0 < says.page_size < page_size:
                page_size = says.page_size
            over = len(rows) < page_size if total is None else number * page_size >= total
            enough = most is not None and given + len(rows) >= most
            last = over or enough or not rows
            if ahead and not last:
                asked = asyncio.ensure_future(ask(number + 1, page_size))
                await asyncio.sleep(0)  # so that it is on its way before the rows are used
            wanted = rows[: most - given] if most is not None else rows
            yield Portion(wanted, total, number, page_size, last)
            if last:
                return
            if not ahead:
                asked = asyncio.ensure_future(ask(number + 1, page_size))
            before, given, number = rows, given + len(rows), number + 1
    finally:
        asked.cancel()
        await asyncio.wait({asked})
        _ = asked.cancelled() or asked.exception()  # nobody waits any more for what became of it


def _was_ignored(page: Page[Row], number: int, before: Sequence[Row]) -> bool:
    says = page.pagination
    other = says is not None and says.page is not None and says.page != number
    return bool(other or (before and page.results == before))
