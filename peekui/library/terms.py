"""From an asset's metadata to terms: a dotted path and the key of a value found there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from peekui.library.keys import PRESENT, Key, encode, instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.nodes import JsonScalar, JsonValue

__all__ = ["Term", "payload_type", "strings", "term_path", "terms"]

_LONG_TEXT = 256
"""Characters; longer text is indexed as `text`, shorter as `keyword`."""


class Term(msgspec.Struct, frozen=True):
    """One value that a filter can name.

    Attributes:
        path: Dotted, without list brackets: a key into a list matches when any element does, so elements are terms
            of the list's own path.
        key: See `keys.py`.
        type: The payload index's type for it: keyword, text, integer, float, bool, datetime; None for null and objects.
    """

    path: str
    key: Key
    type: str | None


def term_path(key: str) -> str:
    """Give the path that a filter's key stands for: `entities[].node` is `entities.node`."""
    return key.replace("[]", "")


def terms(root: str, value: JsonValue) -> set[Term]:
    """Give the terms of a JSON value, each once.

    A name with a dot in it is left out: no dotted path can say it.

    Args:
        root: Path of the value itself, such as `metadata`.
        value: Decoded JSON, however deep.
    """
    return set(_walk(root, value))


def _walk(root: str, value: JsonValue) -> Iterator[Term]:
    waiting: list[tuple[str, JsonValue]] = [(root, value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            yield Term(path, PRESENT, None)
            waiting.extend((f"{path}.{name}", child) for name, child in item.items() if "." not in name)
        elif isinstance(item, list):
            if not item:
                yield Term(path, PRESENT, None)
            waiting.extend((path, child) for child in item)
        else:
            yield Term(path, encode(item), payload_type(item))


def payload_type(value: JsonScalar) -> str | None:
    """Give the payload index type of a scalar (mixpeek-api.md, section 4); None for null."""
    match value:
        case None:
            return None
        case bool():
            return "bool"
        case int():
            return "integer"
        case float():
            return "float"
    if instant(value) is not None:
        return "datetime"
    return "keyword" if len(value) <= _LONG_TEXT else "text"


def strings(value: JsonValue) -> Iterator[str]:
    """Give every string in a JSON value, however deep, names left out."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, (dict, list)):
            waiting.extend(cast("list[JsonValue]", list(item.values()) if isinstance(item, dict) else item))
