"""`select`: only some fields of each row of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["selected"]


def selected(rows: Sequence[msgspec.Struct], fields: Iterable[str], *, always: str) -> list[dict[str, Any]]:
    """Give rows with the fields that were asked for.

    Args:
        rows: Assets or features.
        fields: Dotted names; `[]` and list elements as in a filter's key.
        always: A field that is given even so: its id, without which nobody could ask for the rest.
    """
    tree: dict[str, Any] = {always: {}}
    for field in fields:
        below = tree
        for name in field.replace("[]", "").split("."):
            below = below.setdefault(name, {})
    return [_pick(msgspec.json.decode(msgspec.json.encode(row)), tree) for row in rows]


def _pick(value: Any, tree: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    if not tree:
        return value
    if isinstance(value, dict):
        return {name: _pick(value[name], below) for name, below in tree.items() if name in value}
    if isinstance(value, list):
        return [_pick(item, tree) for item in value]
    return None
