"""The fewest conditions to mute so that an asset matches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from peekui.filters.comparing import Verdict
from peekui.filters.nodes import Condition, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.filters.evaluate import Finding
    from peekui.filters.paths import Path

__all__ = ["fewest_to_mute"]

_Paths: TypeAlias = "tuple[Path, ...] | None"
"""Conditions to mute; None where no choice of them does it."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """The fewest conditions of a node to mute so that it is surely true, is surely false, or no longer counts."""

    true: _Paths
    false: _Paths
    gone: _Paths


def fewest_to_mute(finding: Finding) -> tuple[Path, ...] | None:
    """Give the paths of the fewest conditions to mute so that the asset surely matches.

    Exact for every tree, in time that grows with its size: a condition stands in one place, so that what is best for
    a group is made of what is best for each of its children. An unknown condition counts as one that fails.

    Args:
        finding: What `evaluate` found for the whole tree.

    Returns:
        Paths in the order of reading; none when it matches already; None when muting conditions cannot help, which
        takes an empty group inside a none-of.
    """
    ways = _ways(finding, ())
    return _least((ways.true, ways.gone))


def _ways(finding: Finding, path: Path) -> _Ways:
    if not finding.counts:
        return _Ways(None, None, ())
    if isinstance(finding.node, Condition):
        return _Ways(
            true=() if finding.verdict is Verdict.TRUE else None,
            false=() if finding.verdict is Verdict.FALSE else None,
            gone=(path,),
        )
    children = [_ways(child, (*path, index)) for index, child in enumerate(finding.children) if child.counts]
    if not children:
        return _Ways((), None, None)
    surely_true, surely_false = [child.true for child in children], [child.false for child in children]
    each_gone = [child.gone for child in children]
    gone = _join(each_gone)
    if finding.node.kind is Kind.AND:
        return _Ways(_each(surely_true, each_gone), _least(surely_false), gone)
    some, none = _least(surely_true), _each(surely_false, each_gone)
    return _Ways(some, none, gone) if finding.node.kind is Kind.OR else _Ways(none, some, gone)


def _each(ways: Sequence[_Paths], gone: Sequence[_Paths]) -> _Paths:
    """Have every child go one way or be gone, and at least one of them not be gone."""
    chosen = [_least(pair) for pair in zip(ways, gone, strict=True)]
    if not any(way is not None and way == best for way, best in zip(ways, chosen, strict=True)):
        # All would be gone: keep the one that costs least to keep.
        costs = {
            index: len(way) - len(away or ())
            for index, (way, away) in enumerate(zip(ways, gone, strict=True))
            if way is not None
        }
        if not costs:
            return None
        kept = min(costs, key=lambda index: costs[index])
        chosen[kept] = ways[kept]
    return _join(chosen)


def _join(parts: Iterable[_Paths]) -> _Paths:
    paths: list[Path] = []
    for part in parts:
        if part is None:
            return None
        paths += part
    return tuple(paths)


def _least(ways: Iterable[_Paths]) -> _Paths:
    return min((way for way in ways if way is not None), key=len, default=None)
