"""Whether an act may be done, by what the asset is like now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.api.errors import NotFound
from peekui.triage.plans.acts import ActKind, Before
from peekui.triage.rows import Row

if TYPE_CHECKING:
    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset
    from peekui.triage.plans.acts import Act, Plan

__all__ = ["GONE", "read_asset", "why_not"]

GONE = "It is not there any more."


async def read_asset(client: MixpeekClient, plan: Plan, asset_id: str) -> Asset | None:
    """Read an asset as it is now, None when it is not there; raises MixpeekError."""
    try:
        return await client.asset(asset_id, namespace=plan.namespace)
    except NotFound:
        return None


async def why_not(client: MixpeekClient, plan: Plan, act: Act, asset: Asset | None) -> str:
    """Say why an act must not be done; empty when it may.

    A delete asks for one more asset: a copy that the plan says stays. The API has no "delete if": what another client
    does between this and the delete cannot be seen.

    Args:
        client: To read with.
        plan: Whose act it is.
        act: Which one.
        asset: The asset as it is now, None when it is not there.

    Raises:
        MixpeekError: It could not be found out.
    """
    row = Row.of(asset) if asset else None
    if row is None:
        return GONE
    if act.kind is not ActKind.DELETE:
        return ""
    return _why_not_delete(plan, act, row) or await _why_the_last(client, plan, act, row)


def _why_not_delete(plan: Plan, act: Act, row: Row) -> str:
    if row.protected_by(plan.protected) or act.before.collection in plan.protected:
        return "It is in a protected collection."
    if changed := _changed(act.before, Before.of(row)):
        return f"It changed since the plan was made: {changed}."
    if not row.file_hash:
        return "It has no hash: nothing proves that there is another copy."
    return ""


async def _why_the_last(client: MixpeekClient, plan: Plan, act: Act, row: Row) -> str:
    """Look for one of the copies that stay: it must be there, with the same hash."""
    for copy_id in act.stays:
        if copy_id not in plan.doomed:
            copy = await read_asset(client, plan, copy_id)
            if copy and copy.file_hash == row.file_hash:
                return ""
    return "It is the last copy, as far as the plan knows: no copy that stays is there with the same hash."


def _changed(before: Before, now: Before) -> str:
    names = {
        "collection": (before.collection, now.collection),
        "status": (before.status, now.status),
        "hash": (before.file_hash, now.file_hash),
        "size": (before.size, now.size),
        "time of its last change": (before.updated, now.updated),
    }
    return ", ".join(name for name, (old, new) in names.items() if old != new)
