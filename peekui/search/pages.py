"""All pages of an answer one after the other; the next is asked for while the one before is used."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

    from peekui.api.models import Page

__all__ = ["Portion", "read_ahead"]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Portion(Generic[Row]):
    """What came at one time.

    Attributes:
        rows: In their order.
        total: Rows in all, None where the service does not say.
        ignored: The service gave another page than was asked for, or the one before once more (mixpeek-api.md,
            section 5, allows a search to): it has no rows here, and there is no way to the rest.
    """

    rows: Sequence[Row]
    total: int | None
    ignored: bool = False


async def read_ahead(
    ask: Callable[[int, int], Awaitable[Page[Row]]], *, page_size: int, most: int | None = None
) -> AsyncGenerator[Portion[Row]]:
    """Read pages until the last, or until there are rows enough. Close it (`aclosing`) if it is left before its end.

    Args:
        ask: Gives a page by its number, from 1, and its size.
        page_size: Rows to ask for at a time; a service may give smaller pages.
        most: Rows to give at most; None for all.

    Raises:
        MixpeekError: As `ask` does.
    """
    task = asyncio.ensure_future(ask(1, page_size))
    number, given = 1, 0
    before: Sequence[Row] = ()
    try:
        while True:
            page = await task
            says, rows = page.pagination, page.results
            if _was_ignored(page, number, before):
                yield Portion((), page.total, ignored=True)
                return
            if number == 1 and says and says.page_size and 0 < says.page_size < page_size:
                page_size = says.page_size
            total, read = page.total, number * page_size
            over = len(rows) < page_size if total is None else read >= total
            enough = most is not None and given + len(rows) >= most
            last = over or enough or not rows
            if not last:
                number += 1
                task = asyncio.ensure_future(ask(number, page_size))
                await asyncio.sleep(0)  # so that it is on its way before the rows are used
            before, given = rows, given + len(rows)
            yield Portion(rows[: most - given] if most is not None and given > most else rows, total)
            if last:
                return
    finally:
        task.cancel()
        await asyncio.wait({task})
        _ = task.cancelled() or task.exception()  # nobody waits any more for what became of it


def _was_ignored(page: Page[Row], number: int, before: Sequence[Row]) -> bool:
    says = page.pagination
    other = says is not None and says.page is not None and says.page != number
    return bool(other or (number > 1 and page.results and page.results == before))
