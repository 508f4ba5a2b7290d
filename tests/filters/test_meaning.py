"""What muting, negating and flattening do to the assets that match."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from peekui.filters.checks import check
from peekui.filters.culprits import fewest_to_mute
from peekui.filters.evaluate import evaluate
from peekui.filters.explain import explain
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.facts import Facts
from peekui.filters.meaning import active, counts, flattened, negated
from peekui.filters.nodes import MAX_TREE_DEPTH, Condition, Group, Kind, Operator
from peekui.filters.paths import walk
from peekui.filters.problems import Trouble
from peekui.filters.schema import Field, Schema
from peekui.filters.wire import to_json
from tests.filters.trees import assets, matches, small_trees

AND, OR, NOR = Kind.AND, Kind.OR, Kind.NOR
A, B, C = (Condition(name, Operator.EQ, 1) for name in "abc")
NOT_A, NOT_B = (Condition(name, Operator.NE, 1) for name in "ab")
MORE = Condition("a", Operator.GT, 1)
QUIET = Condition("q", Operator.EQ, 1, muted=True)


@settings(max_examples=400, deadline=None)
@given(tree=small_trees, asset=assets)
def test_the_active_part_means_the_same_and_has_nothing_muted(tree: Group, asset: dict[str, Any]) -> None:
    part = active(tree)
    assert matches(part, asset) == matches(tree, asset)
    assert not any(node.muted for _, node in walk(part))


@settings(max_examples=400, deadline=None)
@given(tree=small_trees, asset=assets)
def test_negation_turns_every_answer_round_and_twice_back(tree: Group, asset: dict[str, Any]) -> None:
    opposite = negated(tree)
    if counts(tree):  # what says nothing has no opposite
        assert matches(opposite, asset) != matches(tree, asset)
    assert matches(negated(opposite), asset) == matches(tree, asset)


@settings(max_examples=400, deadline=None)
@given(tree=small_trees, asset=assets)
def test_flattening_keeps_the_meaning_and_is_done_once(tree: Group, asset: dict[str, Any]) -> None:
    flat = flattened(tree)
    assert matches(flat, asset) == matches(tree, asset)
    assert flattened(flat) == flat
    assert len(list(walk(flat))) <= len(list(walk(tree)))


def test_negation_goes_down_to_the_conditions() -> None:
    assert negated(Group(AND, (A, Group(OR, (B, MORE))))) == Group(
        OR, (NOT_A, Group(AND, (NOT_B, Group(NOR, (MORE,)))))
    )
    assert negated(Group(NOR, (A, B))) == Group(OR, (A, B))
    assert negated(negated(MORE)) == MORE
    assert negated(Condition("a", Operator.EXISTS, value=True)) == Condition("a", Operator.EXISTS, value=False)
    assert negated(Condition("a", Operator.IN, [1])) == Condition("a", Operator.NIN, [1])


def test_a_group_with_everything_muted_is_gone_and_an_empty_one_stays() -> None:
    assert active(Group(OR, (A, Group(AND, (QUIET,))))) == Group(OR, (A,))
    assert active(Group(NOR, (Group(AND, (QUIET,)),))) == Group(AND)
    assert active(Group(NOR, (Group(AND),))) == Group(NOR, (Group(AND),))


def test_flattening_by_example() -> None:
    deep = Group(AND, (A, Group(AND, (B, Group(OR, (C,)))), Group(NOR, (Group(OR, (A, B)),))))
    assert flattened(deep) == Group(AND, (A, B, C, Group(NOR, (A, B))))
    assert flattened(Group(OR, (Group(AND, (A, B)),))) == Group(AND, (A, B))
    strict = Group(AND, (A, Group(AND, (B,), case_sensitive=True)))
    assert flattened(strict) == strict
    assert flattened(Group(AND, (A, Group(AND, (B,), muted=True)))) == Group(AND, (A, Group(AND, (B,), muted=True)))


def test_the_deepest_tree_is_no_trouble_for_anything() -> None:
    tree = Group(AND, (Condition("a", Operator.EQ, "x"),))
    for number in range(MAX_TREE_DEPTH - 1):
        tree = Group(list(Kind)[number % 3], (tree, *(B,) * 21), case_sensitive=None if number % 2 else True)
    asset = {"a": "x"}
    answer = matches(tree, asset)
    assert to_json(tree)
    assert parse(to_expression(tree)) == tree
    assert matches(flattened(tree), asset) == answer
    assert matches(negated(tree), asset) != answer
    assert explain(tree)
    assert (fewest_to_mute(evaluate(tree, Facts(asset))) == ()) == answer
    problems = check(tree, Schema({"a": Field(), "b": Field()}))
    assert {problem.trouble for problem in problems} == {Trouble.TOO_MANY, Trouble.DUPLICATE}
    assert hash(tree) == hash(replace(tree))
    assert tree == replace(tree)
