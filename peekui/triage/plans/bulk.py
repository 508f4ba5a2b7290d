"""Plans for assets that were picked by hand: what they are like now, and where other copies of them are."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.browse.query import AssetQuery
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.triage.pages import read_assets
from peekui.triage.plans.acts import Act, ActKind, Before
from peekui.triage.plans.checking import GONE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue
    from peekui.triage.rows import Row

__all__ = ["VALUES_A_CALL", "LeftOut", "calls_to_find", "find_assets", "missing", "plan_deletes"]

VALUES_A_CALL: Final = 200
"""Ids or hashes in one question: some 14 kilobytes of JSON."""
_MOST_COPIES: Final = 20
"""Copies that a delete names as staying; one of them is enough."""


class LeftOut(NamedTuple):
    """An asset that no act is planned for.

    Attributes:
        asset_id: Which.
        title: What a person calls it.
        why: A sentence.
    """

    asset_id: str
    title: str
    why: str


def calls_to_find(values: int) -> int:
    """Say how many calls it takes at least to find assets by so many ids or hashes."""
    return -(-values // VALUES_A_CALL)


async def find_assets(
    client: MixpeekClient,
    field: str,
    values: Sequence[str],
    *,
    namespace: str | None,
    collections: Sequence[str],
    select: Sequence[str] | None,
) -> AsyncGenerator[Sequence[Asset]]:
    """Find the assets that have one of some values in a field, such as ids.

    Args:
        client: Whose budget it takes calls from, one for 200 values, or one for each page of what they have.
        field: Dotted path.
        values: Any number of them.
        namespace: Id or name, None where the key has only one.
        collections: Where to look.
        select: Dotted fields to fetch; None for all.

    Yields:
        What came, page by page.

    Raises:
        FilterRefused: The service does not filter by the field.
        MixpeekError: It could not be read.
    """
    for start in range(0, len(values), VALUES_A_CALL):
        listed: list[JsonValue] = list(values[start : start + VALUES_A_CALL])
        condition = Group(Kind.AND, (Condition(field, Operator.IN, listed),))
        query = AssetQuery(
            namespace, tuple(collections), filter=condition, select=None if select is None else tuple(select)
        )
        async for page in read_assets(client, query):
            yield page.rows


def missing(wanted: Mapping[str, str], found: Iterable[Row]) -> list[LeftOut]:
    """Give the assets that were looked for and are not there.

    Args:
        wanted: Their titles by id.
        found: Those that are there.
    """
    there = {row.asset_id for row in found}
    return [LeftOut(asset_id, title, GONE) for asset_id, title in wanted.items() if asset_id not in there]


def plan_deletes(
    rows: Sequence[Row], copies: Iterable[Row], why: str, protected: frozenset[str] = frozenset()
) -> tuple[list[Act], list[LeftOut]]:
    """Plan to delete assets, each of which needs a copy that stays.

    Args:
        rows: What is to go.
        copies: All assets that have one of their hashes, themselves among them.
        why: The reason to write down.
        protected: Ids of collections of which nothing is deleted.

    Returns:
        The acts, and what none is planned for.
    """
    going = {row.asset_id for row in rows}
    staying: defaultdict[str, list[Row]] = defaultdict(list)
    for row in copies:
        if row.file_hash and row.asset_id not in going:
            staying[row.file_hash].append(row)
    acts: list[Act] = []
    left_out: list[LeftOut] = []
    numbers = count(1)
    for row in rows:
        stays = staying[row.file_hash or ""]
        if problem := _why_stays(row, stays, protected):
            left_out.append(LeftOut(row.asset_id, row.title, problem))
        else:
            acts.append(
                Act(
                    number=next(numbers),
                    kind=ActKind.DELETE,
                    asset_id=row.asset_id,
                    title=row.title,
                    why=f"{why}: a copy of {stays[0].title} ({stays[0].asset_id}), which stays",
                    before=Before.of(row),
                    stays=tuple(other.asset_id for other in stays[:_MOST_COPIES]),
                )
            )
    return acts, left_out


def _why_stays(row: Row, stays: Sequence[Row], protected: frozenset[str]) -> str:
    if row.protected_by(protected):
        return "It is in a protected collection."
    if not row.file_hash:
        return "It has no hash: nothing proves that there is another copy."
    return "" if stays else "It is the last copy: no other asset with its hash would stay."
