"""Lines, both ways, by example and wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.browse.query import Sort, TextQuery
from peekui.filters.expression.parse import ParseError, parse
from peekui.search.lines import parse_line, reference
from peekui.search.pasted import BadPaste, recognise
from peekui.search.searches import Search
from peekui.search.writing import to_line
from tests.search.searches import any_searches


@settings(max_examples=300, deadline=None)
@given(any_searches)
def test_every_search_comes_back_from_its_line(search: Search) -> None:
    line = to_line(search)
    assert parse_line(line) == search
    assert reference(line) is None
    assert recognise(line) is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"ab \"'\\()=<>:,~-@", "in:", "sort:", "not ", " = 1", "size:5", "all("]), max_size=15
    ).map("".join)
)
def test_any_text_is_read_or_refused_at_a_place_of_it_and_what_was_read_is_written_the_same(text: str) -> None:
    read = attempt(text)
    if isinstance(read, ParseError):
        assert 0 <= read.position <= len(text)
    else:
        assert parse_line(to_line(read)) == read


def attempt(text: str) -> Search | ParseError:
    try:
        return parse_line(text)
    except ParseError as error:
        return error


BEACH = TextQuery("sunset beach")


@pytest.mark.parametrize(
    ("line", "search"),
    [
        ("", Search()),
        ("sunset beach", Search(BEACH)),
        ("sunset  beach in:photos", Search(BEACH, collections=("photos",))),
        ("sunset in:photos beach", Search(BEACH, collections=("photos",))),
        ("status = DONE", Search(filter=parse("status = DONE"))),
        (
            "sunset beach status = DONE in:photos,videos key:title,description sort:-created_at",
            Search(
                TextQuery("sunset beach", ("title", "description")),
                parse("status = DONE"),
                ("photos", "videos"),
                Sort("created_at", descending=True),
            ),
        ),
        ("sort:score select:a,b.c size:50", Search(None, None, (), Sort("score"), ("a", "b.c"), 50)),
        ('in:"my own",\'it\\\'s\'', Search(collections=("my own", "it's"))),
        ('sort:-"-x"', Search(sort=Sort("-x", descending=True))),
        ("sunset beach not a = 1 or b exists", Search(BEACH, parse("not a = 1 or b exists"))),
        ("sunset beach (a in (1, 2) and b = 1) size:5", Search(BEACH, parse("a in (1, 2) and b = 1"), page_size=5)),
        ("a = in:x and b = 1", Search(filter=parse('a = "in:x" and b = 1'))),
        ("a in (in:x, 1) in:y", Search(filter=parse('a in ("in:x", 1)'), collections=("y",))),
        ("case:on status = DONE", Search(filter=parse("case(status = DONE)"))),
        ("status = DONE case:off", Search(filter=parse("nocase(status = DONE)"))),
        ('text:"status = DONE"', Search(TextQuery("status = DONE"))),
        ('"status = DONE" and so on', Search(TextQuery('"status = DONE" and so on'))),
        ("birds in flight (not tame)", Search(TextQuery("birds in flight (not tame)"))),
        ("it's 5\" wide", Search(TextQuery("it's 5\" wide"))),
    ],
)  # fmt: skip
def test_what_a_line_says(line: str, search: Search) -> None:
    assert parse_line(line) == search


@pytest.mark.parametrize(
    "line",
    [
        "sunset beach status = DONE in:photos,videos key:title,description sort:-created_at",
        "\"golden gate\" bridge created_at > -7d sort:-score size:20",
        'text:"status = DONE" not status = DONE',
        '(in:x = 1) in:"my photos"',
        'text:"all" (a = 1 or b = 2) and c = 3',
        'text:"ast_1"',
        'text:"@mine"',
        "case(status = DONE)",
    ],
)  # fmt: skip
def test_one_line_for_one_search(line: str) -> None:
    assert to_line(parse_line(line)) == line


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("sunset status = DONE beach", 22, "expected the end, “and” or “or”; found “beach”"),
        ("sunset status =", 16, "found the end"),
        ("sunset status = (DONE in:photos", 23, "found “in:photos”"),
        ("status = DONE in:a beach", 20, "found “beach”"),
        ("status = DONE in:a b = 1", 20, "found “b”"),
        ('a "never closed', 3, "this quote is never closed"),
        ('in:a,"b', 6, "this quote is never closed"),
        ("in: photos", 4, "expected a collection; found a blank"),
        ("in:a, b", 6, "expected a collection; found a blank"),
        ('in:"a"b', 7, "expected “,” or a blank; found “b”"),
        ("in:a x in:b", 8, "“in:” was said before"),
        ("sort:-", 7, "expected a field; found the end"),
        ("sort:a,b", 8, "“sort:” takes one value"),
        ("size:ten", 6, "expected a number from 1 to 1000"),
        ("size:0", 6, "expected a number"),
        ("size:٢٠٠٠", 6, "expected a number"),
        ("case:maybe a = 1", 6, "expected “on” or “off”"),
        ("sunset case:on", 13, "there is no filter"),
        ("key:title", 5, "there are no words"),
        ('sunset text:"x"', 13, "there are words to look for already"),
        ('in:"\\x"', 4, "unknown escape"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_column(line: str, column: int, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_line(line)
    assert (refused.value.column, reason in refused.value.reason) == (column, True), str(refused.value)


def test_a_saved_search_stands_alone() -> None:
    assert reference(" @late-ones ") == "late-ones"
    assert reference("@late ones") is None
    assert reference("@../x") is None


@pytest.mark.parametrize("text", ["{", '{"AND": 1}', "curl 'https://x", "curl https://x -d '{}'", '{"query": 1}'])
def test_what_looks_pasted_and_is_wrong_is_refused(text: str) -> None:
    if text == "{":
        assert recognise(text) is None
        return
    with pytest.raises(BadPaste):
        recognise(text)
