"""A filter held against one asset, node by node."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peekui.filters.comparing import Verdict, verdict
from peekui.filters.moments import now_or
from peekui.filters.nodes import Condition, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from peekui.filters.facts import Facts
    from peekui.filters.nodes import Group, JsonValue, Node
    from peekui.filters.paths import Path

__all__ = ["Finding", "evaluate"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an asset makes of a node. A muted node has a verdict too, which counts for nothing around it.

    Attributes:
        node: The node.
        verdict: Whether the asset matches it.
        counts: Whether its parent takes it into account: it is not muted, and neither is all that it holds.
        children: Findings of a group's children, in their order.
        actual: For a condition the values at its field, none where it is missing; None where they were not fetched.
    """

    node: Node
    verdict: Verdict
    counts: bool
    children: tuple[Finding, ...] = ()
    actual: tuple[JsonValue, ...] | None = None

    def at(self, path: Path) -> Finding:
        """Give the finding of the node at a path; LookupError where there is none."""
        finding = self
        for index in path:
            finding = finding.children[index]
        return finding


def evaluate(group: Group, facts: Facts, now: datetime | None = None) -> Finding:
    """Hold a filter against an asset.

    Three-valued: unknown is what depends on a `text` condition or on a field that was not fetched. What is true or
    false is what the service answers (mixpeek-api.md, section 6).

    Args:
        group: Root of the tree; insensitive to case unless it says otherwise.
        facts: The asset.
        now: What relative times count from; None is the current time.
    """
    finding = _group(group, facts, now_or(now), case_sensitive=False)
    return finding if finding.counts else replace(finding, verdict=Verdict.TRUE)


def _node(node: Node, facts: Facts, now: datetime, *, case_sensitive: bool) -> Finding:
    if not isinstance(node, Condition):
        return _group(node, facts, now, case_sensitive=case_sensitive)
    actual = facts.find(node.key)
    return Finding(
        node,
        verdict(node, actual, case_sensitive=case_sensitive, now=now),
        counts=not node.muted,
        actual=actual,
    )


def _group(group: Group, facts: Facts, now: datetime, *, case_sensitive: bool) -> Finding:
    own = case_sensitive if group.case_sensitive is None else group.case_sensitive
    children = tuple(_node(child, facts, now, case_sensitive=own) for child in group.children)
    verdicts = [child.verdict for child in children if child.counts]
    counts = not group.muted and (bool(verdicts) or not children)
    return Finding(group, _together(group.kind, verdicts), counts, children)


def _together(kind: Kind, verdicts: Sequence[Verdict]) -> Verdict:
    """Join verdicts as Kleene does; an empty list does not constrain."""
    decisive = Verdict.FALSE if kind is Kind.AND else Verdict.TRUE
    if not verdicts:
        return Verdict.TRUE
    if decisive in verdicts:
        return Verdict.TRUE if kind is Kind.OR else Verdict.FALSE
    if Verdict.UNKNOWN in verdicts:
        return Verdict.UNKNOWN
    return Verdict.FALSE if kind is Kind.OR else Verdict.TRUE
