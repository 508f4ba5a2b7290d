"""What differs between the members of a group, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.triage.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.filters.nodes import JsonScalar
    from peekui.triage.duplicates import DuplicateGroup

__all__ = ["FieldValues", "differences", "identities"]


@dataclass(frozen=True, slots=True)
class FieldValues:
    """A field across the members of a group.

    Attributes:
        field: Dotted path.
        values: What each member has, in the order of the members; nothing where it has none.
    """

    field: str
    values: tuple[tuple[JsonScalar, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether the members have not all the same."""
        return any(_typed(value) != _typed(self.values[0]) for value in self.values[1:])

    def of(self, *places: int) -> FieldValues:
        """Give the field across some of the members only."""
        return FieldValues(self.field, tuple(self.values[place] for place in places))


def identities(group: DuplicateGroup) -> list[FieldValues]:
    """Give what names each member: id, hash, the asset it is a copy of."""
    fields: Mapping[str, Sequence[str | None]] = {
        "asset_id": [row.asset_id for row in group.members],
        "file_hash": [row.file_hash for row in group.members],
        "duplicate_of": [row.duplicate_of for row in group.members],
    }
    return [FieldValues(name, tuple((text,) if text else () for text in texts)) for name, texts in fields.items()]


def differences(group: DuplicateGroup) -> list[FieldValues]:
    """Give every field that a member has, in the order they are met; `differs` tells those to look at."""
    of_each = [fields_of(row) for row in group.members]
    paths = dict.fromkeys(path for fields in of_each for path in fields)
    return [FieldValues(path, tuple(fields.get(path, ()) for fields in of_each)) for path in paths]


def _typed(values: tuple[JsonScalar, ...]) -> str:
    # 1, 1.0 and true are equal to Python, not in JSON.
    return repr(values)
