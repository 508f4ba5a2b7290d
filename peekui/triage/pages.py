"""Pages of assets for triage: held up by a gate, and telling apart that the service refuses a filter."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from peekui.api.errors import BadRequest
from peekui.search.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset, Page
    from peekui.browse.query import AssetQuery
    from peekui.search.pages import Portion

__all__ = ["PAGE_SIZE", "FilterRefused", "Gate", "read_assets"]

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


def read_assets(
    client: MixpeekClient,
    query: AssetQuery,
    *,
    first: int = 1,
    page_size: int = PAGE_SIZE,
    gate: Gate | None = None,
) -> AsyncGenerator[Portion[Asset]]:
    """Read pages until the last, each when the one before was used: nothing is asked for that may not be wanted.

    Args:
        client: Whose budget they are read in.
        query: What to read.
        first: Number of the page to begin with.
        page_size: Rows to ask for at a time.
        gate: Holds them up.

    Raises:
        FilterRefused: The service refused the first page of a query that has a filter.
        MixpeekError: A page could not be read.
    """

    async def ask(number: int, size: int) -> Page[Asset]:
        if gate:
            await gate.passed()
        try:
            return await client.assets(query.body(), namespace=query.namespace, page=number, page_size=size)
        except BadRequest as error:
            if query.filter and number == first:
                raise FilterRefused(error) from error
            raise

    return read_pages(ask, first=first, page_size=page_size)
