"""What is known of the fields that a filter can name: a plain value, filled by whoever asked the service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from peekui.filters.nodes import JsonScalar

__all__ = ["SYSTEM_FIELDS", "Field", "FieldType", "Schema"]


class FieldType(StrEnum):
    """Types of payload indexes (mixpeek-api.md, section 4)."""

    KEYWORD = "keyword"
    INTEGER = "integer"
    FLOAT = "float"
    BOOL = "bool"
    GEO = "geo"
    DATETIME = "datetime"
    TEXT = "text"
    UUID = "uuid"


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a filter can name.

    Attributes:
        type: What its values are; None where that is not known.
        indexed: Whether the namespace has an index on it, without which a filter may not find anything.
        single: Whether an asset has one value there at most, never a list.
        seen: Values in the rows that were loaded, the most frequent first.
    """

    type: FieldType | None = None
    indexed: bool = True
    single: bool = False
    seen: tuple[JsonScalar, ...] = ()


def _system(type_: FieldType) -> Field:
    return Field(type_, single=True)


SYSTEM_FIELDS: Final[Mapping[str, Field]] = {
    "asset_id": _system(FieldType.KEYWORD),
    "collection_id": _system(FieldType.KEYWORD),
    "created_at": _system(FieldType.DATETIME),
    "duplicate_of": _system(FieldType.KEYWORD),
    "error": Field(),
    "file_data.file_size_bytes": _system(FieldType.INTEGER),
    "file_data.file_type": _system(FieldType.KEYWORD),
    "file_hash": _system(FieldType.KEYWORD),
    "metadata": Field(),
    "modality": _system(FieldType.KEYWORD),
    "status": _system(FieldType.KEYWORD),
    "task_id": _system(FieldType.KEYWORD),
    "updated_at": _system(FieldType.DATETIME),
}
"""Fields that every asset may have and that are filtered on without an index (sections 2 and 5)."""
_OPEN: Final = ("error.",)
_LIKENESS: Final = 0.7
_WIDER: Final = {
    FieldType.FLOAT: {FieldType.INTEGER},
    FieldType.TEXT: {FieldType.KEYWORD, FieldType.UUID, FieldType.DATETIME},
}


class Schema:
    """The fields of a namespace.

    Args:
        fields: Known fields by dotted name without list brackets; `SYSTEM_FIELDS` are known in any case, and an entry
            for one adds to it what was seen.
    """

    def __init__(self, fields: Mapping[str, Field] | None = None) -> None:
        self.fields: Mapping[str, Field] = {**SYSTEM_FIELDS, **(fields or {})}
        names = [name.split(".") for name in self.fields]
        self._nearest: dict[str, str | None] = {}
        self._parents = {".".join(name[:length]) for name in names for length in range(1, len(name))}

    @classmethod
    def of(cls, indexes: Iterable[tuple[str, str]], seen: Mapping[str, Iterable[JsonScalar]] | None = None) -> Schema:
        """Give the fields of a namespace.

        Args:
            indexes: Field and type of each payload index; a field may have several.
            seen: Values by field, as loaded rows have them, the most frequent first.
        """
        types: dict[str, set[str]] = {}
        for name, type_ in indexes:
            types.setdefault(name, set()).add(type_)
        fields = {name: Field(_common(several)) for name, several in types.items() if name not in SYSTEM_FIELDS}
        for name, values in (seen or {}).items():
            known = fields.get(name) or SYSTEM_FIELDS.get(name) or Field(indexed=False)
            fields[name] = replace(known, seen=tuple(values))
        return cls(fields)

    def find(self, key: str) -> Field | None:
        """Give what is known of a key; None for one that nothing is known of.

        An object that holds known fields is known itself, and so is all of the open object `error`.
        """
        name = key.replace("[]", "")
        if name in self.fields:
            return self.fields[name]
        return Field() if name in self._parents or name.startswith(_OPEN) else None

    def nearest(self, key: str) -> str | None:
        """Give the known field that a misspelt key most likely means; None where none is like it."""
        name = key.replace("[]", "")
        if name not in self._nearest:  # a filter is checked again and again while it is being built
            self._nearest[name] = next(iter(get_close_matches(name, self.fields, 1, _LIKENESS)), None)
        return self._nearest[name]


def _common(types: set[str]) -> FieldType | None:
    """Give the type that values of several types have in common; None for a mixture, and for a type unheard of."""
    for wide, narrow in _WIDER.items():
        if types <= {wide, *narrow}:
            return wide if len(types) > 1 else FieldType(*types)
    return FieldType(*types) if len(types) == 1 and types <= set(FieldType) else None
