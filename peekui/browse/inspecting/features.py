"""What is said of one feature: when it is, what it is of, how sure that is, and its lists and vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from peekui.browse.inspecting.scored import score_of, scored_list
from peekui.browse.inspecting.timeline import Segment
from peekui.browse.inspecting.vectors import is_vector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peekui.api.models import Feature
    from peekui.browse.inspecting.scored import Scored
    from peekui.filters.nodes import JsonValue

__all__ = ["FeatureFacts"]

_WORDS: Final = ("text", "description", "transcription", "caption", "summary")
"""Fields that hold something to read."""
_SHOWN_ELSEWHERE: Final = frozenset({
    "feature_id", "asset_id", "collection_id", "modality", "type", "start_time", "end_time", "url", "preview_url",
    "file_data", "created_at", "updated_at", "duplicate_of", "score", "confidence", *_WORDS,
})  # fmt: skip
_QUIETEST: Final = -60.0
"""Decibels below full scale that are drawn as silence."""
_BRIEF: Final = 300
"""Characters of a text that a row can show."""


@dataclass(frozen=True, slots=True)
class FeatureFacts:
    """A feature, read.

    Attributes:
        feature: As it came.
        segment: When it is; None where it has no times.
        what: What it is of, in so many words as a row can show.
        score: How sure that is, where it says so.
        words: All there is to read, by the name of the field.
        lists: Lists of things with scores, by the path to them.
        vectors: Vectors, by the path to them.
        others: What else it holds, by the name of the field; unknown fields too.
    """

    feature: Feature
    segment: Segment | None
    what: str
    score: float | None
    words: dict[str, str]
    lists: dict[str, list[Scored]]
    vectors: dict[str, list[float]]
    others: dict[str, JsonValue]

    @classmethod
    def of(cls, feature: Feature) -> Self:
        """Read a feature."""
        fields: dict[str, JsonValue] = feature.model_dump(mode="json", exclude_unset=True)
        words = {name: text for name in _WORDS if isinstance(text := fields.get(name), str) and text.strip()}
        lists: dict[str, list[Scored]] = {}
        vectors: dict[str, list[float]] = {}
        others = {
            name: kept
            for name, value in fields.items()
            if name not in _SHOWN_ELSEWHERE and value is not None
            for kept in _taken_apart(name, value, lists, vectors)
        }
        segment = Segment.read(feature.start_time, feature.end_time, _level(feature.metadata or {}))
        what = next(iter(words.values()), "") or _named(lists) or _brief(others)
        what = " ".join(what[:_BRIEF].split())
        return cls(feature, segment, what, score_of(fields), words, lists, vectors, others)

    def in_time(self) -> float:
        """Give where it stands among others: by its beginning, last without one."""
        return self.segment.start if self.segment else float("inf")

    def has(self, words: str) -> bool:
        """Say whether some words, in lower case, are in what there is to read."""
        return any(words in text.casefold() for text in (*self.words.values(), self.what))


def _taken_apart(
    path: str, value: JsonValue, lists: dict[str, list[Scored]], vectors: dict[str, list[float]]
) -> Iterator[JsonValue]:
    """Sort a field into lists and vectors, two steps deep; what is neither is given back."""
    if is_vector(value):
        vectors[path] = value
    elif (scored := scored_list(value)) is not None:
        lists[path] = scored
    elif isinstance(value, dict) and "." not in path:
        kept = {
            name: item
            for name, member in value.items()
            for item in _taken_apart(f"{path}.{name}", member, lists, vectors)
        }
        if kept or not value:
            yield kept
    else:
        yield value


def _level(metadata: Mapping[str, JsonValue]) -> float | None:
    decibels = metadata.get("rms_dbfs")
    if not isinstance(decibels, int | float) or isinstance(decibels, bool):
        return None
    return min(max(1 - decibels / _QUIETEST, 0.0), 1.0)


def _named(lists: Mapping[str, list[Scored]]) -> str:
    names = (item.name for scored in lists.values() for item in scored[:3] if item.name)
    return ", ".join(names)


def _brief(others: Mapping[str, JsonValue]) -> str:
    """Say what a feature without words and names holds: the plain values of its metadata."""
    metadata = others.get("metadata")
    pairs = metadata.items() if isinstance(metadata, dict) else others.items()
    plain = (f"{name} {value}" for name, value in pairs if name != "index" and isinstance(value, str | int | float))
    return " · ".join(plain)
