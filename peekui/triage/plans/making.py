"""From decisions to a plan."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from peekui.triage.plans.acts import Act, ActKind, Before, Plan, PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.filters.nodes import JsonValue
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row

__all__ = ["make_plan", "plan_drops", "plan_metadata"]


def make_plan(
    acts: Iterable[Act],
    *,
    base_url: str,
    namespace: str | None,
    protected: frozenset[str] = frozenset(),
    about: str = "",
) -> Plan:
    """Put acts into a plan.

    Args:
        acts: What to do; numbered as they come.
        base_url: The service it is for.
        namespace: Id or name, None where the key has only one.
        protected: Ids of collections of which nothing is deleted.
        about: What it is for, in words.

    Raises:
        PlanRefused: A delete would take the last copy of a file, or something protected.
    """
    plan = Plan(uuid.uuid4().hex, datetime.now(UTC), base_url, namespace, tuple(acts), protected, about)
    for act in plan.acts:
        if act.kind is ActKind.DELETE:
            if act.before.collection in protected:
                raise PlanRefused(f"{act.asset_id} is in a protected collection.")
            if not act.before.file_hash or not set(act.stays) - plan.doomed:
                raise PlanRefused(f"{act.asset_id} is the last copy of its file, or nothing proves that it is not.")
    return plan


def plan_drops(
    decisions: Iterable[tuple[DuplicateGroup, frozenset[str]]], why: str, *, merge: bool = False
) -> Iterator[Act]:
    """Give the acts that delete the copies which are not kept.

    Args:
        decisions: Groups with the ids of the members that stay.
        why: The reason to write down.
        merge: Fill in first what the copy that stays lacks of the metadata of those that go; a copy goes only after
            its metadata was taken over.

    Yields:
        The acts, group by group.
    """
    numbers = count(1)
    for group, keep in decisions:
        for copies in group.contents.values():
            stays = [row for row in copies if row.asset_id in keep]
            drops = [row for row in copies if row.asset_id not in keep]
            if not stays or not drops:
                continue
            missing = _missing(stays[0], drops) if merge else {}
            needs: tuple[int, ...] = ()
            if missing:
                fill = _fill(next(numbers), stays[0], missing)
                needs = (fill.number,)
                yield fill
            for row in drops:
                yield Act(
                    number=next(numbers),
                    kind=ActKind.DELETE,
                    asset_id=row.asset_id,
                    title=row.title,
                    why=f"{why}: a copy of {stays[0].title} ({stays[0].asset_id}), which stays",
                    before=Before.of(row),
                    stays=tuple(other.asset_id for other in stays),
                    needs=needs,
                )


def plan_metadata(rows: Iterable[Row], metadata: Mapping[str, JsonValue], why: str) -> Iterator[Act]:
    """Give the acts that set the same metadata for some assets, such as `triage: reviewed`.

    Raises:
        PlanRefused: There is nothing to set.
    """
    if not metadata:
        raise PlanRefused("There is no metadata to set.")
    for number, row in enumerate(rows, 1):
        yield Act(number, ActKind.SET, row.asset_id, row.title, why, Before.of(row), metadata)


def _missing(keeper: Row, drops: Iterable[Row]) -> dict[str, JsonValue]:
    """Give what the keeper lacks; of two that have it, the older copy's is taken."""
    has = keeper.metadata
    missing: dict[str, JsonValue] = {}
    for row in drops:
        missing |= {name: value for name, value in row.metadata.items() if name not in has and name not in missing}
    return missing


def _fill(number: int, keeper: Row, missing: Mapping[str, JsonValue]) -> Act:
    why = "it stays, and lacks what copies of it have"
    return Act(number, ActKind.FILL, keeper.asset_id, keeper.title, why, Before.of(keeper), missing)
