"""Taking back what a plan did to metadata. What was deleted stays so: the API brings nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.api.errors import MixpeekError
from peekui.triage.plans.acts import ActKind, same_json
from peekui.triage.plans.checking import read_asset
from peekui.triage.plans.journal import Entry, Outcome
from peekui.triage.plans.running import STOPPING, Result

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from peekui.api.client import MixpeekClient
    from peekui.triage.pages import Gate
    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.journal import Journal

__all__ = ["undo"]


async def undo(
    client: MixpeekClient, plan: Plan, journal: Journal, gate: Gate | None = None
) -> AsyncGenerator[Result, None]:
    """Give the metadata back that assets had before the plan ran, the last act first.

    An asset whose metadata is no longer what the plan left it with was edited by somebody since, and is left alone.

    Args:
        client: Whose budget it runs in.
        plan: What was done.
        journal: What became of it; what is undone is written there.
        gate: Pauses it between two acts.

    Yields:
        UNDONE, or FAILED with the reason, for each act that was done; deletes FAILED among them.

    Raises:
        MixpeekError: One of `STOPPING`.
        OSError: The journal cannot be written; nothing more is done.
    """
    for act in reversed(plan.acts):
        entry = journal.entries.get(act.number, Entry())
        if entry.outcome is not Outcome.DONE:
            continue
        if gate:
            await gate.passed()
        if act.kind is ActKind.DELETE:
            yield Result(act, Outcome.FAILED, "It was deleted, which cannot be taken back here.")
            continue
        try:
            problem = await _restore(client, plan, act, entry)
        except MixpeekError as error:
            if isinstance(error, STOPPING):
                raise
            problem = error.what
        if not problem:
            journal.end(act.number, Outcome.UNDONE)
        yield Result(act, Outcome.FAILED if problem else Outcome.UNDONE, problem)


async def _restore(client: MixpeekClient, plan: Plan, act: Act, entry: Entry) -> str:
    """Put the old metadata back, and say why not where that is not to be."""
    asset = await read_asset(client, plan, act.asset_id)
    if asset is None:
        return "It is not there any more."
    before, now = dict(entry.before or {}), dict(asset.metadata or {})
    if same_json(now, before):
        return ""
    if entry.after is None or not same_json(now, entry.after):
        return "Its metadata was changed since."
    await client.replace_metadata(act.asset_id, before, namespace=plan.namespace)
    return ""
