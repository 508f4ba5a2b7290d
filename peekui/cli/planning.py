"""`peekui plan`: look at a plan, run it, go on with it, take it back."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from peekui.cli.asking import API_ERROR, ask, say
from peekui.cli.common import PATH, Mistake, load_settings
from peekui.cli.tables import FORMAT, print_rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.cli.common import Flags
    from peekui.config import Settings
    from peekui.filters.nodes import JsonValue
    from peekui.triage.plans.acts import Plan
    from peekui.triage.plans.journal import Journal
    from peekui.triage.plans.running import Result

__all__ = ["plan"]

_FILE = click.argument("file", type=PATH)
_YES = click.option("--yes", type=int, metavar="N", help="Delete N assets without asking; N must be just their number.")
_COLUMNS = ("act", "do", "asset_id", "title", "outcome", "why")


@click.group()
def plan() -> None:
    """Look at a plan of bulk acts, run it, go on with it, take it back.

    A plan is a file of JSON lines, made by `peekui triage` or in the browser. Lines may be taken out before it is run.

    Exit status: 0 all was done, 2 wrong usage, 3 something was not done, 4 not authorised, 5 rate-limited.
    """


@plan.command()
@_FILE
@FORMAT
def show(file: Path, form: str) -> None:
    """Print the acts of a plan and what became of each; nothing is asked of the service."""
    from peekui.triage.plans.journal import Entry, journal_path, read_journal
    from peekui.triage.plans.plan_file import read_plan

    with _refusing(file):
        the_plan = read_plan(file)
        entries = read_journal(journal_path(file), the_plan)
    rows: list[list[JsonValue]] = []
    for act in the_plan.acts:
        entry = entries.get(act.number, Entry())
        outcome = entry.outcome or ("in doubt" if entry.begun else "open")
        rows.append([act.number, act.kind, act.asset_id, act.title, outcome, entry.why or act.why])
    print_rows(rows, _COLUMNS, form)
    said = " · ".join(f"{count:,} {kind}" for kind, count in the_plan.totals.items())
    say(f"{the_plan.about or 'A plan'}, made {the_plan.made.astimezone():%Y-%m-%d %H:%M} for {the_plan.base_url}")
    say(f"{said} · {the_plan.spare_bytes:,} bytes to go · at most {the_plan.calls:,} calls")


@plan.command()
@_FILE
@click.option("--dry-run", is_flag=True, help="Ask the service what would be done, and change nothing.")
@_YES
@FORMAT
@click.pass_obj
def run(flags: Flags, file: Path, form: str, yes: int | None, *, dry_run: bool) -> None:
    """Do what a plan says."""
    from peekui.triage.plans import running
    from peekui.triage.plans.journal import journal_path, read_journal
    from peekui.triage.plans.plan_file import read_plan

    with _refusing(file):
        the_plan = read_plan(file)
        if dry_run:
            entries = read_journal(journal_path(file), the_plan)
            _tell(flags, the_plan, form, lambda client, the_plan: running.dry_run(client, the_plan, entries))
            return
        if journal_path(file).exists():
            raise Mistake(f"{str(file)!r} was begun already: go on with `peekui plan resume`.")
        _carry_out(flags, file, the_plan, form, running.run, yes=yes)


@plan.command()
@_FILE
@_YES
@FORMAT
@click.pass_obj
def resume(flags: Flags, file: Path, form: str, yes: int | None) -> None:
    """Go on with a plan: what was done is not done again, what failed is tried again."""
    from peekui.triage.plans import running
    from peekui.triage.plans.plan_file import read_plan

    with _refusing(file):
        _carry_out(flags, file, read_plan(file), form, running.run, yes=yes)


@plan.command()
@_FILE
@FORMAT
@click.pass_obj
def undo(flags: Flags, file: Path, form: str) -> None:
    """Give assets the metadata back that they had before a plan ran. Deletes are not taken back."""
    from peekui.triage.plans import undoing
    from peekui.triage.plans.plan_file import read_plan

    with _refusing(file):
        _carry_out(flags, file, read_plan(file), form, undoing.undo, deletes=False)


def _carry_out(
    flags: Flags,
    file: Path,
    the_plan: Plan,
    form: str,
    doing: Callable[[MixpeekClient, Plan, Journal], AsyncIterator[Result]],
    *,
    yes: int | None = None,
    deletes: bool = True,
) -> None:
    """Do something that is written into the plan's journal, once the number of deletes was given."""
    from peekui.own_files import state_folder
    from peekui.triage.plans.acts import ActKind
    from peekui.triage.plans.journal import Journal, journal_path, read_journal
    from peekui.triage.plans.running import open_acts, running_alone

    path = journal_path(file)
    if load_settings(flags).read_only:
        raise Mistake("nothing is changed while peekui is read-only.")
    with running_alone(state_folder() / "plans.lock"):
        if deletes:
            acts = open_acts(the_plan, read_journal(path, the_plan))
            _confirm(sum(act.kind is ActKind.DELETE for act in acts), yes)
        with Journal.open(path, the_plan) as journal:
            _tell(flags, the_plan, form, lambda client, the_plan: doing(client, the_plan, journal))


def _tell(
    flags: Flags, the_plan: Plan, form: str, doing: Callable[[MixpeekClient, Plan], AsyncIterator[Result]]
) -> None:
    """Do something act by act; print what became of each, also when it ends early."""
    from peekui.triage.plans.journal import Outcome
    from peekui.triage.plans.running import check_service

    results: list[Result] = []

    async def work(client: MixpeekClient, _: Settings) -> None:
        check_service(the_plan, client.base_url)
        async for result in doing(client, the_plan):
            results.append(result)
            if sys.stderr.isatty():
                say(f"{len(results):,} of {len(the_plan.acts):,}: {result.act.title}: {result.outcome}")

    try:
        ask(flags, work)
    finally:
        acts = [(result.act, result) for result in results]
        print_rows(
            [[act.number, act.kind, act.asset_id, act.title, result.outcome, result.why] for act, result in acts],
            _COLUMNS,
            form,
        )
        counts = Counter(result.outcome for result in results)
        say(" · ".join(f"{count:,} {outcome}" for outcome, count in counts.items()) or "Nothing was to be done.")
    if counts[Outcome.FAILED] or counts[Outcome.REFUSED]:
        raise SystemExit(API_ERROR)


def _confirm(deletes: int, yes: int | None) -> None:
    """Have the number of deletes given, by the flag or typed in."""
    if not deletes or yes == deletes:
        return
    if yes is not None:
        raise Mistake(f"{deletes:,} assets would be deleted, not {yes:,}: look at the plan again.")
    if not sys.stdin.isatty():
        raise Mistake(f"{deletes:,} assets would be deleted: say so with --yes {deletes}.")
    if click.prompt(f"{deletes:,} assets will be deleted. Type their number", err=True) != str(deletes):
        raise Mistake("that is not their number: nothing was done.")


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Say in one sentence why a plan cannot be read or run."""
    from peekui.triage.plans.acts import PlanRefused

    try:
        yield
    except PlanRefused as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"{str(file)!r}: {error.strerror or error}.") from error
