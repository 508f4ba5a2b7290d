"""Lists of things with a score, whatever they are called: faces, entities, classifications."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["Scored", "score_of", "scored_list"]

_SCORES: Final = ("score", "confidence", "probability", "share")
_NAMES: Final = ("name", "label", "node_name", "node", "text", "entity", "title", "hex", "node_id", "face_id", "id")


class Scored(NamedTuple):
    """One of such a list.

    Attributes:
        name: What it is called; empty where nothing in it is a name.
        score: A finite number, mostly from 0 to 1.
        rest: What else is known of it.
    """

    name: str
    score: float
    rest: dict[str, JsonValue]

    @property
    def share(self) -> float:
        """How much of a bar is filled, 0 to 1."""
        return min(max(self.score, 0.0), 1.0)


def score_of(item: JsonValue) -> float | None:
    """Give the score an object carries, None where there is none."""
    key = _score_key(item)
    value = item[key] if key and isinstance(item, dict) else None
    return float(value) if isinstance(value, int | float) else None


def scored_list(value: JsonValue) -> list[Scored] | None:
    """Read a list of objects that all have a score, best first; None for anything else."""
    if not isinstance(value, list) or not value:
        return None
    items = [_scored(item) for item in value]
    found = [item for item in items if item]
    return sorted(found, key=lambda item: -item.score) if len(found) == len(items) else None


def _scored(item: JsonValue) -> Scored | None:
    key, score = _score_key(item), score_of(item)
    if not isinstance(item, dict) or key is None or score is None:
        return None
    name = next((name for name in _NAMES if isinstance(item.get(name), str | int)), None)
    rest = {other: value for other, value in item.items() if other not in {key, name}}
    return Scored(str(item[name]) if name else "", score, rest)


def _score_key(item: JsonValue) -> str | None:
    if not isinstance(item, dict):
        return None
    return next((key for key in _SCORES if _is_number(item.get(key))), None)


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
