"""Fields to filter on: what the namespace has indexed, and what the rows that were loaded hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from peekui.api.models import Asset
from peekui.browse.paths import MOST_LEAVES, leaves, values_at
from peekui.filters.facts import elements
from peekui.filters.moments import instant
from peekui.filters.schema import FieldType, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.api.models import Namespace
    from peekui.filters.nodes import JsonScalar, JsonValue

__all__ = ["SeenField", "SeenFields", "percent"]

_MOST_ROWS: Final = 500
_MOST_VALUES: Final = 100
"""Of one field: the most frequent are kept."""
_LONGEST: Final = 200
"""Characters of a value that is worth offering."""
_NOT_FILTERED: Final = frozenset({"score", "url", "preview_url"})
_OWN: Final = tuple(name for name in Asset.model_fields if name not in _NOT_FILTERED)

_Typed: TypeAlias = "tuple[type, JsonScalar]"
"""A value with its type, because `1`, `1.0` and `true` are equal in Python."""


@dataclass(frozen=True, slots=True)
class SeenField:
    """What loaded rows hold in a field.

    Attributes:
        key: How a filter names it: with `[]` behind the name of a list of objects (mixpeek-api.md, section 6).
        share: Part of the rows that have a value there, over 0 and at most 1.
        values: Values with the number of rows that have them, the most frequent first. Long texts are left out.
        looks: Type that all its values have; None for a mixture.
    """

    key: str
    share: float
    values: tuple[tuple[JsonScalar, int], ...]
    looks: FieldType | None


@dataclass(frozen=True, slots=True)
class SeenFields:
    """What is known of the fields of a namespace.

    Attributes:
        schema: For checking: indexes and system fields with their types, and all values seen.
        seen: What the rows hold, by dotted name without list brackets.
    """

    schema: Schema = field(default_factory=Schema)
    seen: Mapping[str, SeenField] = field(default_factory=dict)

    @classmethod
    def of(cls, namespace: Namespace | None, rows: Iterable[Asset]) -> SeenFields:
        """Learn from a namespace and from rows of it.

        Args:
            namespace: With its payload indexes; None for none known.
            rows: As they were loaded; the first 500 are looked at.
        """
        indexes = (namespace.payload_indexes if namespace else None) or []
        typed = [(index.field_name, index.type or "") for index in indexes if index.field_name]
        seen = _seen(list(islice(rows, _MOST_ROWS)))
        return cls(Schema.of(typed, {name: [value for value, _ in one.values] for name, one in seen.items()}), seen)

    def names(self) -> list[str]:
        """Name all fields as a filter does, those that most rows have first."""
        known = {*self.schema.fields, *self.seen}
        return [self._spelt(name) for name in sorted(known, key=lambda name: (-self.share(name), name))]

    def find(self, key: str) -> SeenField | None:
        """Give what rows hold in a field, None where none has it."""
        return self.seen.get(_bare(key))

    def share(self, key: str) -> float:
        """Give the part of the rows that have a field, from 0 to 1."""
        found = self.find(key)
        return found.share if found else 0.0

    def looks(self, key: str) -> FieldType | None:
        """Give the type to edit values of a field as: that of its index, else that of all values seen."""
        known, seen = self.schema.find(key), self.find(key)
        return (known.type if known else None) or (seen.looks if seen else None)

    def describe(self, key: str) -> str:
        """Say in a line what is known of a field: `keyword · indexed · in 64 %`."""
        known, seen = self.schema.find(key), self.find(key)
        if known is None and seen is None:
            return "no index and no loaded row has it"
        type_ = self.looks(key)
        indexed = "indexed" if known and known.indexed else "no index"
        return " · ".join(filter(None, (type_, indexed, f"in {percent(seen.share)}" if seen else "")))

    def _spelt(self, name: str) -> str:
        found = self.seen.get(name)
        return found.key if found else name


def percent(share: float) -> str:
    """Write a part of 1: `64 %`; one that rounds to nothing is `<1 %`."""
    return f"{share * 100:.0f} %" if share >= 0.005 else "<1 %"


def _bare(key: str) -> str:
    return key.replace("[]", "")


def _seen(rows: list[Asset]) -> dict[str, SeenField]:
    keys: dict[str, str] = {}
    having: Counter[str] = Counter()
    values: dict[str, Counter[_Typed]] = {}
    for asset in rows:
        held: dict[str, set[_Typed]] = {}
        for key, value in islice(_leaves(asset), MOST_LEAVES):
            name = _bare(key)
            keys.setdefault(name, key)
            held.setdefault(name, set()).update(_scalars(value))
        having.update(held.keys())
        for name, there in held.items():
            values.setdefault(name, Counter()).update(there)
    return {name: _field(key, having[name] / len(rows), values[name]) for name, key in keys.items()}


def _field(key: str, share: float, counted: Counter[_Typed]) -> SeenField:
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0][1])))[:_MOST_VALUES]
    return SeenField(key, share, tuple((value, count) for (_, value), count in ranked), _common_type(counted))


def _leaves(asset: Asset) -> Iterator[tuple[str, JsonValue]]:
    for name in (*_OWN, *(asset.model_extra or ())):
        for value in values_at(asset, name):
            yield from leaves(name, value)


def _scalars(value: JsonValue) -> Iterator[_Typed]:
    for item in elements([value]):
        if not isinstance(item, dict | list) and not (isinstance(item, str) and len(item) > _LONGEST):
            yield type(item), item


def _common_type(counted: Iterable[_Typed]) -> FieldType | None:
    types = {_type(value) for _, value in counted}
    if types == {FieldType.INTEGER, FieldType.FLOAT}:
        return FieldType.FLOAT
    return types.pop() if len(types) == 1 else None


def _type(value: JsonScalar) -> FieldType | None:
    match value:
        case bool():
            return FieldType.BOOL
        case int():
            return FieldType.INTEGER
        case float():
            return FieldType.FLOAT
        case str():
            return FieldType.DATETIME if instant(value) is not None else FieldType.KEYWORD
    return None
