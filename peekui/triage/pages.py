"""All pages of a query one after the other, whatever page size the service gives."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.api.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery

__all__ = ["PAGE_SIZE", "FilterRefused", "Gate", "ReadPage", "page_count", "read_pages"]

PAGE_SIZE: Final = 1000
"""Rows asked for at a time: a call is money, and a thousand rows of a few fields are a few hundred kilobytes."""


class FilterRefused(Exception):
    """The service does not filter by what it was asked to, as happens to fields without an index.

    Attributes:
        error: Its own words.
    """

    def __init__(self, error: BadRequest) -> None:
        super().__init__(error.what)
        self.error = error


class Gate:
    """Lets pages through, or holds them up."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    @property
    def paused(self) -> bool:
        """Whether pages are held up."""
        return not self._open.is_set()

    def pause(self) -> None:
        """Ask for no further page; one that is under way still comes."""
        self._open.clear()

    def go_on(self) -> None:
        """Ask for pages again."""
        self._open.set()

    async def passed(self) -> None:
        """Wait until pages are let through."""
        await self._open.wait()


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that came.

    Attributes:
        number: From 1.
        page_size: Rows in a full page; a service may give smaller ones than were asked for.
        assets: What came.
        total: Rows in all, None where the service does not say.
        last: Whether it is the last.
        ignored: Whether the service gave another page than was asked for, by its own word or because it is the page
            before once more (section 5 allows a search to): there is no way to the rest.
    """

    number: int
    page_size: int
    assets: list[Asset]
    total: int | None
    last: bool
    ignored: bool = False

    @property
    def pages(self) -> int | None:
        """How many pages there are, None where the service does not say."""
        return page_count(self.total, self.page_size)


def page_count(total: int | None, page_size: int) -> int | None:
    """Give how many pages so many rows take, at least the one that says there are none; None where it is not known."""
    return None if total is None else max(1, math.ceil(total / page_size))


async def read_pages(
    client: MixpeekClient,
    query: AssetQuery,
    *,
    first: int = 1,
    page_size: int = PAGE_SIZE,
    gate: Gate | None = None,
) -> AsyncIterator[ReadPage]:
    """Read pages until the last.

    Args:
        client: Whose budget they are read in.
        query: What to read.
        first: Number of the page to begin with.
        page_size: Rows to ask for at a time.
        gate: Holds them up.

    Yields:
        Each page as it comes.

    Raises:
        FilterRefused: The service refused the first page of a query that has a filter.
        MixpeekError: A page could not be read.
    """
    number, before = first, None
    while True:
        if gate:
            await gate.passed()
        try:
            answer = await client.assets(query.body(), namespace=query.namespace, page=number, page_size=page_size)
        except BadRequest as error:
            if query.filter and number == first:
                raise FilterRefused(error) from error
            raise
        says = answer.pagination
        ids = [asset.asset_id for asset in answer.results]
        ignored = bool(says and says.page and says.page != number) or bool(ids and ids == before)
        before = ids
        if number == 1 and says and says.page_size and 0 < says.page_size < page_size:
            page_size = says.page_size
        total, count = answer.total, len(answer.results)
        ended = count < page_size if total is None else number * page_size >= total
        page = ReadPage(number, page_size, answer.results, total, ended or not count or ignored, ignored)
        yield page
        if page.last:
            return
        number += 1
