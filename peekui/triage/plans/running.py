"""Carrying out a plan: act by act, in the budget, each written down before it is begun and after it ended."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from peekui.api.errors import (
    CallCancelled,
    CannotConnect,
    Forbidden,
    MixpeekError,
    NotFound,
    RateLimited,
    Unauthorized,
)
from peekui.own_files import append_private, make_private_folder
from peekui.triage.plans.acts import ActKind, PlanRefused, same_json
from peekui.triage.plans.checking import GONE, read_asset, why_not
from peekui.triage.plans.journal import Entry, Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.filters.nodes import JsonValue
    from peekui.triage.pages import Gate
    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.journal import Journal

__all__ = ["STOPPING", "Result", "check_service", "dry_run", "open_acts", "run", "running_alone"]

STOPPING: Final = (CallCancelled, CannotConnect, Forbidden, RateLimited, Unauthorized)
"""What every further act would meet with as well: the run ends there."""
_SETTLED: Final = (Outcome.DONE, Outcome.REFUSED, Outcome.UNDONE)
_HERE: Final = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an act, or in a dry run would.

    Attributes:
        act: Which one.
        outcome: What became of it.
        why: Why it was refused or failed, a sentence.
    """

    act: Act
    outcome: Outcome
    why: str = ""


@contextmanager
def running_alone(lock: Path) -> Iterator[None]:
    """Keep other plans from running meanwhile: two could each drop the copy that the other one keeps.

    Args:
        lock: A file of peekui's own, the same for all plans.

    Raises:
        PlanRefused: Another plan is running.
        OSError: The file cannot be made.
    """
    make_private_folder(lock.parent)
    with append_private(lock) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PlanRefused("Another plan is running: wait until it has ended.") from error
        yield


def check_service(plan: Plan, base_url: str, *, read_only: bool = False) -> None:
    """Refuse to run a plan where it does not belong.

    Libraries on this machine have another port at each start, and count as one service.

    Args:
        plan: The plan.
        base_url: The service that is talked to.
        read_only: Whether nothing is to be changed.

    Raises:
        PlanRefused: It was made for another service, or nothing is to be changed.
    """
    if read_only:
        raise PlanRefused("Nothing is changed while peekui is read-only.")
    made_for, here = urlsplit(plan.base_url), urlsplit(base_url)
    both_local = {made_for.hostname, here.hostname} <= _HERE
    if not both_local and (made_for.scheme, made_for.netloc) != (here.scheme, here.netloc):
        raise PlanRefused(f"The plan was made for {plan.base_url}, and this is {base_url}.")


def open_acts(plan: Plan, entries: Mapping[int, Entry]) -> list[Act]:
    """Give the acts that are still to be done: not begun, in doubt, or failed."""
    return [act for act in plan.acts if entries.get(act.number, Entry()).outcome not in _SETTLED]


async def dry_run(client: MixpeekClient, plan: Plan, entries: Mapping[int, Entry]) -> AsyncIterator[Result]:
    """Find out what a run would do now, without changing anything.

    Args:
        client: To read with.
        plan: What would be done.
        entries: What the journal says was done already.

    Yields:
        For each act that is still to be done DONE where it would be, else REFUSED with the reason.

    Raises:
        MixpeekError: It could not be found out.
    """
    refused: set[int] = set()
    for act in open_acts(plan, entries):
        problem = "What must be done before it would be refused." if refused.intersection(act.needs) else ""
        problem = problem or await why_not(client, plan, act, await read_asset(client, plan, act.asset_id))
        if problem:
            refused.add(act.number)
        yield Result(act, Outcome.REFUSED if problem else Outcome.DONE, problem)


async def run(
    client: MixpeekClient, plan: Plan, journal: Journal, gate: Gate | None = None
) -> AsyncGenerator[Result, None]:
    """Do what is still to be done; to stop, leave the iteration.

    Every act reads its asset again before it changes anything. One that was begun before and has no outcome is done
    only when the service shows that it was not. Hold `running_alone` meanwhile.

    Args:
        client: Whose budget it runs in.
        plan: What to do.
        journal: What was done already; every step is written there.
        gate: Pauses the run between two acts.

    Yields:
        What became of each act.

    Raises:
        MixpeekError: One of `STOPPING`; the act counts as failed, those behind it are not begun.
        OSError: The journal cannot be written; nothing more is done.
    """
    for act in open_acts(plan, journal.entries):
        if gate:
            await gate.passed()
        if unmet := _unmet(plan, act, journal):
            journal.end(act.number, unmet.outcome, unmet.why)
            yield unmet
            continue
        try:
            result = await _perform(client, plan, act, journal)
        except MixpeekError as error:
            journal.end(act.number, Outcome.FAILED, error.what)
            yield Result(act, Outcome.FAILED, error.what)
            if isinstance(error, STOPPING):
                raise
        else:
            yield result


async def _perform(client: MixpeekClient, plan: Plan, act: Act, journal: Journal) -> Result:
    entry = journal.entries.get(act.number, Entry())
    asset = await read_asset(client, plan, act.asset_id)
    if asset is None and entry.begun and act.kind is ActKind.DELETE:
        # It was deleted, and the answer or the line about it was lost.
        return _end(journal, act, Outcome.DONE)
    if problem := await why_not(client, plan, act, asset):
        return _end(journal, act, Outcome.REFUSED, problem)
    if act.kind is ActKind.DELETE:
        return await _delete(client, plan, act, journal)
    return await _edit(client, plan, act, journal, dict(asset.metadata or {}) if asset else {})


async def _delete(client: MixpeekClient, plan: Plan, act: Act, journal: Journal) -> Result:
    journal.begin(act.number)
    try:
        await client.delete_asset(act.asset_id, namespace=plan.namespace)
    except NotFound:
        return _end(journal, act, Outcome.REFUSED, GONE)
    return _end(journal, act, Outcome.DONE)


async def _edit(
    client: MixpeekClient, plan: Plan, act: Act, journal: Journal, metadata: dict[str, JsonValue]
) -> Result:
    entry = journal.entries.get(act.number, Entry())
    wanted = _wanted(act, metadata)
    if not wanted:
        # Done already: by us, when it was begun and the answer or the line about it was lost; else by somebody.
        before = dict(entry.before or {}) if entry.begun else metadata
        if not entry.begun:
            journal.begin(act.number, metadata)
        return _end(journal, act, Outcome.DONE, after=before | _wanted(act, before))
    journal.begin(act.number, metadata)
    try:
        answer = await client.merge_metadata(act.asset_id, wanted, namespace=plan.namespace)
    except NotFound:
        return _end(journal, act, Outcome.REFUSED, GONE)
    return _end(journal, act, Outcome.DONE, after=metadata | wanted if answer.metadata is None else answer.metadata)


def _wanted(act: Act, metadata: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Give what an act still has to put over some metadata."""
    return {
        name: value
        for name, value in act.metadata.items()
        if name not in metadata or (act.kind is ActKind.SET and not same_json(metadata[name], value))
    }


def _end(
    journal: Journal, act: Act, outcome: Outcome, why: str = "", after: Mapping[str, JsonValue] | None = None
) -> Result:
    journal.end(act.number, outcome, why, after)
    return Result(act, outcome, why)


def _unmet(plan: Plan, act: Act, journal: Journal) -> Result | None:
    """Say that an act it needs is not done; None when all are. What may still be done does not settle it."""
    for number in act.needs:
        outcome = journal.entries.get(number, Entry()).outcome
        if outcome is not Outcome.DONE:
            never = outcome in _SETTLED or number not in plan.numbers
            why = f"Act {number} must be done before it, and is not."
            return Result(act, Outcome.REFUSED if never else Outcome.FAILED, why)
    return None
