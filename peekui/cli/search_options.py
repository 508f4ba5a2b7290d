"""What `peekui search` and `peekui explain` are asked for: a line, options, or both."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peekui.cli.common import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.browse.query import Sort
    from peekui.filters.expression.parse import ParseError
    from peekui.filters.nodes import Group
    from peekui.search.searches import Search

__all__ = ["FILTERS", "WATCH", "WHERE", "Wanted", "read_filters", "read_line", "with_options"]

WHERE = click.option("--where", metavar="EXPR", help="Filter, as in the line.")
FILTERS = click.option("--filters", metavar="JSON|@FILE|-", help="Filter as JSON, from a file or from standard input.")


def _seconds(text: str) -> float:
    """Read a time such as 60s, 5m or 2h; a number alone is seconds."""
    found = re.fullmatch(r"([1-9]\d{0,5})([smh]?)", text)
    if not found:
        raise click.BadParameter(f"{text!r} is no time such as 60s, 5m or 2h.")
    return float(int(found[1]) * {"m": 60, "h": 3600}.get(found[2], 1))


WATCH = click.option(
    "--watch",
    type=_seconds,
    metavar="TIME",
    help="Look again every 60s, 5m or 2h, and print what is new, changed or gone since the last look.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted.

    Attributes:
        search: What is asked for.
        namespace: It belongs to, where the line says so: a saved search or a pasted request.
        columns: To show; empty where none are named.
        notes: What was changed to read it, in a few words each.
    """

    search: Search
    namespace: str | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_line(line: str) -> Wanted:
    """Read a line, `@name` of a saved search, or something that was pasted.

    Raises:
        Mistake: It cannot be read.
    """
    from peekui.filters.expression.parse import ParseError
    from peekui.search.lines import parse_line, reference
    from peekui.search.pasted import BadPaste, PastedFilter, PastedRequest, recognise
    from peekui.search.saved import BadSaved, load_saved, saved_folder

    try:
        if name := reference(line):
            saved = load_saved(saved_folder(), name)
            return Wanted(saved.search, saved.namespace, saved.columns)
        match recognise(line):
            case None:
                return Wanted(parse_line(line))
            case PastedRequest(search, namespace, notes):
                return Wanted(search, namespace, notes=notes)
            case PastedFilter(notes=notes) as pasted:
                return Wanted(pasted.search, notes=notes)
            case pasted:
                return Wanted(pasted.search)
    except ParseError as error:
        raise _mistake(line, error) from error
    except BadPaste as error:
        raise Mistake(f"{error}.") from error
    except BadSaved as error:
        raise Mistake(str(error)) from error


def read_filters(where: str | None, filters: str | None) -> tuple[Group | None, tuple[str, ...]]:
    """Read the filter of the options.

    Returns:
        The filter, None for none, and what was changed to read it.

    Raises:
        Mistake: It cannot be read, or there are two.
    """
    if where is not None and filters is not None:
        raise Mistake("--where and --filters both give the filter: use one of them.")
    if where is not None:
        return _parse(where), ()
    return _read_json(filters) if filters is not None else (None, ())


def with_options(
    wanted: Wanted,
    *,
    tree: Group | None,
    collections: Sequence[str],
    keys: Sequence[str],
    sort: str | None,
    select: Sequence[str],
) -> Wanted:
    """Take what the options say in place of what the line says; only filters go together: both must let an asset pass.

    Raises:
        Mistake: They make no sense.
    """
    search = wanted.search
    if keys and search.text is None:
        raise Mistake("--key says where to find words, and there are none.")
    search = replace(
        search,
        text=replace(search.text, keys=tuple(keys)) if keys and search.text else search.text,
        filter=_both(search.filter, tree),
        collections=tuple(collections) or search.collections,
        sort=_sort(sort) if sort else search.sort,
        select=tuple(select) or search.select,
    )
    return replace(wanted, search=search)


def _parse(expression: str) -> Group | None:
    from peekui.filters.expression.parse import ParseError, parse

    try:
        tree = parse(expression)
    except ParseError as error:
        raise _mistake(expression, error) from error
    return tree if tree.children else None


def _read_json(source: str) -> tuple[Group | None, tuple[str, ...]]:
    from peekui.search.bodies import BadBody, read_filter

    try:
        group, notes = read_filter(json.loads(_text_of(source)))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Mistake(f"--filters is not JSON: {error}.") from error
    except BadBody as error:
        raise Mistake(f"--filters is no filter: {error}.") from error
    return (group if group.children else None), notes


def _text_of(source: str) -> str:
    try:
        if source == "-":
            return sys.stdin.read()
        return Path(source[1:]).read_text("utf-8") if source.startswith("@") else source
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"--filters {source} cannot be read: {error}.") from error


def _both(one: Group | None, other: Group | None) -> Group | None:
    from peekui.filters.nodes import Group, Kind, TooDeep

    if one is None or other is None:
        return one or other
    try:
        return Group(Kind.AND, (one, other))
    except TooDeep as error:
        raise Mistake(f"{error}.") from error


def _sort(text: str) -> Sort:
    from peekui.browse.query import Sort

    field, colon, direction = text.rpartition(":")
    if not colon or direction not in {"asc", "desc"}:
        field, direction = text, "asc"
    if not field:
        raise Mistake("--sort takes a field, such as created_at:desc.")
    return Sort(field, direction == "desc")


def _mistake(text: str, error: ParseError) -> Mistake:
    """Show where the text is wrong, by a mark under the character."""
    if "\n" in text or not text.isprintable():
        return Mistake(f"{error}.")
    return Mistake(f"column {error.column}: {error.reason}.\n  {text}\n  {' ' * error.position}^")
