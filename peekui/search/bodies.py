"""Requests of the Assets API as others wrote them: a JSON body, a curl command (mixpeek-api.md, section 5)."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from peekui.browse.query import EVERYWHERE, Sort, TextQuery
from peekui.filters.lenient import read_leniently
from peekui.filters.nodes import Group, Kind
from peekui.filters.wire import FilterShapeError
from peekui.search.searches import MOST_ROWS, Search

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BadBody", "Request", "read_body", "read_curl", "read_filter"]

_FIELDS: Final = ("collections", "query", "filters", "sort", "select")
_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_DATA: Final = ("-d", "--data", "--data-raw", "--data-ascii", "--data-binary", "--json")
_HEADER: Final = ("-H", "--header")


class BadBody(ValueError):
    """JSON or a command that is no search; the text says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a request asks for.

    Attributes:
        search: The search.
        namespace: It is scoped to; None where that is not said.
        notes: What was changed to read it, and what was left out, in a few words each.
        origin: Of the service it is meant for, such as `https://api.mixpeek.com`; None where that is not said.
    """

    search: Search
    namespace: str | None = None
    notes: tuple[str, ...] = ()
    origin: str | None = None


def read_filter(data: object) -> tuple[Group, tuple[str, ...]]:
    """Read decoded JSON that means a filter.

    Returns:
        The filter, and what was changed to read it.

    Raises:
        BadBody: It is none.
    """
    try:
        imported = read_leniently(data)
    except FilterShapeError as error:
        raise BadBody(str(error)) from error
    return imported.group, tuple(note.change for note in imported.notes)


def read_body(data: object) -> Request | None:
    """Read the decoded JSON of a request's body; None where it has nothing that one has.

    Raises:
        BadBody: A part of it is not what the API takes.
    """
    if not isinstance(data, Mapping) or data.keys().isdisjoint(_FIELDS):
        return None
    group, notes = read_filter(data["filters"]) if data.get("filters") else (Group(Kind.AND), ())
    left_out = [f"left out {name}" for name in data if name not in _FIELDS]
    search = Search(
        text=_read(data, "query", _text),
        filter=group if group.children else None,
        collections=_read(data, "collections", _names) or (),
        sort=_read(data, "sort", _sort),
        select=_read(data, "select", _names) or None,
    )
    return Request(search, None, (*notes, *left_out))


def read_curl(command: str) -> tuple[Request | None, str]:
    """Read a curl command for a POSIX shell. Keys in it are passed over.

    Returns:
        What its body asks for, None where it has none; and the address.

    Raises:
        BadBody: Its quotes do not match, or its body is no search.
    """
    try:
        words = shlex.split(command.replace("\\\n", " "))
    except ValueError as error:
        raise BadBody(f"the command cannot be read: {str(error).lower()}") from error
    url = next((word for word in words if _URL.match(word)), "")
    bodies = [value for name, value in _options(words) if name in _DATA]
    if not bodies:
        return None, url
    try:
        request = read_body(json.loads("&".join(bodies)))  # as curl joins several
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, BadBody) else BadBody("the command's data is not JSON") from error
    if request is None:
        raise BadBody("the command's data is no search for assets")
    headers = dict(_header(value) for name, value in _options(words) if name in _HEADER)
    address = _split(url)
    search = replace(request.search, page_size=_page_size(address))
    namespace = headers.get("x-namespace") or None
    return replace(request, search=search, namespace=namespace, origin=_origin(address)), url


def _options(words: list[str]) -> list[tuple[str, str]]:
    """Give options with their values, both `--name value` and `--name=value`."""
    pairs = [(word, after) for word, after in pairwise(words) if word.startswith("-")]
    joined = (word.partition("=") for word in words if word.startswith("--") and "=" in word)
    return [*pairs, *((name, value) for name, _, value in joined)]


def _header(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip().lower(), value.strip()


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:  # such as half a pair of brackets
        raise BadBody("the command's address cannot be read") from error


def _origin(address: SplitResult) -> str | None:
    host = address.netloc.rpartition("@")[2]  # a name and a password may stand before it
    return f"{address.scheme}://{host}".lower() if host else None


def _page_size(address: SplitResult) -> int | None:
    said = parse_qs(address.query).get("page_size", [""])[0]
    return int(said) if said.isdecimal() and len(said) <= 4 and 1 <= int(said) <= MOST_ROWS else None


def _read(data: Mapping[str, Any], name: str, read: Callable[[object], Any]) -> Any:  # noqa: ANN401 - what `read` gives
    if data.get(name) is None:
        return None
    try:
        return read(data[name])
    except (TypeError, LookupError, ValueError) as error:
        raise BadBody(f"{name} is not what the API takes") from error


def _names(data: object) -> tuple[str, ...]:
    if isinstance(data, list) and all(isinstance(name, str) for name in data):
        return tuple(data)
    raise TypeError("a list of names was expected")


def _text(data: object) -> TextQuery:
    match data:
        case {"value": str(value), "key": str(key)}:
            return TextQuery(value, (key,))
        case {"value": str(value), **rest}:
            return TextQuery(value, _names(rest.get("key")) if rest.get("key") else EVERYWHERE)
    raise TypeError("words and fields were expected")


def _sort(data: object) -> Sort:
    match data:
        case {"field": str(field), **rest} if field and rest.get("direction", "asc") in {"asc", "desc"}:
            return Sort(field, rest.get("direction") == "desc")
    raise TypeError("a field and a direction were expected")
