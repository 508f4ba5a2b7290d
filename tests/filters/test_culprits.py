"""The fewest conditions to mute so that an asset matches, held against trying all choices."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings

from peekui.filters.comparing import Verdict
from peekui.filters.culprits import fewest_to_mute
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.parse import parse
from peekui.filters.facts import Facts
from peekui.filters.nodes import Condition
from peekui.filters.paths import walk
from peekui.filters.problems import muting
from tests.filters.trees import NOW, assets, small_trees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path

ASSET = Facts({"status": "FAILED", "modality": "video", "title": "x"})


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("status = FAILED", ()),
        ("status = DONE and modality = video", ((0,),)),
        ("status = DONE and modality = image", ((0,), (1,))),
        ("status = DONE or modality = image", ((0,), (1,))),
        ("status = DONE or modality = video", ()),
        ("none(status = FAILED, modality = image)", ((0,),)),
        ("not (status = FAILED and modality = video)", ((0, 0), (0, 1))),
        ("not (status = FAILED and modality = image)", ()),
        ("status = DONE and any(modality = image, a = 1, b = 1)", ((0,), (1, 0), (1, 1), (1, 2))),
        ('title ~ "x" and status = FAILED', ((0,),)),
        ("muted(status = DONE) and modality = image", ((1,),)),
    ],
)
def test_by_example(text: str, paths: tuple[Path, ...]) -> None:
    assert fewest_to_mute(evaluate(parse(text), ASSET, NOW)) == paths


def test_an_empty_group_in_none_of_cannot_be_helped() -> None:
    assert fewest_to_mute(evaluate(parse("status = FAILED and not all()"), ASSET, NOW)) is None


@settings(max_examples=300, deadline=None)
@given(tree=small_trees, asset=assets)
def test_no_smaller_choice_does_it(tree: Group, asset: dict[str, Any]) -> None:
    conditions = [path for path, node in walk(tree) if isinstance(node, Condition)]
    assume(len(conditions) <= 8)
    found = fewest_to_mute(evaluate(tree, Facts(asset), NOW))
    choices = (choice for size in range(len(conditions) + 1) for choice in combinations(conditions, size))
    best = next((choice for choice in choices if matches_without(tree, choice, asset)), None)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert len(found) == len(best)
        assert matches_without(tree, found, asset)


def matches_without(tree: Group, muted: Iterable[Path], asset: dict[str, Any]) -> bool:
    """Tell whether an asset matches when some conditions are muted."""
    for path in muted:
        tree = muting(path).apply(tree)
    return evaluate(tree, Facts(asset), NOW).verdict is Verdict.TRUE
