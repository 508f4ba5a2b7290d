"""Carrying out a search from the command line: what it costs is a call for every page, and one for collections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from peekui.api.calls import as_curl
from peekui.cli.completing import names_file
from peekui.cli.printing import print_portions
from peekui.search.commands_for import python_for, request_for, search_command
from peekui.search.history import Searched, history_path, record_search
from peekui.search.names import remember_collections
from peekui.search.pages import read_pages
from peekui.search.records import list_request, page_of, without_urls
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Page
    from peekui.browse.query import AssetQuery
    from peekui.cli.inquiring import Inquiry
    from peekui.cli.printing import Printed
    from peekui.cli.search_options import Wanted
    from peekui.config import Settings
    from peekui.search.pages import Portion
    from peekui.search.records import Record

__all__ = ["Answer", "as_command", "count", "dry_run", "portions_of", "print_answer", "query_for"]

_PAGE_FORMS: Final = {"request": request_for, "curl": as_curl, "python": python_for}


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

    query = replace(await query_for(inquiry, wanted, client, settings), select=("asset_id",), sort=None)
    if not query.collections:
        return 0
    total = (await page_of(client, list_request(query, 1, 1))).total
    if total is None:
        total = sum([len(portion.rows) async for portion in portions_of(client, query, MOST_ROWS, None)])
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
    query = await query_for(inquiry, wanted, client, settings)
    if not query.collections:
        portions = _nothing()
    else:
        portions = portions_of(
            client,
            answer.needs_of(query),
            answer.page_size,
            answer.most,
            urls=answer.urls,
            sooner=_sooner(answer.form),
        )
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
    query = await query_for(inquiry, wanted, client, settings)
    asked = list_request(answer.needs_of(query), 1, answer.page_size, urls=answer.urls)
    return _PAGE_FORMS[form](asked, settings.base_url)


def as_command(inquiry: Inquiry, wanted: Wanted) -> str:
    """Give the shortest command for a search; nothing is asked."""
    flags = [
        word
        for name in ("profile", "base_url")
        if (value := inquiry.flags.get(name))
        for word in (f"--{name.replace('_', '-')}", value)
    ]
    return search_command(wanted.search, inquiry.flags["namespace"] or wanted.namespace).line(flags)


async def query_for(inquiry: Inquiry, wanted: Wanted, client: MixpeekClient, settings: Settings) -> AssetQuery:
    """Give the query of a search; a call finds out collections that it does not name.

    Raises:
        MixpeekError: They could not be found out.
    """
    namespace = inquiry.flags["namespace"] or wanted.namespace or settings.namespace
    if wanted.search.collections:
        return wanted.search.query(namespace)
    there = (await client.collections(namespace=namespace)).results
    inquiry.keep(lambda: remember_collections(names_file(settings), namespace, [item.title for item in there]))
    return wanted.search.query(namespace, [item.key for item in there if item.key])


def portions_of(
    client: MixpeekClient,
    query: AssetQuery,
    page_size: int,
    most: int | None,
    *,
    urls: bool = False,
    sooner: Callable[[bytes], Page[Any] | None] = lambda _: None,
) -> AsyncGenerator[Portion[Record]]:
    """Ask for pages.

    Args:
        client: To ask with.
        query: What is asked for.
        page_size: Rows of a page.
        most: Rows at most, None for all.
        urls: With presigned URLs.
        sooner: As `MixpeekClient.ask` has it; it may leave rows the JSON that they came as.
    """

    async def ask(number: int, size: int) -> Page[Any]:
        asked = list_request(query, number, size, urls=urls)
        page = await page_of(client, asked, sooner=sooner)
        if urls or (page.results and isinstance(page.results[0], bytes)):
            return page
        return page.model_copy(update={"results": [without_urls(row) for row in page.results]})

    return read_pages(ask, page_size=page_size, most=most, ahead=True)


def _sooner(form: str) -> Callable[[bytes], Page[Any] | None]:
    """Give what reads no more of an answer than a form needs."""
    if form != "jsonl":
        return lambda _: None

    from peekui.search.unread_rows import unread_rows

    return unread_rows


async def _nothing() -> AsyncGenerator[Portion[Record]]:
    """Give the answer of a namespace without collections, which cannot be asked for."""
    from peekui.search.pages import Portion

    yield Portion((), 0)


def _remember(inquiry: Inquiry, wanted: Wanted, query: AssetQuery, settings: Settings, found: int | None) -> None:
    from peekui.own_files import state_folder

    entry = Searched(to_line(wanted.search), query.namespace, datetime.now(UTC), found)
    inquiry.keep(lambda: record_search(history_path(state_folder(), settings.account), entry))
