"""Conditions that exclude each other, so that nothing matches, or that leave nothing out, so that everything does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.filters.expression.printing import to_expression
from peekui.filters.meaning import counts
from peekui.filters.nodes import Condition, Kind
from peekui.filters.problems import Problem, Trouble, muting, removing_truism
from peekui.filters.satisfiable import Claim, conflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from peekui.filters.nodes import Group, Node
    from peekui.filters.paths import Path
    from peekui.filters.schema import Schema

__all__ = ["Scope", "conflicts"]


@dataclass(frozen=True, slots=True)
class Scope:
    """A group and all that it asks for at once.

    Attributes:
        claims: What must be so for the group to match, or, of any-of, for it not to match; with where it is said.
        groups: The groups that this was found in: each is looked at as part of one scope only.
    """

    claims: tuple[tuple[Path, Claim], ...]
    groups: frozenset[Path]

    @classmethod
    def of(cls, group: Group, path: Path) -> Scope:
        """Collect what a group that counts asks for, through the groups inside it that only add to it."""
        claims: list[tuple[Path, Claim]] = []
        groups: set[Path] = set()
        waiting: list[tuple[Path, Node, bool]] = [(path, group, group.kind is not Kind.OR)]
        while waiting:
            place, node, holds = waiting.pop()
            if isinstance(node, Condition):
                claims.append((place, Claim(node, holds)))
                continue
            inner = [((*place, index), child) for index, child in enumerate(node.children) if counts(child)]
            # "None of" holds when each child does not, "any of" does not hold when each child does not.
            if len(inner) <= 1 or holds != (node.kind is Kind.OR):
                groups.add(place)
                child_holds = holds != (node.kind is Kind.NOR)
                waiting.extend((where, child, child_holds) for where, child in reversed(inner) if _plain(child))
        return cls(tuple(claims), frozenset(groups))


def conflicts(
    group: Group, path: Path, scope: Scope, parent: Group | None, schema: Schema, *, case_sensitive: bool, now: datetime
) -> Iterator[Problem]:
    """Give contradictions, or for any-of the tautology.

    Found is what two or more conditions on one field say of each other; what follows from several fields is not.

    Args:
        group: One that counts.
        path: Where it is.
        scope: What it asks for.
        parent: The group around it; None for the root.
        schema: Tells which fields never hold a list; in a list, different elements can meet different conditions.
        case_sensitive: How text compares in the group.
        now: What relative times count from.
    """
    by_field: defaultdict[str, list[tuple[Path, Claim]]] = defaultdict(list)
    for place, claim in scope.claims:
        by_field[claim.condition.key.replace("[]", "")].append((place, claim))
    for key, claims in by_field.items():
        if len(claims) == 1 and claims[0][1].condition.value != []:
            continue
        field = schema.find(key)
        core = conflict(
            [claim for _, claim in claims],
            single=field is not None and field.single,
            case_sensitive=case_sensitive,
            now=now,
        )
        if not core:
            continue
        if group.kind is Kind.OR:
            yield _tautology(path, [claims[index] for index in core], parent)
            return
        yield _contradiction([claims[index] for index in core])


def _contradiction(claims: Sequence[tuple[Path, Claim]]) -> Problem:
    path = claims[-1][0]
    reason = f"nothing matches {' and '.join(_said(claim, holds=True) for _, claim in claims)}"
    return Problem(path, Trouble.CONTRADICTION, reason, muting(path))


def _tautology(path: Path, claims: Sequence[tuple[Path, Claim]], parent: Group | None) -> Problem:
    reason = f"everything matches {' or '.join(_said(claim, holds=False) for _, claim in claims)}"
    if parent is not None and parent.kind is Kind.AND:
        return Problem(path, Trouble.TAUTOLOGY, reason, removing_truism(path, parent))
    return Problem(path, Trouble.TAUTOLOGY, reason, muting(path, keeps_meaning=parent is None))


def _said(claim: Claim, *, holds: bool) -> str:
    text = to_expression(claim.condition)
    return text if claim.holds is holds else f"not {text}"


def _plain(node: Node) -> bool:
    return isinstance(node, Condition) or node.case_sensitive is None
