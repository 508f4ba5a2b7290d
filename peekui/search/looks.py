"""What a search finds at one moment, as far as it was looked at, and what became of that until another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from peekui.api.budget import Priority
from peekui.api.requests import list_assets
from peekui.search.records import page_of
from peekui.search.searches import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.browse.query import AssetQuery
    from peekui.search.records import Record

__all__ = ["LOOKED_AT", "Changes", "Look", "compared", "take_look"]

LOOKED_AT: Final = ("asset_id", "status", "updated_at")
"""Fields that a look needs: an asset has changed when its status or its date of change has."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found.

    Attributes:
        at: When.
        total: Assets that matched in all, None where the service did not say.
        states: What was seen of each asset, by id, in the order they were found.
        whole: Whether that is all that matched.
    """

    at: datetime
    total: int | None
    states: Mapping[str, str]
    whole: bool

    @classmethod
    def of(cls, records: Iterable[Record], total: int | None, *, ended: bool, at: datetime | None = None) -> Look:
        """Take it from assets as the service gives them, from the first on.

        Args:
            records: With the fields of `LOOKED_AT`; what has no id is passed over.
            total: That the service says.
            ended: No more would come.
            at: When they came; now if not said.
        """
        states = {
            asset_id: f"{record.get('status')} {record.get('updated_at')}"
            for record in records
            if isinstance(asset_id := record.get("asset_id"), str)
        }
        return cls(at or datetime.now(UTC), len(states) if ended else total, states, whole=ended)


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of one look until another: ids of assets, in the order they were found."""

    new: Sequence[str] = field(default=())
    changed: Sequence[str] = field(default=())
    gone: Sequence[str] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def __str__(self) -> str:
        counts = ((len(self.new), "new"), (len(self.changed), "changed"), (len(self.gone), "gone"))
        return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing new"


def compared(before: Look, now: Look) -> Changes:
    """Say what changed from one look to a later one at the same search.

    Where only the first so many assets were looked at, one more or less moves the others: what lies behind the last
    that both saw may have been there before, and may be there still. Nothing is said of it.
    """
    both = [asset_id for asset_id in now.states if asset_id in before.states]
    return Changes(
        new=_lacking(now.states, before),
        changed=[asset_id for asset_id in both if now.states[asset_id] != before.states[asset_id]],
        gone=_lacking(before.states, now),
    )


async def take_look(client: MixpeekClient, query: AssetQuery, priority: Priority = Priority.NOW) -> Look:
    """Look at the first `MOST_ROWS` assets that a search finds now, for one call.

    Raises:
        MixpeekError: It could not be had.
    """
    at = datetime.now(UTC)
    asked = replace(query, select=LOOKED_AT, asked_at=at)
    page = await page_of(
        client, list_assets(asked.body(), namespace=query.namespace, page=1, page_size=MOST_ROWS, priority=priority)
    )
    says = page.pagination
    size = (says and says.page_size) or MOST_ROWS
    ended = len(page.results) < min(size, MOST_ROWS) if page.total is None else page.total <= len(page.results)
    return Look.of(page.results, page.total, ended=ended, at=at)


def _lacking(ids: Iterable[str], other: Look) -> list[str]:
    """Give the ids that another look lacks, as far as it can be told."""
    ids = list(ids)
    last = max((index for index, asset_id in enumerate(ids) if asset_id in other.states), default=-1)
    told = ids if other.whole else ids[: last + 1]
    return [asset_id for asset_id in told if asset_id not in other.states]
