"""How many assets match a filter, and each of its nodes: which questions to ask, each of them once.

The API has no call that counts (mixpeek-api.md, section 5): a count is the total of a page of one row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.browse.filter_draft import NodeNote
from peekui.filters.edits import mute
from peekui.filters.expression.printing import to_expression
from peekui.filters.meaning import active, counts, flattened
from peekui.filters.nodes import Group, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path

__all__ = ["MOST_NODES", "Count", "Measure", "NodeQuestion", "Question", "TooManyNodes", "node_questions", "notes_of"]

MOST_NODES: Final = 100
"""Nodes that are counted at once: three calls for each would be a long wait on any plan (section 2)."""


class TooManyNodes(ValueError):
    """The filter has more than `MOST_NODES` nodes that count; the text says so."""

    def __init__(self, nodes: int) -> None:
        super().__init__(f"the filter has {nodes:,} nodes, and at most {MOST_NODES} are counted at once: mute some")


class Count(NamedTuple):
    """How many assets match; `exact` is False where the service said only that there are some."""

    number: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{self.number:,}" if self.exact else f"{self.number:,}+"


@dataclass(frozen=True, slots=True)
class Question:
    """How many assets match a filter.

    Two are equal when their filters differ only in the order of nodes, in groups that change nothing, in repetitions,
    and in what is muted.

    Attributes:
        query: What to ask, as the filter was written: merging its groups could make a list longer than the service
            takes.
        form: The canonical form, by which answers are kept. Times relative to now stay relative in it.
    """

    query: AssetQuery = field(compare=False)
    form: AssetQuery

    @classmethod
    def of(cls, query: AssetQuery, tree: Group) -> Question:
        """Ask about a filter.

        Args:
            query: Namespace, collections and search; its own filter, order and fields do not matter.
            tree: The filter.
        """
        kept = active(tree)
        asked = replace(query, filter=kept if kept.children else None, sort=None, select=("asset_id",))
        return cls(asked, replace(asked, filter=_canonical(kept)))


class Measure(StrEnum):
    """What is counted of a node."""

    ALONE = "alone"
    """Assets that match the node, whatever is around it."""
    SO_FAR = "so far"
    """Assets that match its group when that ends with it."""
    WITHOUT = "without"
    """Assets that match the whole filter with the node muted."""


class NodeQuestion(NamedTuple):
    """One count of one node."""

    path: Path
    measure: Measure
    question: Question


def node_questions(query: AssetQuery, tree: Group) -> tuple[NodeQuestion, ...]:
    """Name the counts of each node that counts, in the order of reading; the root's own is first.

    Raises:
        TooManyNodes: There are more than `MOST_NODES` of them.
    """
    nodes = _size(tree)
    if nodes > MOST_NODES:
        raise TooManyNodes(nodes)

    def visit(group: Group, path: Path, *, case_sensitive: bool | None) -> Iterator[NodeQuestion]:
        own = case_sensitive if group.case_sensitive is None else group.case_sensitive
        before: tuple[Node, ...] = ()
        for index, child in enumerate(group.children):
            if not counts(child):
                continue
            place, before = (*path, index), (*before, child)
            yield NodeQuestion(place, Measure.ALONE, Question.of(query, Group(Kind.AND, (child,), own)))
            yield NodeQuestion(place, Measure.SO_FAR, Question.of(query, Group(group.kind, before, own)))
            yield NodeQuestion(place, Measure.WITHOUT, Question.of(query, mute(tree, place).tree))
            if isinstance(child, Group):
                yield from visit(child, place, case_sensitive=own)

    whole = NodeQuestion((), Measure.ALONE, Question.of(query, tree))
    return (whole, *visit(tree, (), case_sensitive=None)) if counts(tree) else (whole,)


def notes_of(questions: Iterable[NodeQuestion], answers: Mapping[Question, Count]) -> dict[Path, NodeNote]:
    """Say what is known of each node: `alone 1,377  −173  so far 1,204`, with `…` for what is not known yet.

    The number with a sign is what the node takes away from the answer to the whole filter, or adds to it.
    """
    by_path: dict[Path, dict[Measure, Question]] = {}
    for path, measure, question in questions:
        by_path.setdefault(path, {})[measure] = question
    whole = by_path[()][Measure.ALONE]
    notes = {path: NodeNote(_said(asked, whole, answers)) for path, asked in by_path.items() if path}
    return {(): NodeNote(_count(whole, answers)), **notes}


def _said(asked: Mapping[Measure, Question], whole: Question, answers: Mapping[Question, Count]) -> str:
    alone, so_far, without = (asked[measure] for measure in Measure)
    parts = [f"alone {_count(alone, answers)}"]
    total, rest = answers.get(whole), answers.get(without)
    if total is None or rest is None:
        parts.append("…")
    elif total.exact and rest.exact:
        change = total.number - rest.number
        parts.append(f"+{change:,}" if change > 0 else f"−{-change:,}")
    if so_far != alone:
        parts.append(f"so far {_count(so_far, answers)}")
    return "  ".join(parts)


def _count(question: Question, answers: Mapping[Question, Count]) -> str:
    return str(answers.get(question, "…"))


def _size(tree: Group) -> int:
    """Count the nodes that count."""
    waiting: list[Node] = [active(tree)]
    number = 0
    while waiting:
        node = waiting.pop()
        number += 1
        if isinstance(node, Group):
            waiting.extend(node.children)
    return number - 1


def _canonical(group: Group) -> Group | None:
    return _sorted(flattened(group)) if group.children else None


def _sorted(group: Group) -> Group:
    """Give a group with its children in order and each of them once: neither order nor repetition means anything."""
    children = {_sorted(child) if isinstance(child, Group) else child for child in group.children}
    return replace(group, children=tuple(sorted(children, key=to_expression)))
