"""What is wrong with a filter before it is sent: each problem with its place, its reason and a fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.filters.condition_checks import condition_problems
from peekui.filters.conflicts import Scope, conflicts
from peekui.filters.group_checks import group_problems
from peekui.filters.meaning import counts
from peekui.filters.moments import now_or
from peekui.filters.nodes import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path
    from peekui.filters.problems import Problem
    from peekui.filters.schema import Schema

__all__ = ["check"]


def check(tree: Group, schema: Schema, now: datetime | None = None) -> tuple[Problem, ...]:
    """Find what is wrong with a filter.

    Muted nodes are not sent and so not looked at. A fix is for the tree as it was checked: after one, check again.

    Args:
        tree: The whole filter.
        schema: What is known of fields.
        now: What relative times count from; None is the current time.

    Returns:
        Problems in the order of reading.
    """
    moment = now_or(now)
    covered: set[Path] = set()

    def visit(group: Group, path: Path, parent: Group | None, *, case_sensitive: bool) -> Iterator[Problem]:
        own = case_sensitive if group.case_sensitive is None else group.case_sensitive
        yield from group_problems(group, path, parent)
        if path not in covered:
            scope = Scope.of(group, path)
            covered.update(scope.groups)
            yield from conflicts(group, path, scope, parent, schema, case_sensitive=own, now=moment)
        for index, child in enumerate(group.children):
            place = (*path, index)
            if not counts(child):
                continue
            if isinstance(child, Condition):
                yield from condition_problems(child, place, schema, case_sensitive=own)
            else:
                yield from visit(child, place, group, case_sensitive=own)

    if not counts(tree):
        return ()
    return tuple(sorted(visit(tree, (), None, case_sensitive=False), key=lambda problem: problem.path))
