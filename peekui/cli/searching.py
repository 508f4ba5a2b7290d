"""`peekui search`: assets on standard output as they come, everything else on standard error."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import click

from peekui.cli.asking import NOTHING_FOUND
from peekui.cli.common import Mistake
from peekui.cli.completing import complete_collection, complete_line
from peekui.cli.inquiring import InquiryCommand
from peekui.cli.search_options import FILTERS, WATCH, WHERE, read_filters, read_line, with_options

if TYPE_CHECKING:
    from peekui.cli.carrying_out import Answer
    from peekui.cli.inquiring import Inquiry
    from peekui.cli.printing import Printed
    from peekui.cli.search_options import Wanted

__all__ = ["search"]

_FORMS: Final = ("table", "json", "jsonl", "csv", "ids", "urls")
_ROWS: Final = 100
"""Printed where nothing else is said: one call's worth."""
_WATCHED: Final = 1000
"""Looked at where nothing else is said: one call's worth too, as little is asked of each."""
_WATCHED_FORMS: Final = ("table", "jsonl", "ids")
_COLUMNS: Final = ("asset_id", "status", "modality", "title", "file_data.file_size_bytes", "created_at")


@click.command(cls=InquiryCommand)
@click.argument("line", nargs=-1, metavar="[LINE]...", shell_complete=complete_line)
@click.option(
    "-c",
    "--collection",
    "collections",
    multiple=True,
    metavar="COLLECTION",
    shell_complete=complete_collection,
    help="By id or name; may be repeated. All of the namespace by default.",
)
@WHERE
@FILTERS
@click.option("--key", "keys", multiple=True, metavar="FIELD", help="Find the words there; may be repeated.")
@click.option("--sort", metavar="FIELD[:desc]", help="Order of the assets; score is the rank of a search.")
@click.option("--select", multiple=True, metavar="FIELD", help="Fetch this field; may be repeated. All by default.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help=f"How many to print [{_ROWS}].")
@click.option("--all", "everything", is_flag=True, help="Print all, page by page.")
@click.option("--urls", is_flag=True, help="With presigned URLs, which takes the service longer.")
@click.option("--count", is_flag=True, help="Print only how many there are.")
@click.option("-o", "--output", "form", type=click.Choice(_FORMS), default=_FORMS[0], show_default=True, help="Form.")
@click.option("--dry-run", is_flag=True, help="Print the request, and do not send it.")
@click.option(
    "--as",
    "dry_form",
    type=click.Choice(("request", "curl", "python", "command")),
    help="Print it as this, and do not send it.",
)
@WATCH
@click.option("--save", metavar="NAME", help="Keep the search, to be run again as @NAME.")
@click.pass_obj
def search(
    inquiry: Inquiry,
    *,
    line: tuple[str, ...],
    collections: tuple[str, ...],
    where: str | None,
    filters: str | None,
    keys: tuple[str, ...],
    sort: str | None,
    select: tuple[str, ...],
    limit: int | None,
    form: str,
    dry_form: str | None,
    save: str | None,
    watch: float | None,
    everything: bool,
    urls: bool,
    count: bool,
    dry_run: bool,
) -> None:
    """Search assets.

    A line has words to look for, then a filter, and options anywhere beside it: sunset beach status = DONE
    in:photos,videos key:title,description sort:-created_at select:asset_id size:50. It can also be @NAME of a saved
    search, an asset's id, a file's hash, a presigned URL, a filter or a request as JSON, a curl command.

    --watch looks at the first 1,000 assets, or --limit, or --all, until ctrl+c. What was seen is kept: the next time it
    begins with what changed meanwhile. -o ids prints the ids of what is new or changed.

    Exit status: 0 found, 1 nothing found, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited for
    longer than --wait.
    """
    if limit and everything:
        raise Mistake("--limit and --all contradict each other.")
    if watch and (count or form not in _WATCHED_FORMS):
        raise Mistake("--watch prints a table, jsonl or ids.")
    tree, notes = read_filters(where, filters)
    wanted = with_options(
        read_line(" ".join(line)), tree=tree, collections=collections, keys=keys, sort=sort, select=select
    )
    for note in (*wanted.notes, *notes):
        inquiry.say(f"Filter: {note}.")
    if save:
        _save(inquiry, wanted, save)

    from peekui.cli import carrying_out

    if dry_form == "command":
        click.echo(carrying_out.as_command(inquiry, wanted))
        return
    if count:
        total = inquiry.ask(partial(carrying_out.count, inquiry, wanted))
        click.echo(total)
        raise SystemExit(0 if total else NOTHING_FOUND)
    if watch and not (limit or everything):
        limit = _WATCHED
    answer = _answer(wanted, form, limit=limit, everything=everything, urls=urls or form == "urls")
    if dry_run or dry_form:
        work = partial(carrying_out.dry_run, inquiry, wanted, answer, form=dry_form or "request")
        click.echo(inquiry.ask(work).rstrip("\n"))
        return
    if watch:
        from peekui.cli.watching import print_changes

        inquiry.ask(partial(print_changes, inquiry, wanted, answer, seconds=watch))
        return
    printed = inquiry.ask(partial(carrying_out.print_answer, inquiry, wanted, answer))
    if not printed.unread:
        inquiry.say(_how_many(printed))
    raise SystemExit(0 if printed.rows else NOTHING_FOUND)


def _save(inquiry: Inquiry, wanted: Wanted, name: str) -> None:
    from peekui.search.saved import BadSaved, SavedSearch, save_search, saved_folder

    saved = SavedSearch(wanted.search, inquiry.flags["namespace"] or wanted.namespace, wanted.columns)
    try:
        path = save_search(saved_folder(), name, saved)
    except BadSaved as error:
        raise Mistake(str(error)) from error
    except FileExistsError as error:
        raise Mistake(
            f"there is a saved search {name!r} already: take another name, or delete {error.filename}."
        ) from error
    except OSError as error:
        raise Mistake(f"{error.filename} cannot be written: {error.strerror}.") from error
    inquiry.say(f"Saved as {path}: peekui search @{name}.")


def _answer(wanted: Wanted, form: str, *, limit: int | None, everything: bool, urls: bool) -> Answer:
    from peekui.cli.carrying_out import Answer
    from peekui.search.searches import MOST_ROWS

    asked = wanted.search
    most = None if everything else limit or asked.page_size or _ROWS
    page_size = asked.page_size or min(most or MOST_ROWS, MOST_ROWS)
    if form == "ids":
        return Answer(form, most, page_size, urls, ("asset_id",))
    columns = wanted.columns or asked.select or (*_COLUMNS, *(("score",) if asked.text else ()))
    return Answer(form, most, page_size, urls, (*columns, *(("url",) if urls else ())))


def _how_many(printed: Printed) -> str:
    if printed.partial:
        return f"Partial: {printed.rows:,} assets of the first page, whatever page is asked for."
    if printed.total is None or printed.total <= printed.rows:
        return "1 asset." if printed.rows == 1 else f"{printed.rows:,} assets." if printed.rows else "Nothing found."
    return f"{printed.rows:,} of {printed.total:,} assets; --all prints all."
