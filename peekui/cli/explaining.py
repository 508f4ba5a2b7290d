"""`peekui explain`: a filter in plain English, and what an asset makes of each node of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

import click

from peekui.cli.asking import NOTHING_FOUND
from peekui.cli.common import Mistake
from peekui.cli.inquiring import InquiryCommand
from peekui.cli.looking_up import id_of
from peekui.cli.search_options import FILTERS, WHERE, read_filters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.api.client import MixpeekClient
    from peekui.cli.inquiring import Inquiry
    from peekui.config import Settings
    from peekui.filters.evaluate import Finding
    from peekui.filters.nodes import Group
    from peekui.search.records import Record

__all__ = ["explain"]

_INDENT: Final = "  "


@click.command(cls=InquiryCommand)
@click.argument("asset_id", metavar="[ID]", required=False)
@WHERE
@FILTERS
@click.option(
    "-o", "--output", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="Form."
)
@click.pass_obj
def explain(inquiry: Inquiry, asset_id: str | None, where: str | None, filters: str | None, form: str) -> None:
    """Say what a filter asks for; with an asset, what it makes of each condition, and why.

    Words to be found (~) are the service's to judge: a call asks it where all else leaves the answer open.

    Exit status: 0 fine or the asset matches, 1 it does not or there is none, 2 wrong usage, 3 the service failed,
    4 not authorised, 5 rate-limited.
    """
    from peekui.filters.explain import explain as in_words

    tree, notes = read_filters(where, filters)
    for note in notes:
        inquiry.say(f"Filter: {note}.")
    if tree is None:
        raise Mistake("there is nothing to explain: give a filter with --where or --filters.")
    sentence = in_words(tree)
    if asset_id is None:
        click.echo(json.dumps({"filter": sentence}) if form == "json" else sentence)
        return
    wanted = id_of(asset_id)

    async def work(client: MixpeekClient, settings: Settings) -> tuple[Finding, bool] | None:
        return await _hold_against(client, tree, wanted, settings.namespace)

    answer = inquiry.ask(work)
    if answer is None:
        inquiry.say(f"peekui: there is no asset {wanted}.")
        raise SystemExit(NOTHING_FOUND)
    finding, matches = answer
    if form == "json":
        told = {"filter": sentence, "asset_id": wanted, "matches": matches, "finding": _as_json(finding)}
        click.echo(json.dumps(told, indent=2, ensure_ascii=sys.stdout.isatty()).encode("utf-8", "backslashreplace"))
    else:
        click.echo(f"{sentence}\n{wanted} {'matches' if matches else 'does not match'}")
        click.echo("\n".join(_lines(finding, 0)))
    raise SystemExit(0 if matches else NOTHING_FOUND)


async def _hold_against(
    client: MixpeekClient, tree: Group, asset_id: str, namespace: str | None
) -> tuple[Finding, bool] | None:
    from peekui.api.errors import NotFound
    from peekui.filters.comparing import Verdict
    from peekui.filters.evaluate import evaluate
    from peekui.filters.facts import Facts
    from peekui.search.records import asset_record, without_urls

    try:
        record = await asset_record(client, asset_id, namespace=namespace)
    except NotFound:
        return None
    finding = evaluate(tree, Facts(without_urls(record)))
    if finding.verdict is Verdict.UNKNOWN:
        return finding, await _ask(client, tree, record, asset_id, namespace)
    return finding, finding.verdict is Verdict.TRUE


async def _ask(client: MixpeekClient, tree: Group, record: Record, asset_id: str, namespace: str | None) -> bool:
    """Have the service say whether the asset matches."""
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Condition, Group, Kind
    from peekui.search.records import list_request, page_of

    only = Group(Kind.AND, (Condition("asset_id", value=asset_id), tree))
    query = AssetQuery(namespace, (str(record.get("collection_id")),), filter=only, select=("asset_id",))
    return bool((await page_of(client, list_request(query, 1, 1))).results)


def _lines(finding: Finding, depth: int) -> Iterator[str]:
    """Give a line for every node: its verdict, what it asks for, and what the asset has there."""
    from peekui.cli.tables import brief
    from peekui.filters.comparing import Verdict
    from peekui.filters.explain import explain as in_words
    from peekui.filters.nodes import Group

    mark = {Verdict.TRUE: "✓", Verdict.FALSE: "✗", Verdict.UNKNOWN: "?"}[finding.verdict]
    node = finding.node
    said = f"{node.kind.lower()} of these" if isinstance(node, Group) else in_words(node)
    has = ""
    if finding.actual is not None:
        has = f": it has {', '.join(map(brief, finding.actual))}" if finding.actual else ": it has none"
    muted = "" if finding.counts else " (muted)"
    yield f"{_INDENT * depth}{mark} {said}{muted}{has}"
    for child in finding.children:
        yield from _lines(child, depth + 1)


def _as_json(finding: Finding) -> dict[str, object]:
    from peekui.filters.expression.printing import to_expression

    answer: dict[str, object] = {
        "node": to_expression(finding.node),
        "verdict": finding.verdict.name.lower(),
        "counts": finding.counts,
    }
    if finding.actual is not None:
        answer["actual"] = list(finding.actual)
    if finding.children:
        answer["children"] = [_as_json(child) for child in finding.children]
    return answer
