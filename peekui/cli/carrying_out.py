"""Carrying out a search from the command line: what it costs is a call for every page, and one for collections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from peekui.cli.completing import names_file
from peekui.cli.printing import print_portions
from peekui.search.commands_for import curl_for, peekui_command, python_for, request_for
from peekui.search.history import Searched, history_path, record_search
from peekui.search.names import remember_collections
from peekui.search.pages import read_ahead
from peekui.search.records import list_request, page_of, without_urls
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Page
    from peekui.browse.query import AssetQuery
    from peekui.cli.inquiring import Inquiry
    from peekui.cli.printing import Printed
    from peekui.cli.search_options import Wanted
    from peekui.config import Settings
    from peekui.search.pages import Portion
    from peekui.search.records import Record

__all__ = ["Answer", "as_command", "count", "dry_run", "print_answer"]

_PAGE_FORMS: Final = {"request": request_for, "curl": curl_for, "python": python_for}


@dataclass(frozen=True, slots=True)
class Answer:
    """How the answer is wanted.

    Attributes:
        form: Name of a form.
        most: Rows at most, None for all.
        page_size: Rows of a page.
        urls: With presigned URLs.
        columns: Dotted fields, for forms that have columns.
    """

    form: str
    most: int | None
    page_size: int
    urls: bool
    columns: Sequence[str]

    def needs_of(self, query: AssetQuery) -> AssetQuery:
        """Have nothing fetched that is not printed: rows may be long."""
        return replace(query, select=("asset_id",)) if self.form == "ids" else query


async def count(inquiry: Inquiry, wanted: Wanted, client: MixpeekClient, settings: Settings) -> int:
    """Say how many assets match; where the service does not say, all pages are read.

    Raises:
        MixpeekError: It could not be found out.
    """
    from peekui.search.searches import MOST_ROWS

    query = replace(await _query(inquiry, wanted, client, settings), select=("asset_id",), sort=None)
    if not query.collections:
        return 0
    total = (await page_of(client, list_request(query, 1, 1))).total
    if total is None:
        total = sum([len(portion.rows) async for portion in _portions(client, query, MOST_ROWS, None)])
    _remember(inquiry, wanted, query, settings, total)
    return total


async def print_answer(
    inquiry: Inquiry, wanted: Wanted, answer: Answer, client: MixpeekClient, settings: Settings
) -> Printed:
    """Print the assets that match.

    Raises:
        MixpeekError: They could not be had; those that came are printed.
        Mistake: Standard output takes no more.
    """
    query = await _query(inquiry, wanted, client, settings)
    if not query.collections:
        portions = _nothing()
    else:
        portions = _portions(client, answer.needs_of(query), answer.page_size, answer.most, urls=answer.urls)
    printed = await print_portions(portions, answer.form, answer.columns, tell=inquiry.tell_progress)
    _remember(inquiry, wanted, query, settings, printed.total)
    return printed


async def dry_run(
    inquiry: Inquiry, wanted: Wanted, answer: Answer, client: MixpeekClient, settings: Settings, *, form: str
) -> str:
    """Give the request for the first page as `request`, `curl` or `python`; a call finds out collections not named.

    Raises:
        MixpeekError: They could not be found out.
    """
    query = await _query(inquiry, wanted, client, settings)
    return _PAGE_FORMS[form](answer.needs_of(query), settings.base_url, page_size=answer.page_size, urls=answer.urls)


def as_command(inquiry: Inquiry, wanted: Wanted) -> str:
    """Give the shortest command for a search; nothing is asked."""
    flags = [
        word
        for name in ("profile", "base_url")
        if (value := inquiry.flags.get(name))
        for word in (f"--{name.replace('_', '-')}", value)
    ]
    return peekui_command(wanted.search, namespace=inquiry.flags["namespace"] or wanted.namespace, flags=flags)


async def _query(inquiry: Inquiry, wanted: Wanted, client: MixpeekClient, settings: Settings) -> AssetQuery:
    namespace = inquiry.flags["namespace"] or wanted.namespace or settings.namespace
    if wanted.search.collections:
        return wanted.search.query(namespace)
    there = (await client.collections(namespace=namespace)).results
    inquiry.keep(lambda: remember_collections(names_file(settings), namespace, [item.title for item in there]))
    return wanted.search.query(namespace, [item.key for item in there if item.key])


def _portions(
    client: MixpeekClient, query: AssetQuery, page_size: int, most: int | None, *, urls: bool = False
) -> AsyncGenerator[Portion[Record]]:
    async def ask(number: int, size: int) -> Page[Record]:
        page = await page_of(client, list_request(query, number, size, urls=urls))
        return page if urls else page.model_copy(update={"results": [without_urls(row) for row in page.results]})

    return read_ahead(ask, page_size=page_size, most=most)


async def _nothing() -> AsyncGenerator[Portion[Record]]:
    """Give the answer of a namespace without collections, which cannot be asked for."""
    from peekui.search.pages import Portion

    yield Portion((), 0)


def _remember(inquiry: Inquiry, wanted: Wanted, query: AssetQuery, settings: Settings, found: int | None) -> None:
    from peekui.own_files import state_folder

    entry = Searched(to_line(wanted.search), query.namespace, datetime.now(UTC), found)
    inquiry.keep(lambda: record_search(history_path(state_folder(), settings.account), entry))
