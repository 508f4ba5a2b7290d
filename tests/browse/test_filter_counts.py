"""Which counts are asked for, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given

from peekui.browse.filter_counts import (
    MOST_NODES,
    Count,
    Measure,
    Question,
    TooManyNodes,
    node_questions,
    notes_of,
)
from peekui.browse.query import AssetQuery, Sort, TextQuery
from peekui.filters import edits
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Condition, Group, Kind
from tests.filters.trees import assets, matches, small_trees

QUERY = AssetQuery("ns", ("c1",), TextQuery("fog"), sort=Sort("created_at"), select=("status",))


def asked(text: str) -> Question:
    return Question.of(QUERY, parse(text))


def said(question: Question) -> str:
    """The filter that a question would send."""
    return to_expression(question.query.filter) if question.query.filter else ""


def test_a_question_asks_for_one_field_in_no_order() -> None:
    assert asked("a = 1").query == AssetQuery("ns", ("c1",), TextQuery("fog"), parse("a = 1"), select=("asset_id",))
    assert asked("").query.filter is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1 and b = 2", "b = 2 and a = 1"),
        ("a = 1 and (b = 2 and c = 3)", "all(c = 3, a = 1, b = 2)"),
        ("a = 1 and muted(b = 2)", "a = 1"),
        ("a = 1 or a = 1", "any(a = 1, a = 1, a = 1)"),
        ("", "muted(a = 1)"),
        ("created_at > -7d", "all(created_at > -7d)"),
    ],
)
def test_what_says_the_same_is_one_question(one: str, other: str) -> None:
    assert asked(one) == asked(other)
    assert hash(asked(one)) == hash(asked(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("a = 1", "a = '1'"), ("a = 1 and b = 2", "a = 1 or b = 2"), ("a = x", "case(a = x)"), ("a = 1", "not a = 1")],
)
def test_what_says_something_else_is_another(one: str, other: str) -> None:
    assert asked(one) != asked(other)


def test_a_question_is_another_in_another_place() -> None:
    tree = parse("a = 1")
    assert Question.of(QUERY, tree) != Question.of(AssetQuery("ns", ("c2",), TextQuery("fog")), tree)


def test_a_split_list_is_sent_as_it_was_split() -> None:
    half = [f"a = {number}" for number in range(20)]
    split = f"({' or '.join(half)}) or (b = 1 or b = 2)"
    assert said(asked(split)) == to_expression(parse(split))


@given(small_trees, assets)
def test_the_canonical_form_matches_the_same_assets(tree: Group, asset: dict[str, object]) -> None:
    form = Question.of(QUERY, tree).form.filter or Group(Kind.AND)
    assert matches(form, asset) == matches(tree, asset)


def test_each_node_is_counted_in_three_ways() -> None:
    tree = parse("a = 1 and any(b = 2, muted(c = 3), d = 4) and not e = 5")
    questions = {(one.path, one.measure): said(one.question) for one in node_questions(QUERY, tree)}
    assert questions == {
        ((), Measure.ALONE): "a = 1 and (b = 2 or d = 4) and not e = 5",
        ((0,), Measure.ALONE): "a = 1",
        ((0,), Measure.SO_FAR): "a = 1",
        ((0,), Measure.WITHOUT): "(b = 2 or d = 4) and not e = 5",
        ((1,), Measure.ALONE): "all(b = 2 or d = 4)",
        ((1,), Measure.SO_FAR): "a = 1 and (b = 2 or d = 4)",
        ((1,), Measure.WITHOUT): "a = 1 and not e = 5",
        ((1, 0), Measure.ALONE): "b = 2",
        ((1, 0), Measure.SO_FAR): "any(b = 2)",
        ((1, 0), Measure.WITHOUT): "a = 1 and any(d = 4) and not e = 5",
        ((1, 2), Measure.ALONE): "d = 4",
        ((1, 2), Measure.SO_FAR): "b = 2 or d = 4",
        ((1, 2), Measure.WITHOUT): "a = 1 and any(b = 2) and not e = 5",
        ((2,), Measure.ALONE): "all(not e = 5)",
        ((2,), Measure.SO_FAR): "a = 1 and (b = 2 or d = 4) and not e = 5",
        ((2,), Measure.WITHOUT): "a = 1 and (b = 2 or d = 4)",
        ((2, 0), Measure.ALONE): "e = 5",
        ((2, 0), Measure.SO_FAR): "not e = 5",
        ((2, 0), Measure.WITHOUT): "a = 1 and (b = 2 or d = 4)",
    }
    assert len({one.question for one in node_questions(QUERY, tree)}) == 12


def test_a_node_is_counted_with_the_case_it_inherits() -> None:
    tree = parse("case(a = x and any(b = y))")
    alone = {one.path: said(one.question) for one in node_questions(QUERY, tree) if one.measure is Measure.ALONE}
    assert alone[0,] == "case(a = x)"
    assert alone[1, 0] == "case(b = y)"


def test_nothing_is_asked_of_what_does_not_count() -> None:
    assert [one.path for one in node_questions(QUERY, parse("muted(a = 1) and muted(any(b = 2))"))] == [()]
    assert [one.path for one in node_questions(QUERY, edits.mute(parse("a = 1"), ()).tree)] == [()]


def test_too_many_nodes_are_refused() -> None:
    conditions = tuple(Condition("a", value=number) for number in range(MOST_NODES))
    assert len(node_questions(QUERY, Group(Kind.AND, conditions))) == 3 * MOST_NODES + 1
    muted = Condition("a", value=-1, muted=True)
    assert len(node_questions(QUERY, Group(Kind.AND, (*conditions, muted)))) == 3 * MOST_NODES + 1
    with pytest.raises(TooManyNodes, match="101 nodes"):
        node_questions(QUERY, Group(Kind.AND, (*conditions, Condition("b"))))


def test_notes_fill_in_as_answers_come() -> None:
    tree = parse("a = 1 and (b = 2 or c = 3)")
    questions = node_questions(QUERY, tree)
    answers: dict[Question, Count] = {}

    def notes() -> dict[tuple[int, ...], str]:
        return {path: note.text for path, note in notes_of(questions, answers).items()}

    assert notes()[()] == "…"
    assert notes()[0,] == "alone …  …"
    answers |= {asked("a = 1 and (b = 2 or c = 3)"): Count(1204), asked("a = 1"): Count(1377)}
    assert notes()[0,] == "alone 1,377  …"
    answers |= {asked("b = 2 or c = 3"): Count(9020), asked("a = 1 and b = 2"): Count(1000)}
    assert notes() == {
        (): "1,204",
        (0,): "alone 1,377  −7,816",
        (1,): "alone 9,020  −173  so far 1,204",
        (1, 0): "alone …  …",
        (1, 1): "alone …  +204  so far 9,020",
    }


def test_a_count_that_is_not_exact_is_marked_and_not_reckoned_with() -> None:
    tree = parse("a = 1 and b = 2")
    answers = dict.fromkeys((one.question for one in node_questions(QUERY, tree)), Count(1, exact=False))
    assert notes_of(node_questions(QUERY, tree), answers)[0,].text == "alone 1+"
