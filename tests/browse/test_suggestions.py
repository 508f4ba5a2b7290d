"""What is offered while an expression is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.suggestions import Suggestion, Suggestions, suggest
from peekui.filters.schema import Schema

SCHEMA = Schema.of(
    [("metadata.place", "keyword"), ("metadata.wide open", "bool"), ("metadata.taken", "datetime")],
    {"status": ["DONE", "FAILED"], "metadata.place": ["Lisbon", "Old town"], "metadata.mood": ["calm"]},
)


def offered(text: str) -> list[str]:
    """What is offered at the mark `|`."""
    return [choice.text for choice in suggest(text.replace("|", ""), text.index("|"), SCHEMA).choices]


def taken(text: str) -> str:
    """The text with the first offer taken at the mark `|`, which is put where the cursor goes."""
    plain = text.replace("|", "")
    after, cursor = suggest(plain, text.index("|"), SCHEMA).taken(plain, 0)
    return f"{after[:cursor]}|{after[cursor:]}"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pla|", ["metadata.place"]),
        ("sta|", ["status"]),
        ("open|", ['"metadata.wide open"']),
        ("status = |", ["DONE", "FAILED"]),
        ("status = fa|", ["FAILED"]),
        ("status in (DONE, f|", ["FAILED"]),
        ("metadata.place = o|", ['"Old town"', "Lisbon"]),
        ('metadata.place = "old|', ['"Old town"']),
        ("metadata.taken > |", ["-1h", "-1d", "-7d", "-30d"]),
        ('"metadata.wide open" = t|', ["true"]),
        ("status |", ["=", "!="]),
        ("status = DONE |", ["and", "or"]),
        ("status = DONE a|", ["and"]),
        ("status = DONE|", []),
    ],
)
def test_what_is_offered_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first
    assert bool(offered(text)) == bool(first)


def test_every_field_is_offered_where_one_can_stand() -> None:
    assert {*SCHEMA.fields} <= {text.strip('"') for text in offered("|")}


def test_what_is_known_of_an_offer_is_said() -> None:
    assert suggest("metadata.mo", 11, SCHEMA).choices == (Suggestion("metadata.mood", "not indexed"),)
    assert suggest("metadata.pl", 11, SCHEMA).choices == (Suggestion("metadata.place", "keyword"),)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("pla|", "metadata.place |"),
        ("sta| = DONE", "status |= DONE"),
        ("status = fa|", "status = FAILED |"),
        ("mod|xyz = 1", "modality |= 1"),
    ],
)
def test_an_offer_takes_the_place_of_the_word(text: str, after: str) -> None:
    assert taken(text) == after


def test_what_opens_a_parenthesis_leaves_the_cursor_in_it() -> None:
    offers = Suggestions(0, 2, (Suggestion("any("),))
    assert offers.taken("an", 0) == ("any(", 4)


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_text_can_be_completed(text: str, cursor: int) -> None:
    offers = suggest(text, min(cursor, len(text)), SCHEMA)
    for index in range(len(offers.choices)):
        after, place = offers.taken(text, index)
        assert 0 <= place <= len(after)
