"""A place as it is remembered: what of it may still be there at the next start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.browse.query import Sort

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["RememberedPlace"]

_MOST_COLLECTIONS = 1000
_LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class RememberedPlace:
    """Where the user was.

    Attributes:
        namespace: Id or name, None where the key has only one.
        collections: Keys of the chosen ones; empty means all.
        words: Search text.
        failed_only: Only failed assets.
        sort: Order of the rows; None is the service's own.
    """

    namespace: str | None = None
    collections: tuple[str, ...] = ()
    words: str = ""
    failed_only: bool = False
    sort: Sort | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """Give plain JSON to keep, its length bounded."""
        return {
            "namespace": self.namespace,
            "collections": list(self.collections[:_MOST_COLLECTIONS]),
            "words": self.words[:_LONGEST_WORDS],
            "failed_only": self.failed_only,
            "sort": None if self.sort is None else {"field": self.sort.field, "descending": self.sort.descending},
        }

    @classmethod
    def from_json(cls, kept: object) -> RememberedPlace | None:
        """Read what was kept; None where it makes no sense."""
        match kept:
            case {
                "namespace": None | str() as namespace,
                "collections": [*collections],
                "words": str(words),
                "failed_only": bool(failed_only),
                "sort": sort,
            } if all(isinstance(key, str) for key in collections):
                return cls(namespace, tuple(collections), words, failed_only, _read_sort(sort))
        return None


def _read_sort(kept: object) -> Sort | None:
    match kept:
        case {"field": str(field), "descending": bool(descending)}:
            return Sort(field, descending)
    return None
