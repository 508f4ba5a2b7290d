"""Lines and places, both ways; what stands in the search line; words to mark."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.models import Collection, Namespace
from peekui.browse.place import Place
from peekui.browse.query import Sort, TextQuery
from peekui.filters.expression.parse import ParseError, parse
from peekui.search.lines import parse_line
from peekui.search.saved import SavedSearch
from peekui.search.searches import Search
from peekui.ui.entered import AskedPlace, NamedAsset, NamedSearch, Refused, place_of_saved, read_entered
from peekui.ui.lines import UnknownCollection, line_of, line_to_edit, read_line, search_of, searched
from peekui.ui.word_pattern import word_pattern
from tests.search.searches import any_searches

PHOTOS, CLIPS, UNNAMED, TWIN, OTHER_TWIN, CUNNING, IMPOSTOR = COLLECTIONS = [
    Collection(collection_id="col_1", collection_name="photos"),
    Collection(collection_id="col_2", collection_name="my clips, new"),
    Collection(collection_id="col_3"),
    Collection(collection_id="col_4", collection_name="twins"),
    Collection(collection_id="col_5", collection_name="twins"),
    Collection(collection_id="col_6", collection_name="in:\u202ea'\""),
    Collection(collection_id="col_7", collection_name="col_1"),
]
NAMESPACES = [Namespace(namespace_id="ns_1", namespace_name="media"), Namespace(namespace_id="ns_2")]
HERE = Place().with_namespaces(NAMESPACES, None).with_collections(COLLECTIONS)

chosen_ones = st.frozensets(st.sampled_from([item.key for item in COLLECTIONS]))


@st.composite
def places(draw: st.DrawFn) -> Place:
    return replace(searched(HERE, replace(draw(any_searches), collections=())), chosen=draw(chosen_ones))


@settings(max_examples=300, deadline=None)
@given(places(), places())
def test_every_place_comes_back_from_its_line_wherever_that_is_entered(place: Place, elsewhere: Place) -> None:
    assert read_line(elsewhere, line_of(place)) == place


@settings(max_examples=200, deadline=None)
@given(any_searches, st.lists(st.sampled_from(["photos", "my clips, new", "col_3", "in:\u202ea'\""]), unique=True))
def test_a_search_comes_back_from_its_place(search: Search, names: list[str]) -> None:
    search = replace(search, collections=tuple(names))
    found = search_of(searched(HERE, search))
    assert {*found.collections} == {*names}
    assert replace(found, collections=search.collections) == search


@settings(max_examples=200, deadline=None)
@given(places())
def test_words_typed_where_the_line_is_opened_are_the_words_and_the_rest_stays(place: Place) -> None:
    line, (start, end) = line_to_edit(place)
    typed = read_line(place, f"{line[:start]}other words{line[end:]}")
    assert typed == replace(place, text=TextQuery("other words", place.text.keys if place.text else ("*",)))


@settings(max_examples=200, deadline=None)
@given(places())
def test_words_typed_within_are_looked_for_as_well(place: Place) -> None:
    line, (start, end) = line_to_edit(place, within=True)
    assert start == end
    typed = read_line(place, f"{line[:start]}more{line[end:]}")
    assert replace(typed, text=None) == replace(place, text=None)
    assert typed.text
    assert typed.text.value.split() == [*(place.text.value.split() if place.text else ()), "more"]


def test_collections_go_by_name_unless_that_would_mean_another_one() -> None:
    everything = replace(HERE, chosen=frozenset(item.key for item in COLLECTIONS))
    names = ("photos", "my clips, new", "col_3", "col_4", "col_5", "in:\u202ea'\"", "col_7")
    assert search_of(everything).collections == names
    assert searched(HERE, Search(collections=("twins",))).chosen == {"col_4", "col_5"}
    assert searched(HERE, Search(collections=("col_1",))).chosen == {"col_1"}


def test_a_line_without_collections_asks_all_of_them() -> None:
    assert read_line(HERE.with_only("col_1"), "sunset").chosen == frozenset()


def test_a_collection_that_is_not_there_is_told_by_its_column() -> None:
    with pytest.raises(ParseError) as refused:
        read_line(HERE, "sunset in:photos,nowhere sort:a")
    assert (refused.value.column, refused.value.reason) == (18, "there is no collection “nowhere” here")
    with pytest.raises(UnknownCollection):
        searched(HERE, Search(collections=("nowhere",)))


def test_before_the_collections_are_known_their_names_are_kept() -> None:
    there = read_line(HERE.with_namespace("ns_2"), "sunset in:photos")
    assert there.chosen == {"photos"}
    assert there.with_collections([PHOTOS, CLIPS]).chosen == {"col_1"}


BUSY = searched(HERE, parse_line("sunset status = DONE in:photos sort:a"))
SIGNED = "?X-Amz-Signature=abc"
CONDITION = {"key": "a", "operator": "eq", "value": 1}
DATA = """-d '{"collections": ["photos"]}'"""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("beach in:photos", "beach in:photos", ""),
        ("A" * 64, f"file_hash = {'a' * 64}", "A file’s hash"),
        (f"https://x/y%20z.mp4{SIGNED}", "y z.mp4", "searches for its file, “y z.mp4”"),
        (json.dumps(CONDITION), "sunset a = 1 in:photos sort:a", "in place of the filter"),
        (json.dumps(CONDITION | {"operator": "neq"}), "sunset a != 1 in:photos sort:a", "To read it: "),
        (
            '{"collections": ["col_2"], "page": 3}',
            'in:"my clips, new"',
            "Enter asks it here. To read it: left out page",
        ),
        (f"curl https://HERE/v1/assets?page_size=5 {DATA}", "in:photos size:5", "Enter asks it here."),
        (f"curl https://else/v1/assets {DATA}", "in:photos", "Enter asks it here, not at https://else, and"),
        (f"curl https://here/ -H 'X-Namespace: films' {DATA}", "in:photos", "“films”: it is asked in this one"),
    ],
)
def test_what_was_pasted_becomes_the_place(text: str, line: str, said: str) -> None:
    entered = read_entered(BUSY, text, "https://here")
    assert isinstance(entered, AskedPlace)
    assert (line_of(entered.place), said in entered.said) == (line, True), entered


def test_a_request_is_asked_in_its_own_namespace() -> None:
    entered = read_entered(BUSY, f"curl https://here -H 'X-Namespace: ns_2' {DATA}", "https://here")
    assert isinstance(entered, AskedPlace)
    assert (entered.place.scope, {*entered.place.chosen}) == ("ns_2", {"photos"})
    assert "“ns_2”" in entered.said


def test_an_asset_and_a_saved_search_are_named() -> None:
    assert read_entered(BUSY, " ast_1 ", None) == NamedAsset("ast_1", "An asset’s id: Enter opens the asset.")
    named = read_entered(BUSY, f"https://x/ast_1/a.mp4{SIGNED}", None)
    assert isinstance(named, NamedAsset)
    assert read_entered(BUSY, "@late-ones", None) == NamedSearch("late-ones")


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("  sunset a = ", "column 13: expected", 12),
        ("in:nowhere", "column 4: there is no collection", 3),
        ('{"AND": [', "it is not JSON yet", None),
        ('{"collections": ["nowhere"]}', "there is no collection “nowhere” here", None),
    ],
)
def test_what_cannot_be_carried_out_is_refused(text: str, reason: str, position: int | None) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read_entered(HERE, text, None)
    assert refused.value.position == position


def test_the_place_of_a_saved_search() -> None:
    search = Search(TextQuery("sunset"), sort=Sort("a"))
    assert line_of(place_of_saved(BUSY, SavedSearch(search))) == "sunset sort:a"
    there = place_of_saved(BUSY, SavedSearch(replace(search, collections=("x",)), "ns_2"))
    assert (there.scope, {*there.chosen}) == ("ns_2", {"x"})
    with pytest.raises(Refused, match="namespace “films”"):
        place_of_saved(BUSY, SavedSearch(search, "films"))
    with pytest.raises(Refused, match="collection “x”"):
        place_of_saved(BUSY, SavedSearch(Search(filter=parse("a = 1"), collections=("x",))))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("sea", "Sea, SEAL, the_sea", ["Sea", "sea"]),
        ('"golden gate" a.b', "Golden Gates at the gate of a", ["Golden", "gate", "a"]),
        ("straße", "STRASSE straße Straße", ["straße", "Straße"]),
        ("写真", "港の写真.txt", ["写真"]),
        ("c++ (", "c d", ["c"]),
    ],
)
def test_words_are_found_whole_and_in_any_case(words: str, text: str, found: list[str]) -> None:
    pattern = word_pattern(words)
    assert pattern
    assert pattern.findall(text) == found


def test_without_words_there_is_nothing_to_mark() -> None:
    assert word_pattern("… (") is None
