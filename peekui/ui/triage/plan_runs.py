"""Trying a plan out and carrying it out, in a worker: touches no widget, and tells in messages what became of acts."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.errors import Forbidden, MixpeekError
from peekui.triage.pages import Gate
from peekui.triage.plans.acts import PlanRefused
from peekui.triage.plans.journal import Journal, journal_path, read_journal
from peekui.triage.plans.running import check_service, dry_run, run, running_alone
from peekui.triage.plans.undoing import undo
from peekui.ui.triage.files import lock_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from peekui.triage.plans.acts import Plan
    from peekui.triage.plans.running import Result
    from peekui.ui.session import Session

__all__ = ["ActEnded", "RunEnded", "RunGate", "carry_out", "try_out"]


class ActEnded(Message, bubble=False):
    """It is known what became of an act, or in a dry run would."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


class RunEnded(Message, bubble=False):
    """No further act is done; the sentence says why where that is not because all were."""

    def __init__(self, why: str = "", *, forbidden: bool = False) -> None:
        super().__init__()
        self.why = why
        self.forbidden = forbidden
        """The service does not let this key do what was tried last."""


class Stopped(Exception):
    """The user wants no further act."""


class RunGate(Gate):
    """Holds acts up, or lets none through any more."""

    def __init__(self) -> None:
        super().__init__()
        self.stopping = False

    def stop(self) -> None:
        """Let none through any more; the act under way ends."""
        self.stopping = True
        self.go_on()

    async def passed(self) -> None:
        """Wait until acts are let through; raises Stopped once none is any more."""
        await super().passed()
        if self.stopping:
            raise Stopped


async def try_out(session: Session, plan: Plan, path: Path, gate: RunGate, post: Callable[[Message], object]) -> None:
    """Find out what a run would do, and change nothing.

    Args:
        session: To ask with.
        plan: What would be done.
        path: Of its file.
        gate: Holds it up.
        post: Takes the messages.
    """
    try:
        client = await session.client()
        entries = await asyncio.to_thread(read_journal, journal_path(path), plan)
        async for result in dry_run(client, plan, entries):
            post(ActEnded(result))
            await gate.passed()
    except _EXPECTED as error:
        post(_ended(error))
    else:
        post(RunEnded())


async def carry_out(
    session: Session,
    plan: Plan,
    path: Path,
    gate: RunGate,
    post: Callable[[Message], object],
    *,
    read_only: bool,
    back: bool,
) -> None:
    """Do what is still to be done, or take back what can be; every step is written into the journal beside the plan.

    Args:
        session: To ask with.
        plan: What to do.
        path: Of its file.
        gate: Holds it up.
        post: Takes the messages.
        read_only: Nothing is to be changed.
        back: Take back what was done.
    """
    try:
        client = await session.client()
        check_service(plan, client.base_url, read_only=read_only)
        with running_alone(lock_path()), Journal.open(journal_path(path), plan) as journal:
            async with aclosing((undo if back else run)(client, plan, journal, gate)) as results:
                async for result in results:
                    post(ActEnded(result))
    except _EXPECTED as error:
        post(_ended(error))
    else:
        post(RunEnded())


_EXPECTED = (Stopped, MixpeekError, PlanRefused, OSError)


def _ended(error: Exception) -> RunEnded:
    if isinstance(error, Stopped):
        return RunEnded("Stopped: run it again to go on.")
    if isinstance(error, MixpeekError):
        return RunEnded(f"{error.what} {error.advice}", forbidden=isinstance(error, Forbidden))
    return RunEnded(str(error))
