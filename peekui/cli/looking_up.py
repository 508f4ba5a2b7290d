"""`peekui get`, `find`, `namespaces`, `collections`, `tasks`: what is there, by id, by name, in lists."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from peekui.cli.asking import NOTHING_FOUND
from peekui.cli.common import Mistake
from peekui.cli.completing import names_file
from peekui.cli.inquiring import InquiryCommand

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Page
    from peekui.cli.inquiring import Inquiry
    from peekui.cli.printing import Printed
    from peekui.config import Settings
    from peekui.search.pages import Portion
    from peekui.search.records import Record

    Listing = Callable[[MixpeekClient, Settings], AsyncGenerator[Portion[Record]]]
    Inquired = Callable[[Inquiry, MixpeekClient, Settings], AsyncGenerator[Portion[Record]]]

__all__ = ["collections", "find", "get", "id_of", "namespaces", "tasks"]

_TYPES: Final = ("bucket", "collection", "retriever", "taxonomy", "cluster", "published_retriever", "namespace")
_FORM = click.option(
    "-o",
    "--output",
    "form",
    type=click.Choice(("table", "json", "jsonl", "csv", "ids")),
    default="table",
    show_default=True,
    help="Form.",
)
_RESOURCE_COLUMNS: Final = ("resource_id", "resource_type", "resource_name", "description", "created_at")
_TASKS_A_PAGE: Final = 100
_EXIT_STATUS: Final = """\
Exit status: 0 found, 1 nothing found, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
"""


@click.command(cls=InquiryCommand)
@click.argument("asset_id", metavar="ID")
@click.option("--features", is_flag=True, help="What was extracted from it too.")
@click.option("--urls", is_flag=True, help="With presigned URLs.")
@click.pass_obj
def get(inquiry: Inquiry, asset_id: str, *, features: bool, urls: bool) -> None:
    """Print an asset as JSON, named by its id or a presigned URL of it.

    Exit status: 0 found, 1 there is none, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
    """
    wanted = id_of(asset_id)

    async def work(client: MixpeekClient, settings: Settings) -> Record | None:
        from peekui.api.errors import NotFound
        from peekui.search.records import asset_record

        try:
            return await asset_record(client, wanted, namespace=settings.namespace, features=features, urls=urls)
        except NotFound as error:
            inquiry.say(f"peekui: {error.what}")
            return None

    record = inquiry.ask(work)
    if record is None:
        raise SystemExit(NOTHING_FOUND)
    # On a terminal nothing of it may act; for a program every script is itself.
    text = json.dumps(record, indent=2, ensure_ascii=sys.stdout.isatty())
    click.echo(text.encode("utf-8", "backslashreplace"))


@click.command(cls=InquiryCommand)
@click.argument("text", nargs=-1, required=True)
@click.option("--type", "types", multiple=True, type=click.Choice(_TYPES), help="Only these; may be repeated.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many to print.")
@_FORM
@click.pass_obj
def find(inquiry: Inquiry, text: tuple[str, ...], types: tuple[str, ...], limit: int, form: str) -> None:
    """Find namespaces, collections, taxonomies and the like by a part of their name or id.

    Exit status: 0 found, 1 nothing found, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
    """

    async def found(client: MixpeekClient, settings: Settings) -> AsyncGenerator[Portion[Record]]:
        from peekui.search.pages import Portion
        from peekui.search.resources import ResourceType, find_resources

        namespace = settings.namespace or await _first_namespace(client)
        kinds = [ResourceType(name) for name in types]
        resources = await find_resources(client, " ".join(text), kinds, namespace=namespace, limit=limit)
        if resources.from_lists:
            inquiry.say("The service has no resource search: these are matches among its namespaces and collections.")
        yield Portion(resources.records, resources.total)

    _print_listing(inquiry, found, form, _RESOURCE_COLUMNS)


def _listing(columns: Sequence[str]) -> Callable[[Inquired], click.Command]:
    """Make a command of what gives all records of a kind; its docstring is the first sentence of the help.

    Args:
        columns: To print.
    """

    def command_of(listed: Inquired) -> click.Command:
        @click.command(listed.__name__, cls=InquiryCommand, help=f"{listed.__doc__}\n\n{_EXIT_STATUS}")
        @_FORM
        @click.pass_obj
        def command(inquiry: Inquiry, form: str) -> None:
            _print_listing(inquiry, partial(listed, inquiry), form, columns)

        return command

    return command_of


@_listing(("namespace_id", "namespace_name", "embedding_models"))
async def namespaces(inquiry: Inquiry, client: MixpeekClient, settings: Settings) -> AsyncGenerator[Portion[Record]]:
    """List the namespaces."""
    from peekui.api.requests import request
    from peekui.search.names import remember_namespaces
    from peekui.search.pages import Portion

    records = await client.ask(list[dict[str, Any]], request("GET", "/v1/namespaces"))
    inquiry.keep(lambda: remember_namespaces(names_file(settings), _names(records, "namespace")))
    yield Portion(records, len(records))


@_listing(("collection_id", "collection_name", "count", "size_bytes", "last_updated"))
async def collections(inquiry: Inquiry, client: MixpeekClient, settings: Settings) -> AsyncGenerator[Portion[Record]]:
    """List the collections of a namespace."""
    from peekui.search.names import remember_collections
    from peekui.search.searches import MOST_ROWS

    names: list[str] = []
    async for portion in _pages(client, "/v1/collections", settings.namespace, MOST_ROWS):
        names += _names(portion.rows, "collection")
        yield portion
    inquiry.keep(lambda: remember_collections(names_file(settings), settings.namespace, names))


@_listing(("task_id", "status", "inputs"))
def tasks(_: Inquiry, client: MixpeekClient, settings: Settings) -> AsyncGenerator[Portion[Record]]:
    """List the tasks that are under way."""
    return _pages(client, "/v1/tasks", settings.namespace, _TASKS_A_PAGE)


def id_of(text: str) -> str:
    """Give the id of the asset that is named by it, or by a presigned URL.

    Raises:
        Mistake: It is a URL that names no asset.
    """
    from peekui.search.pasted import AssetId, BadPaste, SignedLink, recognise

    try:
        pasted = recognise(text)
    except BadPaste as error:
        raise Mistake(f"{error}.") from error
    match pasted:
        case AssetId(asset_id) | SignedLink(asset_id=str(asset_id)):
            return asset_id
        case SignedLink(file_name=name):
            raise Mistake(f"this URL does not name its asset: look for the file with `peekui search {name}`.")
    return text


def _print_listing(inquiry: Inquiry, listing: Listing, form: str, columns: Sequence[str]) -> None:
    async def work(client: MixpeekClient, settings: Settings) -> Printed:
        from peekui.cli.printing import print_portions

        return await print_portions(listing(client, settings), form, columns, tell=inquiry.tell_progress)

    if not inquiry.ask(work).rows:
        inquiry.say("Nothing found.")
        raise SystemExit(NOTHING_FOUND)


def _pages(client: MixpeekClient, path: str, namespace: str | None, page_size: int) -> AsyncGenerator[Portion[Record]]:
    from peekui.api.requests import request
    from peekui.search.pages import read_pages
    from peekui.search.records import page_of

    async def ask(number: int, size: int) -> Page[Record]:
        asked = request("GET", path, namespace=namespace, params={"page": number, "page_size": size})
        return await page_of(client, asked)

    return read_pages(ask, page_size=page_size, ahead=True)


async def _first_namespace(client: MixpeekClient) -> str | None:
    """Give a namespace to ask in: resource search wants one (mixpeek-api.md, section 8)."""
    return next((item.key for item in await client.namespaces() if item.key), None)


def _names(records: Sequence[Record], kind: str) -> list[str]:
    names = (record.get(f"{kind}_name") or record.get(f"{kind}_id") for record in records)
    return [name for name in names if isinstance(name, str)]
