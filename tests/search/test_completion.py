"""What is offered while a line is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.filters.schema import Schema
from peekui.search.completion import suggest_line

SCHEMA = Schema.of([("metadata.place", "keyword")], {"status": ["DONE", "FAILED"], "metadata.place": ["Lisbon"]})
COLLECTIONS = ["photos", "my films"]


def offered(text: str) -> list[str]:
    """What is offered at the mark `|`."""
    found = suggest_line(text.replace("|", ""), text.index("|"), SCHEMA, COLLECTIONS)
    return [choice.text for choice in found.choices]


def taken(text: str) -> str:
    """The text with the first offer taken at the mark `|`, which is put where the cursor goes."""
    plain = text.replace("|", "")
    after, cursor = suggest_line(plain, text.index("|"), SCHEMA, COLLECTIONS).taken(plain, 0)
    return f"{after[:cursor]}|{after[cursor:]}"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("|", ["text:", "in:", "key:"]),
        ("sunset sta|", ["status"]),
        ("sunset sel|", ["select:"]),
        ("sunset status |", ["=", "!="]),
        ("sunset status = |", ["DONE", "FAILED"]),
        ("sunset status = fa| in:photos", ["FAILED"]),
        ("status = DONE |", ["and", "or", "text:", "in:"]),
        ("status = DONE s|", ["sort:", "select:", "size:"]),
        ("status = DONE and pla|", ["metadata.place"]),
        ("in:|", ["photos", '"my films"']),
        ("sunset in:photos,fil|", ['"my films"']),
        ('in:"my|', ['"my films"']),
        ("key:pla|", ["metadata.place"]),
        ("sort:-sco|", ["score"]),
        ("case:|", ["on", "off"]),
        ("a = 1 in:photos so|", ["sort:"]),
    ],
)
def test_what_fits_is_offered_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("sunset sta|", "sunset status |"),
        ("status = DONE so|", "status = DONE sort:|"),
        ("sort:-sco|", "sort:-score |"),
        ("in:pho| sunset", "in:photos |sunset"),
        ("in:photos,fil|", 'in:photos,"my films" |'),
        ("sea status = fa| in:photos", "sea status = FAILED |in:photos"),
    ],
)
def test_an_offer_takes_the_place_of_the_word(text: str, after: str) -> None:
    assert taken(text) == after


@given(st.text(alphabet=st.sampled_from("as \"'\\()=:,-"), max_size=10), st.integers(0, 10))
def test_nothing_half_typed_is_too_odd(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    found = suggest_line(text, cursor, SCHEMA, COLLECTIONS)
    assert 0 <= found.start <= cursor <= found.end <= len(text)
