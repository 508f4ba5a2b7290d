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
from peekui.cli.tables import EXPORT, FORMAT, export_rows, print_rows

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
    from peekui.triage.scope import Scope
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
@EXPORT
@click.pass_obj
def failed(
    flags: Flags, axis: str, names: tuple[str, ...], form: str, *, export: Path | None, scan: bool, afresh: bool
) -> None:
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
    rows, columns = [_failure_row(group, gathered, changes) for group in groups], (axis, *_FAILURE_COLUMNS)
    print_rows(rows, columns, form)
    export_rows(rows, columns, export)
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
@EXPORT
@click.pass_obj
def duplicates(
    flags: Flags,
    rule_file: Path | None,
    plan_file: Path | None,
    names: tuple[str, ...],
    form: str,
    *,
    export: Path | None,
    merge_metadata: bool,
    afresh: bool,
) -> None:
    """Print groups of copies, and which of them a keep-rule would drop.

    Nothing is deleted before `peekui plan run`. A plan has the groups in which the rule wins without a tie.

    A rule is a TOML file, such as the keep-rule's editor saves, with `criteria`, the most important first: original,
    done, collection order, protected, oldest, newest, most metadata, shortest name, longest name, has features; with
    `collections`, the most wanted first, for collection order; and with `protected` collections, of which nothing is
    dropped. Features are asked for, of the copies that they would decide between: a call for 200 of them, or more.
    """
    from peekui.triage.duplicates import group_duplicates
    from peekui.triage.keep_rules import decide
    from peekui.triage.notebook import NotebookFailed
    from peekui.triage.pages import FilterRefused
    from peekui.triage.remembered import not_duplicates
    from peekui.triage.scope import Subject

    named = _read_rule(rule_file)

    async def work(
        client: MixpeekClient, settings: Settings
    ) -> tuple[Gathered, KeepRule, Sequence[DuplicateGroup], str]:
        gathered = await gather(client, settings, Subject.DUPLICATES, names, afresh=afresh)
        rule = _by_id(named, gathered)
        groups = group_duplicates(gathered.rows, not_duplicates(gathered.notebook))
        return gathered, rule, await _told_features(client, groups, rule, gathered.scope), client.base_url

    try:
        gathered, rule, groups, base_url = ask(flags, work)
    except FilterRefused as refusal:
        raise ServiceProblem(f"{refusal} The rule cannot go by features here.") from refusal
    except NotebookFailed as error:
        raise Mistake(str(error)) from error
    decided = [(group, decide(group, rule)) for group in groups]
    rows = [_duplicate_row(group, verdict, gathered) for group, verdict in decided]
    print_rows(rows, _DUPLICATE_COLUMNS, form)
    export_rows(rows, _DUPLICATE_COLUMNS, export)
    if not groups:
        say("There are no duplicates.")
        raise SystemExit(NOTHING_FOUND)
    won = [(group, verdict) for group, verdict in decided if not verdict.tied]
    say(f"{len(groups):,} groups; the rule wins {len(won):,} without a tie.")
    if plan_file:
        _write_plan(plan_file, won, rule, base_url, gathered.scope.namespace, merge=merge_metadata)


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


async def _told_features(
    client: MixpeekClient, groups: Sequence[DuplicateGroup], rule: KeepRule, scope: Scope
) -> Sequence[DuplicateGroup]:
    """Give the groups with what the rule has to know of features, where it goes by them."""
    from peekui.triage.featured import calls_at_least, find_featured
    from peekui.triage.keep_rules import without_known_features

    copies = without_known_features(groups, rule)
    if not copies:
        return groups
    cost = client.budget.cost(calls_at_least(len(copies)))
    say(f"Asking which of {len(copies):,} copies have features: at least {cost}.")
    told = await find_featured(client, copies, namespace=scope.namespace, collections=scope.collections)
    return [group.telling(told) for group in groups]


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
