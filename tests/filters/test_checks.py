"""What is found wrong with a filter, and what the fixes do."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.filters.checks import check
from peekui.filters.conflicts import Scope
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.meaning import active
from peekui.filters.nodes import LIST_VALUED, Condition, Group, Kind, Operator
from peekui.filters.paths import Path, walk
from peekui.filters.problems import Trouble
from peekui.filters.schema import Field, FieldType, Schema
from peekui.filters.wire import to_json
from tests.filters.trees import NOW, assets, matches, small_trees

SCHEMA: Final = Schema.of(
    indexes=[
        ("metadata.title", "keyword"),
        ("metadata.pages", "integer"),
        ("metadata.rating", "integer"),
        ("metadata.rating", "float"),
        ("metadata.public", "bool"),
        ("metadata.taken", "datetime"),
        ("metadata.mixed", "keyword"),
        ("metadata.mixed", "bool"),
        ("metadata.place", "geo"),
    ],
    seen={"status": ["FAILED", "DONE"], "metadata.mood": ["calm"]},
)
SMALL: Final = Schema({name: Field() for name in ("a", "a.b", "b", "c")})

UNKNOWN_KEY, NOT_INDEXED, WRONG_TYPE = Trouble.UNKNOWN_KEY, Trouble.NOT_INDEXED, Trouble.WRONG_TYPE
OTHER_CASE, EMPTY_GROUP, TOO_MANY = Trouble.OTHER_CASE, Trouble.EMPTY_GROUP, Trouble.TOO_MANY
DUPLICATE, CONTRADICTION, TAUTOLOGY = Trouble.DUPLICATE, Trouble.CONTRADICTION, Trouble.TAUTOLOGY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "status = FAILED and modality in (video, image) and none(metadata.title ~ 'draft', error exists)",
        "created_at > -7d and created_at < 2030-01-01 and metadata.taken = null",
        "metadata.pages > 1 and metadata.pages < 5 and metadata.rating >= 1.5 and metadata.public != false",
        "metadata.title = a and metadata.title = b",
        "metadata.mixed = x or metadata.mixed = true",
        "metadata exists and file_data exists and error.message ~ 'x'",
        "muted(nonsense = 1) and muted(all(status > 5, all()))",
        "status = FAILED or status = DONE",
    ],
)
def test_nothing_is_wrong(text: str) -> None:
    assert check(parse(text), SCHEMA, NOW) == ()


@pytest.mark.parametrize(
    ("text", "path", "trouble", "reason", "fixed"),
    [
        ("metadata.titel = x", (0,), UNKNOWN_KEY, "metadata.title is close", "metadata.title = x"),
        ("zebra = x", (0,), UNKNOWN_KEY, "no loaded row has zebra", "muted(zebra = x)"),
        ("metadata.mood = calm", (0,), NOT_INDEXED, "no index", "muted(metadata.mood = calm)"),
        ('metadata.pages > "5"', (0,), WRONG_TYPE, 'is an integer, not "5"', "metadata.pages > 5"),
        ("metadata.pages in (1, many)", (0,), WRONG_TYPE, "not many", "muted(metadata.pages in (1, many))"),
        ("metadata.title = 30", (0,), WRONG_TYPE, "is a keyword, not 30", 'metadata.title = "30"'),
        ('metadata.public = "true"', (0,), WRONG_TYPE, "is a boolean", "metadata.public = true"),
        ("metadata.taken > soon", (0,), WRONG_TYPE, "is a date, not soon", "muted(metadata.taken > soon)"),
        ("metadata.title > -7d", (0,), WRONG_TYPE, "not -7d", 'metadata.title > "-7d"'),
        ("metadata.place = here", (0,), WRONG_TYPE, "is a geo", "muted(metadata.place = here)"),
        ("metadata.pages ~ 5", (0,), WRONG_TYPE, "no words", 'muted(metadata.pages ~ "5")'),
        ("metadata.title > null", (0,), WRONG_TYPE, "a number, a text or a date", "muted(metadata.title > null)"),
        ("metadata.title = (a, b)", (0,), WRONG_TYPE, "a list is for in", "metadata.title in (a, b)"),
        ("metadata.title in (a, (b))", (0,), WRONG_TYPE, "single values", "metadata.title in (a)"),
        ('metadata.title = {"a": 1}', (0,), WRONG_TYPE, "one value", 'muted(metadata.title = {"a": 1})'),
        ("status = failed", (0,), OTHER_CASE, "says FAILED, not failed", "status = FAILED"),
        ("status in (failed, DONE)", (0,), OTHER_CASE, "says FAILED", "status in (FAILED, DONE)"),
        ("case(status != done)", (0,), OTHER_CASE, "says DONE", "case(status != DONE)"),
        ("error exists and any()", (1,), EMPTY_GROUP, "says nothing", "error exists"),
        ("error exists or all()", (1,), EMPTY_GROUP, "matches everything", "any(error exists)"),
        ("none(error exists, all())", (1,), EMPTY_GROUP, "nothing passes", "not error exists"),
        ("error exists and error exists", (1,), DUPLICATE, "error exists stands here twice", "error exists"),
        ("status = A and status = B", (1,), CONTRADICTION, "status = A and status = B", "status = A"),
        (
            "created_at > -1d and error exists and created_at < -2d",
            (2,),
            CONTRADICTION,
            "created_at > -1d and created_at < -2d",
            "created_at > -1d and error exists and muted(created_at < -2d)",
        ),
        (
            "error exists and (error missing and modality = video)",
            (1, 0),
            CONTRADICTION,
            "nothing matches",
            "error exists and (muted(error missing) and modality = video)",
        ),
        ("none(error exists, error missing)", (1,), CONTRADICTION, "not error exists", "not error exists"),
        ("metadata.title in ()", (0,), CONTRADICTION, "nothing matches", "muted(metadata.title in ())"),
        ("error exists or error missing", (), TAUTOLOGY, "everything", "muted(error exists or error missing)"),
        (
            "modality = video and (status = DONE or status != DONE)",
            (1,),
            TAUTOLOGY,
            "status = DONE or status != DONE",
            "modality = video",
        ),
    ],
)  # fmt: skip
def test_one_problem_with_its_place_and_its_fix(
    text: str, path: Path, trouble: Trouble, reason: str, fixed: str
) -> None:
    tree = parse(text)
    [problem] = check(tree, SCHEMA, NOW)
    assert (problem.path, problem.trouble) == (path, trouble)
    assert reason in problem.reason
    fixed_tree = problem.fix.apply(tree)
    assert active(fixed_tree) == active(parse(fixed))
    assert check(fixed_tree, SCHEMA, NOW) == ()


def test_a_list_lets_other_elements_meet_other_conditions() -> None:
    schema = Schema({"tags": Field(FieldType.KEYWORD), "name": Field(FieldType.KEYWORD, single=True)})
    for possible in ("tags = a and tags = b and tags > c", "name > b and name < c"):
        assert check(parse(possible), schema, NOW) == ()
    for impossible in ("tags = a and tags not in (a, b)", "name > b and name < b"):
        assert [problem.trouble for problem in check(parse(impossible), schema, NOW)] == [CONTRADICTION]


@pytest.mark.parametrize("kind", list(Kind))
def test_too_long_a_list_of_one_field_becomes_in(kind: Kind) -> None:
    operator = Operator.NE if kind is Kind.AND else Operator.EQ
    tree = Group(kind, tuple(Condition("metadata.title", operator, f"t{number}") for number in range(21)))
    [problem] = check(tree, SCHEMA, NOW)
    assert (problem.trouble, problem.fix.keeps_meaning) == (TOO_MANY, True)
    [condition] = problem.fix.apply(tree).children
    assert isinstance(condition, Condition)
    assert condition.operator in LIST_VALUED
    assert condition.value == [f"t{number}" for number in range(21)]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("length", [21, 400, 401])
def test_any_other_too_long_list_is_split(kind: Kind, length: int) -> None:
    tree = Group(kind, tuple(Condition(f"metadata.f{number}", Operator.GT, 1) for number in range(length)))
    schema = Schema({f"metadata.f{number}": Field() for number in range(length)})
    [problem] = check(tree, schema, NOW)
    split = problem.fix.apply(tree)
    assert check(split, schema, NOW) == ()
    assert longest_list(to_json(split)) <= 20
    for asset in ({}, {"metadata": {"f20": 2}}, {"metadata": {f"f{number}": 2 for number in range(length)}}):
        assert matches(split, asset) == matches(tree, asset)


def longest_list(data: Any) -> int:  # noqa: ANN401 - JSON can be anything
    """Give the length of the longest AND, OR or NOR list."""
    lists = [data[kind] for kind in Kind if kind in data]
    return max((max([len(nodes), *map(longest_list, nodes)]) for nodes in lists), default=0)


def test_a_truism_beside_nothing_but_muted_nodes_means_something() -> None:
    tree = parse("error exists or (all() and muted(status = DONE))")
    [problem] = check(tree, SCHEMA, NOW)
    assert not problem.fix.keeps_meaning
    assert matches(tree, {})
    assert not matches(problem.fix.apply(tree), {})


@settings(max_examples=1000, deadline=None)
@given(tree=small_trees, asset=assets)
def test_fixes_that_say_so_keep_the_meaning(tree: Group, asset: dict[str, Any]) -> None:
    for problem in check(tree, SMALL, NOW):
        if problem.fix.keeps_meaning:
            assert matches(problem.fix.apply(tree), asset) == matches(tree, asset), problem


@settings(max_examples=300, deadline=None)
@given(tree=small_trees)
def test_fixing_one_problem_after_another_comes_to_an_end(tree: Group) -> None:
    for _ in range(2 * len(list(walk(tree)))):
        problems = check(tree, SMALL, NOW)
        if not problems:
            return
        tree = problems[0].fix.apply(tree)
    assert check(tree, SMALL, NOW) == (), to_expression(tree)


@settings(max_examples=500, deadline=None)
@given(tree=small_trees, found=st.lists(assets, min_size=1, max_size=5))
def test_no_contradiction_and_no_tautology_is_a_false_alarm(tree: Group, found: list[dict[str, Any]]) -> None:
    asked_at_once = {path for path, _ in Scope.of(tree, ()).claims}
    for problem in check(tree, SMALL, NOW):
        if problem.trouble is CONTRADICTION and problem.path in asked_at_once:
            assert not any(matches(tree, asset) for asset in found), problem
        if problem.trouble is TAUTOLOGY and problem.path == ():
            assert all(matches(tree, asset) for asset in found), problem


SINGLE: Final = Schema({"a": Field(single=True)})
_VALUES: Final[list[Any]] = [None, True, "", "x", "y", "2024-05-01", "2024-05-02", 1, 1.5, 2, {}]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.builds(Condition, st.just("a"), st.sampled_from([Operator.EQ, Operator.NE]), st.sampled_from(_VALUES[:-1]))
        | st.builds(Condition, st.just("a"), st.sampled_from(["gt", "gte", "lt", "lte"]).map(Operator),
                    st.sampled_from(["x", "2024-05-01", 1, 2]))
        | st.builds(Condition, st.just("a"), st.sampled_from([Operator.EXISTS, Operator.IS_NULL]), st.booleans()),
        min_size=2,
        max_size=5,
        unique=True,
    )
)  # fmt: skip
def test_a_contradiction_is_found_exactly_where_no_value_will_do(conditions: list[Condition]) -> None:
    tree = Group(Kind.AND, tuple(conditions))
    told = any(problem.trouble is CONTRADICTION for problem in check(tree, SINGLE, NOW))
    # Between and beside the values above, one of each sort is enough.
    between = ["w", "xx", "2024-04-30", "2024-05-01T12:00:00", 0, 1.2, 3]
    possible = any(matches(tree, asset) for asset in ({}, *({"a": value} for value in [*_VALUES, *between, False])))
    assert told is not possible
