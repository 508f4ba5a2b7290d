"""Assets marked for something to be done with them: a frozen list, whatever happens to the rows on screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.api.models import Asset

__all__ = ["Mark", "Marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked asset.

    Attributes:
        asset_id: What names it to the service.
        title: What a person calls it, when it was marked.
        namespace: It is in; None where the key has only one.
    """

    asset_id: str
    title: str
    namespace: str | None

    @classmethod
    def of(cls, asset: Asset, namespace: str | None) -> Mark | None:
        """Take it from an asset; None for one that the service gave no id."""
        return cls(asset.asset_id, asset.title, namespace) if asset.asset_id else None


@dataclass(frozen=True, slots=True)
class Marks:
    """Marked assets by id, in the order they were marked."""

    _marks: Mapping[str, Mark] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks.values())

    def __contains__(self, asset_id: str | None) -> bool:
        return asset_id in self._marks

    def added(self, marks: Iterable[Mark]) -> Marks:
        """Mark some; those that are marked keep their place."""
        joined = dict(self._marks)
        for mark in marks:
            joined.setdefault(mark.asset_id, mark)
        return Marks(joined)

    def inverted(self, marks: Iterable[Mark]) -> Marks:
        """Mark those of some that are not, and unmark those that are."""
        changed = dict(self._marks)
        for mark in marks:
            if changed.pop(mark.asset_id, None) is None:
                changed[mark.asset_id] = mark
        return Marks(changed)

    def without(self, asset_ids: Iterable[str]) -> Marks:
        """Unmark some, such as those that something was done with."""
        gone = set(asset_ids)
        return Marks({asset_id: mark for asset_id, mark in self._marks.items() if asset_id not in gone})
