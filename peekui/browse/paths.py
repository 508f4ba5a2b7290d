"""Dotted paths into an asset: reading what is there, and naming the paths that are."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from peekui.filters.facts import Facts, elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue

__all__ = ["MOST_LEAVES", "BadPath", "checked_path", "leaves", "paths_of", "values_at"]

_EACH = "[]"
_SECRETS = {"url", "preview_url"}
MOST_LEAVES = 1000
"""Looked at in one asset: a megabyte of metadata must not hold the screen up while paths are named."""


class BadPath(ValueError):
    """What was typed is no path that can be shown; the message says why."""


def checked_path(text: str) -> str:
    """Give a path as it was typed, without the blanks around it.

    Raises:
        BadPath: It has an empty step, or leads to a presigned URL, which is a secret (mixpeek-api.md, section 7).
    """
    path = text.strip()
    names = _names(path)
    if not all(names):
        raise BadPath("A path has names with dots between them, such as metadata.camera.model.")
    if names[0] in _SECRETS:
        raise BadPath("A presigned URL is a secret: copy it with c instead of showing it.")
    return path


def values_at(asset: Asset, path: str) -> list[JsonValue]:
    """Give all values a path leads to; none where it leads nowhere.

    A step into a list goes into each of its elements. `[]` at the end gives the elements of a list one by one; without
    it the list is one value. Moments are given as ISO 8601 text.

    Args:
        asset: Any.
        path: Names with dots between them, `[]` after that of a list (section 6).
    """
    name = _names(path)[0]
    own = _own(asset, name)
    found = Facts({} if own is None else {name: own}).find(path) or ()
    return list(elements(found) if path.endswith(_EACH) else found)


def paths_of(assets: Iterable[Asset]) -> list[str]:
    """Name the paths to single values and short lists in some assets, those that most of them have first."""
    uses: Counter[str] = Counter()
    for asset in assets:
        parts = {"metadata": asset.metadata, "file_data": asset.file_data, **(asset.model_extra or {})}
        walk = (path for name, part in parts.items() if name not in _SECRETS for path, _ in leaves(name, part))
        uses.update(set(islice(walk, MOST_LEAVES)))
    return sorted(uses, key=lambda path: (-uses[path], path))


def leaves(path: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Give every single value and every list of them inside a value, each with its path; nothing for null.

    Args:
        path: Of the value.
        value: Any.
    """
    if isinstance(value, dict):
        for name, inner in value.items():
            # A name with a dot in it cannot be told from two names.
            if name and "." not in name:
                yield from leaves(f"{path}.{name}", inner)
    elif isinstance(value, list) and any(isinstance(element, dict | list) for element in value):
        for element in value:
            yield from leaves(f"{path.removesuffix(_EACH)}{_EACH}", element)
    elif value is not None:
        yield path, value


def _names(path: str) -> list[str]:
    return [step.removesuffix(_EACH) for step in path.split(".")]


def _own(asset: Asset, name: str) -> JsonValue:
    """Give a field of the asset itself, None for one that it has no value for."""
    if name in _SECRETS:
        return None
    known: JsonValue | datetime = getattr(asset, name) if name in type(asset).model_fields else None
    if isinstance(known, datetime):
        return known.isoformat()
    return (asset.model_extra or {}).get(name) if known is None else known
