"""All pages one after the other, the next one asked for ahead, whatever the service makes of the question."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from peekui.api.errors import ServerFailed
from peekui.api.models import Page, Pagination
from peekui.search.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[int, int], Page[int]]


def pages_of(count: int, *, largest: int = 1000, total: bool = True) -> Answer:
    """A service with so many rows."""

    def answer(number: int, size: int) -> Page[int]:
        size = min(size, largest)
        rows = list(range(count))[(number - 1) * size : number * size]
        return Page(results=rows, pagination=Pagination(page=number, page_size=size, total=count if total else None))

    return answer


async def read(answer: Answer, page_size: int, most: int | None = None) -> tuple[list[int], list[int], bool]:
    """Give the rows that came, the pages that were asked for, and whether the service ignored what was asked."""
    asked: list[int] = []

    async def ask(number: int, size: int) -> Page[int]:
        asked.append(number)
        return answer(number, size)

    rows: list[int] = []
    ignored = False
    async for portion in read_pages(ask, page_size=page_size, most=most, ahead=True):
        rows += portion.rows
        ignored = ignored or portion.ignored
    return rows, asked, ignored


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 30, 35])
async def test_every_row_comes_once(count: int, total: bool) -> None:
    rows, asked, ignored = await read(pages_of(count, total=total), 10)
    assert (rows, ignored) == (list(range(count)), False)
    most = -(-count // 10) + (0 if total else 1)
    assert asked == list(range(1, max(1, min(len(asked), most)) + 1))


async def test_no_page_is_asked_for_that_nobody_wants() -> None:
    assert await read(pages_of(100), 10, most=10) == (list(range(10)), [1], False)
    assert await read(pages_of(100), 10, most=25) == (list(range(25)), [1, 2, 3], False)


async def test_smaller_pages_than_were_asked_for_leave_nothing_out() -> None:
    assert await read(pages_of(35, largest=10), 100) == (list(range(35)), [1, 2, 3, 4], False)


async def test_a_service_that_gives_one_page_only_is_not_read_for_ever() -> None:
    def same(number: int, size: int) -> Page[int]:
        return Page(results=list(range(size)))

    def says_so(number: int, size: int) -> Page[int]:
        return Page(results=list(range(size)), pagination=Pagination(page=1, total=30))

    for answer in (same, says_so):
        assert await read(answer, 10) == (list(range(10)), [1, 2], True)


async def test_the_next_page_is_under_way_while_the_one_before_is_used() -> None:
    asked: list[int] = []

    async def ask(number: int, size: int) -> Page[int]:
        asked.append(number)
        await asyncio.sleep(0)
        return pages_of(30)(number, size)

    assert [max(asked) async for _ in read_pages(ask, page_size=10, ahead=True)] == [2, 3, 3]


async def test_what_nobody_waits_for_any_more_is_cancelled() -> None:
    cancelled = asyncio.Event()

    async def ask(number: int, size: int) -> Page[int]:
        if number == 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.set()
                raise
        return pages_of(30)(number, size)

    async with aclosing(read_pages(ask, page_size=10, ahead=True)) as portions:
        async for _ in portions:
            break
    assert cancelled.is_set()


async def test_an_error_comes_after_the_rows_before_it() -> None:
    async def ask(number: int, size: int) -> Page[int]:
        if number == 2:
            raise ServerFailed("broken", status=500)
        return pages_of(30)(number, size)

    portions = read_pages(ask, page_size=10, ahead=True)
    assert (await anext(portions)).rows == list(range(10))
    with pytest.raises(ServerFailed):
        await anext(portions)


async def test_nothing_is_asked_ahead_where_the_next_page_may_not_be_wanted() -> None:
    asked: list[int] = []

    async def ask(number: int, size: int) -> Page[int]:
        asked.append(number)
        return pages_of(30)(number, size)

    assert [max(asked) async for _ in read_pages(ask, page_size=10)] == [1, 2, 3]
    assert [(one.number, one.last, one.pages) async for one in read_pages(ask, page_size=10, first=2)] == [
        (2, False, 3), (3, True, 3),
    ]  # fmt: skip
