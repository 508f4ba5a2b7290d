"""The expression language: there and back, by example, and wrong."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import MAX_TREE_DEPTH, Condition, Group, Kind, Operator
from tests.filters.trees import any_trees

AND, OR, NOR = Kind.AND, Kind.OR, Kind.NOR
A, B, C = (Condition(name, Operator.EQ, 1) for name in "abc")


@settings(max_examples=600, deadline=None)
@given(any_trees)
def test_every_tree_comes_back_from_its_expression(tree: Group) -> None:
    assert parse(to_expression(tree)) == tree


def test_the_deepest_tree_comes_back() -> None:
    tree = Group(AND, (A,))
    for number in range(MAX_TREE_DEPTH - 1):
        tree = Group(list(Kind)[number % 3], (tree,), case_sensitive=True, muted=True)
    assert parse(to_expression(tree)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Group(AND)),
        ("a = 1", Group(AND, (A,))),
        ("a = 1 and b = 1", Group(AND, (A, B))),
        ("a = 1 or b = 1 and c = 1", Group(OR, (A, Group(AND, (B, C))))),
        ("(a = 1 or b = 1) and c = 1", Group(AND, (Group(OR, (A, B)), C))),
        ("not a = 1 and b = 1", Group(AND, (Group(NOR, (A,)), B))),
        ("not (a = 1 and b = 1)", Group(NOR, (Group(AND, (A, B)),))),
        ("a = 1 and (b = 1 and c = 1)", Group(AND, (A, Group(AND, (B, C))))),
        ("none(a = 1, b = 1 or c = 1)", Group(NOR, (A, Group(OR, (B, C))))),
        ("all() and any() and none()", Group(AND, (Group(AND), Group(OR), Group(NOR)))),
        ("case(a = 1)", Group(AND, (A,), case_sensitive=True)),
        ("nocase(a = 1 or b = 1)", Group(OR, (A, B), case_sensitive=False)),
        ("muted(a = 1)", Group(AND, (Condition("a", Operator.EQ, 1, muted=True),))),
        ("muted(all(a = 1))", Group(AND, (A,), muted=True)),
        ("muted(case(not a = 1))", Group(NOR, (A,), case_sensitive=True, muted=True)),
    ],
)
def test_one_text_for_one_tree(text: str, tree: Group) -> None:
    assert parse(text) == tree
    assert to_expression(tree) == text


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a = FAILED", Condition("a", Operator.EQ, "FAILED")),
        ('a != "30"', Condition("a", Operator.NE, "30")),
        ("a > -1.5", Condition("a", Operator.GT, -1.5)),
        ("a >= 2024-05-01", Condition("a", Operator.GTE, "2024-05-01")),
        ("a < -7d", Condition("a", Operator.LT, RelativeTime(-7, "d"))),
        ('a <= "-7d"', Condition("a", Operator.LTE, "-7d")),
        ("a = true", Condition("a", Operator.EQ, value=True)),
        ('a ~ "two words"', Condition("a", Operator.TEXT, "two words")),
        ("a in (x, 1, null)", Condition("a", Operator.IN, ["x", 1, None])),
        ("a not in ()", Condition("a", Operator.NIN, [])),
        ("a exists", Condition("a", Operator.EXISTS, value=True)),
        ("a missing", Condition("a", Operator.EXISTS, value=False)),
        ("a is null", Condition("a", Operator.IS_NULL, value=True)),
        ("a is not null", Condition("a", Operator.IS_NULL, value=False)),
        ("entities[].node = image/jpeg", Condition("entities[].node", Operator.EQ, "image/jpeg")),
        ('"my key" = "and"', Condition("my key", Operator.EQ, "and")),
        ('a = (1, {"b": (null)})', Condition("a", Operator.EQ, [1, {"b": [None]}])),
        ("file_data.file_size_bytes > 10MB", Condition("file_data.file_size_bytes", Operator.GT, 10_000_000)),
        ("file_data.file_size_bytes > 3GiB", Condition("file_data.file_size_bytes", Operator.GT, 3 * 2**30)),
        ("file_data.file_size_bytes > 1001", Condition("file_data.file_size_bytes", Operator.GT, 1001)),
        (r'a = "\u202e\n"', Condition("a", Operator.EQ, "\u202e\n")),
    ],
)
def test_one_text_for_one_condition(text: str, condition: Condition) -> None:
    assert parse(text) == Group(AND, (condition,))
    assert to_expression(condition) == text


@pytest.mark.parametrize(
    ("lax", "canonical"),
    [
        ("  a=1   AND\n\tb<>2 ", "a = 1 and b != 2"),
        ("((a == 1))", "a = 1"),
        ("a = 'it\\'s \"x\"'", 'a = "it\'s \\"x\\""'),
        ("a ~ 2024", 'a ~ "2024"'),
        ("a > 1.5kB", "a > 1500"),
        ("a > 2gb and b > 1KiB", "a > 2000000000 and b > 1024"),
        ("a = TRUE and b = Null", "a = true and b = null"),
        ("all = none or in = exists", '"all" = "none" or "in" = "exists"'),
        ("case(case(a = 1))", "case(all(case(a = 1)))"),
        ("case(muted(a = 1 and b = 1))", "muted(case(a = 1 and b = 1))"),
        ("a = 007 or a = 1080p", "a = 007 or a = 1080p"),
    ],
)
def test_what_is_written_freely_is_printed_one_way(lax: str, canonical: str) -> None:
    assert to_expression(parse(lax)) == canonical
    assert to_expression(parse(canonical)) == canonical


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("a", 1, 2, "expected “=”, “!=”"),
        ("a = ", 1, 5, "expected a value, “(” or “{”; found the end"),
        ("a = 1 b = 2", 1, 7, "expected the end, “and” or “or”; found “b”"),
        ("(a = 1", 1, 7, "expected “and”, “or” or “)”; found the end"),
        ("a = 1 and\n  b == )", 2, 8, "expected a value"),
        ("a = 1)", 1, 6, "found “)”"),
        ('a = "x', 1, 5, "never closed"),
        ('a = 1 "b"', 1, 7, "expected the end"),
        ("# = 1", 1, 1, "expected a field"),
        ("\u202e = 1", 1, 1, r"found “\u202e”"),
        ('"" = 1', 1, 1, "the name of a field"),
        (r'a = 1 and b = "\q"', 1, 15, "unknown escape"),
        ("a = 2024-02-30", 1, 5, "no such date"),
        ("a = -7d", 1, 5, "a relative time is compared by"),
        ("a in (b, -7d)", 1, 10, "a relative time is compared by"),
        ("a > -9999999999d", 1, 5, "1,000 years"),
        ("a > 1.0001kB", 1, 5, "whole number of bytes"),
        ("a = 1e999", 1, 5, "too large"),
        ("a = " + "9" * 5000, 1, 5, "too long"),
        ("a is 3", 1, 6, "“not” or “null”"),
        ("a = {b: 1}", 1, 6, "a name in quotes"),
        ("not " * (MAX_TREE_DEPTH + 1) + "a = 1", 1, 409, "deeper than 100"),
        ("a = " + "(" * 200 + "1" + ")" * 200, 1, 1, "deeper than 100"),
    ],
)
def test_an_error_says_where_and_what(text: str, line: int, column: int, part: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column) == (line, column), error
    assert part in error.reason
    assert str(error).startswith(f"line {line}, column {column}: ")


def test_an_error_lists_what_was_expected() -> None:
    with pytest.raises(ParseError) as caught:
        parse("a = 1 b")
    assert caught.value.expected == ("the end", "and", "or")


CONDITIONS = ("a = 1", "b[] != 'x'", "c > -7d", "d in (1, (), x)", "e is not null", 'f ~ "g h"', "g = {}", "h missing")
JOINTS = (" and ", " or ", " and not ", ", ", " and none(", ") or (", ")", " and case(", "\n")
JUNK = (*"()\"'\\{},:<>=!~ #é\ud800\U0001f600", "-7d", "10MB", "2024-99-99", "[]", "1e999", "null", "is", "muted(")


def random_text(random: Random) -> str:
    """Give half a filter and half nonsense, in varying parts."""
    pieces = [piece for _ in range(random.randrange(4)) for piece in (random.choice(CONDITIONS), random.choice(JOINTS))]
    pieces.append(random.choice(CONDITIONS))
    for _ in range(random.choice((0, 0, 1, 2, 12))):
        pieces.insert(random.randrange(len(pieces) + 1), random.choice(JUNK))
    text = "".join(pieces)
    if random.random() < 0.3:
        cut = random.randrange(len(text))
        text = text[:cut] + text[cut + random.randrange(3) :]
    return text


def test_no_text_raises_anything_but_the_parse_error() -> None:
    random = Random(20)  # noqa: S311 - not for secrets
    read = 0
    for _ in range(100_000):
        text = random_text(random)
        tree = tree_or_none(text)
        if tree is not None:
            read += 1
            assert parse(to_expression(tree)) == tree
    assert 10_000 < read < 90_000


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_no_unicode_text_does_either(text: str) -> None:
    tree_or_none(text)


@pytest.mark.parametrize(
    "piece", ["(", "not ", "all(", "a = (", "a = {", "muted(", '"', "a = 1 and ", "xx", " ", "a\n"]
)
def test_however_long_it_is(piece: str) -> None:
    tree_or_none(piece * 10_000)


def tree_or_none(text: str) -> Group | None:
    """Read a text; None with an error that points into it."""
    try:
        return parse(text)
    except ParseError as error:
        place = (error.position, error.line, error.column)
    before = text[: place[0]]
    assert place == (len(before), before.count("\n") + 1, len(before) - before.rfind("\n"))
    return None


def test_printing_and_evaluating_need_no_parser() -> None:
    script = (
        "import sys, peekui.filters.checks, peekui.filters.edits, peekui.filters.explain, peekui.filters.culprits,"
        " peekui.filters.expression.parse, peekui.filters.expression.completion, peekui.filters.lenient;"
        "assert not {'lark', 'textual', 'httpx', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
