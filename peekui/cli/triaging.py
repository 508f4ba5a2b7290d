"""`peekui triage`: failed assets by cause, duplicates by rule. Data on standard output, the rest on standard error."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from peekui.cli.asking import NOTHING_FOUND, ServiceProblem, ask, say
from peekui.cli.common import PATH, Mistake
from peekui.cli.gathering import AFRESH, COLLECTIONS, collection_ids, gather
from peekui.cli.tables import FORMAT, print_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.cli.common import Flags
    from peekui.cli.gathering import Gathered
    from peekui.config import Settings
    from peekui.filters.nodes import JsonValue
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.failures import FailureGroup
    from peekui.triage.keep_rules import KeepRule, Verdict
    from peekui.triage.visits import Change

__all__ = ["triage"]

_AXES = ("signature", "collection", "modality", "type", "day")
_FAILURE_COLUMNS = (
    "count", "share", "change", "modalities", "collections", "first_seen", "last_seen", "sample", "sample_id",
)  # fmt: skip
_DUPLICATE_COLUMNS = ("copies", "spare_bytes", "keep", "drop", "tied", "why", "collections", "flaws")


@click.group()
def triage() -> None:
    """Find out why assets failed, and which are duplicates.

    Exit status: 0 fine, 1 nothing found, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
    """


@triage.command()
@click.option("--by", "axis", type=click.Choice(_AXES), default=_AXES[0], show_default=True, help="What to group by.")
@click.option("--scan", is_flag=True, help="Read all assets, for a service that does not filter by status.")
@COLLECTIONS
@AFRESH
@FORMAT
@click.pass_obj
def failed(flags: Flags, axis: str, names: tuple[str, ...], form: str, *, scan: bool, afresh: bool) -> None:
    """Print failed assets in groups.

    A signature is an error without its numbers, names and ids: a cause.
    """
    from peekui.triage.failures import Axis, group_failures
    from peekui.triage.notebook import NotebookFailed
    from peekui.triage.pages import FilterRefused
    from peekui.triage.scope import Subject

    async def work(client: MixpeekClient, settings: Settings) -> Gathered:
        return await gather(client, settings, Subject.FAILURES, names, scan=scan, afresh=afresh)

    try:
        gathered = ask(flags, work)
        changes = _changes_since(gathered, group_failures(gathered.rows))
    except FilterRefused as refusal:
        raise ServiceProblem(f"{refusal} Add --scan to read all assets instead.") from refusal
    except NotebookFailed as error:
        raise Mistake(str(error)) from error
    groups = group_failures(gathered.rows, Axis(axis))
    print_rows([_failure_row(group, gathered, changes) for group in groups], (axis, *_FAILURE_COLUMNS), form)
    if not groups:
        say("No asset has failed.")
        raise SystemExit(NOTHING_FOUND)


@triage.command()
@click.option("--rule", "rule_file", type=PATH, metavar="FILE", help="Keep-rule as TOML, in place of the usual one.")
@click.option("--plan", "plan_file", type=PATH, metavar="FILE", help="Write there what would be deleted; a new file.")
@click.option("--merge-metadata", is_flag=True, help="Have the plan fill in what the copy that stays lacks.")
@COLLECTIONS
@AFRESH
@FORMAT
@click.pass_obj
def duplicates(
    flags: Flags,
    rule_file: Path | None,
    plan_file: Path | None,
    names: tuple[str, ...],
    form: str,
    *,
    merge_metadata: bool,
    afresh: bool,
) -> None:
    """Print groups of copies, and which of them a keep-rule would drop.

    Nothing is deleted before `peekui plan run`. A plan has the groups in which the rule wins without a tie.
    """
    from peekui.triage.duplicates import group_duplicates
    from peekui.triage.keep_rules import decide
    from peekui.triage.notebook import NotebookFailed
    from peekui.triage.remembered import not_duplicates
    from peekui.triage.scope import Subject

    rule = _read_rule(rule_file)

    async def work(client: MixpeekClient, settings: Settings) -> tuple[Gathered, str, str | None]:
        gathered = await gather(client, settings, Subject.DUPLICATES, names, afresh=afresh)
        return gathered, client.base_url, settings.namespace

    try:
        gathered, base_url, namespace = ask(flags, work)
        groups = group_duplicates(gathered.rows, not_duplicates(gathered.notebook))
    except NotebookFailed as error:
        raise Mistake(str(error)) from error
    rule = _by_id(rule, gathered)
    decided = [(group, decide(group, rule)) for group in groups]
    print_rows([_duplicate_row(group, verdict, gathered) for group, verdict in decided], _DUPLICATE_COLUMNS, form)
    if not groups:
        say("There are no duplicates.")
        raise SystemExit(NOTHING_FOUND)
    won = [(group, verdict) for group, verdict in decided if not verdict.tied]
    say(f"{len(groups):,} groups; the rule wins {len(won):,} without a tie.")
    if plan_file:
        _write_plan(plan_file, won, rule, base_url, namespace, merge=merge_metadata)


def _changes_since(gathered: Gathered, groups: Sequence[FailureGroup]) -> Mapping[str, Change]:
    """Compare with the last visit, and say in numbers what changed."""
    from peekui.triage.remembered import visit

    now = datetime.now(UTC)
    last, changes = visit(gathered.notebook, gathered.scope, groups, now, complete=gathered.progress.complete)
    if last and changes:
        counts = Counter(changes.values())
        said = " · ".join(f"{count} {change}" for change, count in counts.items())
        say(f"{said} since {last.at.astimezone():%Y-%m-%d %H:%M}")
    return changes


def _failure_row(group: FailureGroup, gathered: Gathered, changes: Mapping[str, Change]) -> list[JsonValue]:
    by_title = {gathered.title(key): count for key, count in group.collections.items()}
    return [
        gathered.title(group.key),
        group.count,
        round(group.share, 4),
        changes.get(group.key),
        dict(group.modalities),
        dict(by_title),
        group.first_seen.isoformat() if group.first_seen else None,
        group.last_seen.isoformat() if group.last_seen else None,
        group.sample,
        group.sample_id,
    ]


def _duplicate_row(group: DuplicateGroup, verdict: Verdict, gathered: Gathered) -> list[JsonValue]:
    return [
        len(group.members),
        verdict.spare_bytes,
        list(verdict.keepers),
        list(verdict.drop),
        verdict.tied,
        list(verdict.why),
        [gathered.title(key) for key in group.collections],
        list(group.flaws),
    ]


def _read_rule(path: Path | None) -> KeepRule:
    from peekui.triage.keep_rules import KeepRule
    from peekui.triage.rule_files import BadRule, read_rule

    if path is None:
        return KeepRule()
    try:
        return read_rule(path)
    except BadRule as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def _by_id(rule: KeepRule, gathered: Gathered) -> KeepRule:
    """Give the rule with ids where it names collections; a name that leads nowhere would protect nothing."""
    protected = frozenset(collection_ids(gathered.titles, sorted(rule.protected)))
    return replace(rule, collections=collection_ids(gathered.titles, rule.collections), protected=protected)


def _write_plan(
    path: Path,
    won: Sequence[tuple[DuplicateGroup, Verdict]],
    rule: KeepRule,
    base_url: str,
    namespace: str | None,
    *,
    merge: bool,
) -> None:
    from peekui.triage.plans.acts import ActKind
    from peekui.triage.plans.making import make_plan, plan_drops
    from peekui.triage.plans.plan_file import write_plan

    why = f"keep-rule: {', then '.join(rule.criteria)}"
    decisions = [
        (group, frozenset(row.asset_id for row in group.members) - set(verdict.drop)) for group, verdict in won
    ]
    plan = make_plan(
        plan_drops(decisions, why, merge=merge),
        base_url=base_url,
        namespace=namespace,
        protected=rule.protected,
        about=f"Duplicates, by {why}",
    )
    if not plan.acts:
        say("The rule drops nothing, so there is no plan.")
        raise SystemExit(NOTHING_FOUND)
    try:
        write_plan(path, plan)
    except FileExistsError as error:
        raise Mistake(f"{str(path)!r} is there already, and is left as it is.") from error
    except OSError as error:
        raise Mistake(f"{str(path)!r} cannot be written: {error.strerror}.") from error
    say(f"Wrote {path}: {plan.totals[ActKind.DELETE]:,} deletes, {plan.spare_bytes:,} bytes. Next: peekui plan show.")
