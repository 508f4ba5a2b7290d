"""Where a browser can be, and the query each place stands for."""

from __future__ import annotations

from dataclasses import replace

from peekui.api.models import Collection, Namespace
from peekui.browse.filter_parts import FAILED
from peekui.browse.place import ALL, SORTS, Place
from peekui.browse.query import Sort, TextQuery
from peekui.browse.remembered import RememberedPlace
from peekui.filters.expression.parse import parse
from peekui.filters.nodes import Group, Kind

NAMESPACES = [Namespace(namespace_id="ns_1", namespace_name="media"), Namespace(namespace_id="ns_2"), Namespace()]
FAILED_ONLY = Group(Kind.AND, (FAILED,))
BEACH = TextQuery("beach")
COLLECTIONS = [Collection(collection_id="c1", collection_name="photos"), Collection(collection_id="c2"), Collection()]


def place() -> Place:
    return Place().with_namespaces(NAMESPACES, None).with_collections(COLLECTIONS)


def test_opens_the_first_namespace_or_the_wanted_one_by_id_or_name() -> None:
    assert Place().with_namespaces(NAMESPACES, None).scope == "ns_1"
    assert Place().with_namespaces(NAMESPACES, "ns_2").scope == "ns_2"
    assert Place().with_namespaces(list(reversed(NAMESPACES)), "media").scope == "ns_1"
    assert Place().with_namespaces(NAMESPACES, "nowhere").scope == "ns_1"
    assert Place().with_namespaces([], None).namespace is None


def test_reloading_stays_in_the_open_namespace() -> None:
    there = Place().with_namespaces(NAMESPACES, "ns_2")
    assert there.with_namespaces(NAMESPACES, "ns_1").scope == "ns_2"


def test_nothing_chosen_asks_for_all_collections() -> None:
    query = place().query()
    assert query is not None
    assert query.body() == {"collections": ["c1", "c2"]}
    assert query.namespace == "ns_1"


def test_without_collections_there_is_nothing_to_ask() -> None:
    assert Place().query() is None


def test_choosing() -> None:
    both = place().toggled("c1").toggled("c2")
    assert both.chosen == {"c1", "c2"}
    assert both.toggled("c1").chosen == {"c2"}
    assert both.with_only("c1").chosen == {"c1"}
    assert both.with_only(ALL).chosen == both.toggled(ALL).chosen == frozenset()
    assert both.with_collections(COLLECTIONS[:1]).chosen == {"c1"}


def test_search_filter_and_sort_are_in_the_body() -> None:
    there = replace(place().with_only("c2"), text=BEACH, sort=Sort("created_at", descending=True))
    query = there.with_filter(FAILED_ONLY).query()
    assert query is not None
    assert query.body() == {
        "collections": ["c2"],
        "query": {"key": ["*"], "value": "beach"},
        "filters": {"AND": [{"key": "status", "operator": "eq", "value": "FAILED"}]},
        "sort": {"field": "created_at", "direction": "desc"},
    }


def test_clearing_peels_off_one_layer_at_a_time() -> None:
    narrowed = replace(place(), text=BEACH, filter=parse("status = FAILED and modality = video"))
    assert narrowed.narrowing() == "“beach” · status = FAILED and modality = video"
    assert narrowed.nothing()[0] == "Nothing matches “beach” · status = FAILED and modality = video"
    once = narrowed.cleared()
    assert (once.text, once.filter) == (BEACH, None)
    assert not once.cleared().narrowed


def test_clearing_a_search_takes_the_order_by_its_score_along_and_then_come_the_fields() -> None:
    there = replace(place(), text=BEACH, sort=Sort("score"), select=("status",), page_size=5)
    once = there.cleared()
    assert (once.text, once.sort, once.select) == (None, None, ("status",))
    assert once.narrowed
    twice = once.cleared()
    assert (twice.select, twice.page_size, twice.narrowed) == (None, None, False)
    assert replace(there, sort=Sort("created_at")).cleared().sort == Sort("created_at")


def test_the_fields_that_are_asked_for_are_fetched_and_the_id_with_them() -> None:
    query = replace(place(), select=("status", "metadata.title")).query()
    assert query is not None
    assert query.select == ("status", "metadata.title", "asset_id")
    assert replace(place(), select=("asset_id", "status")).query() == replace(query, select=("asset_id", "status"))


def test_collections_that_were_chosen_by_name_before_they_were_known_are_found() -> None:
    there = replace(place(), collections=(), chosen=frozenset({"photos", "c2", "gone"}))
    assert there.with_collections(COLLECTIONS).chosen == {"c1", "c2"}


def test_where_words_are_looked_for_and_which_fields_there_are_is_said() -> None:
    there = replace(place(), text=TextQuery("beach", ("title", "notes")), select=("status",))
    assert there.narrowing() == "“beach” in title, notes · only status"


def test_another_namespace_forgets_what_belonged_to_the_old_one() -> None:
    narrowed = replace(place(), text=BEACH, filter=FAILED_ONLY, sort=Sort("a")).toggled("c1")
    moved = narrowed.with_namespace("ns_2")
    assert (moved.scope, moved.text, moved.filter, moved.chosen) == ("ns_2", None, None, frozenset())
    assert moved.sort == Sort("a")


def test_sorting_goes_round_the_common_orders() -> None:
    places = [place()]
    for _ in SORTS:
        places.append(places[-1].with_next_sort())
    assert [there.sort for there in places] == [*(sort for _, sort in SORTS), None]
    assert [there.narrowing() for there in places[:3]] == ["", "newest first", "oldest first"]


def test_after_another_order_the_common_ones_begin_anew() -> None:
    assert replace(place(), sort=Sort("metadata.iso")).with_next_sort().sort == SORTS[1][1]


def test_sorting_by_a_field_again_turns_round_and_then_stops() -> None:
    one = place().sorted_by("size", descending=True)
    assert one.sort == Sort("size", descending=True)
    assert one.narrowing() == "by size, descending"
    other = one.sorted_by("size", descending=True)
    assert other.sort == Sort("size")
    assert other.narrowing() == "by size, ascending"
    assert other.sorted_by("size", descending=True).sort is None
    assert other.sorted_by("name").sort == Sort("name")
    assert other.sorted_by(None).sort is None


def test_crumbs() -> None:
    assert place().crumbs() == ("media", "all collections")
    assert place().toggled("c1").crumbs() == ("media", "photos")


def test_a_filter_with_nothing_in_it_is_none() -> None:
    assert place().with_filter(Group(Kind.AND)) == place().with_filter(None) == place()


def test_a_filter_that_is_muted_is_kept_but_not_sent() -> None:
    there = place().with_filter(parse("muted(status = FAILED)"))
    query = there.query()
    assert query
    assert there.narrowed
    assert not there.failed_only
    assert "filters" not in query.body()


def test_a_long_filter_is_shortened_in_a_sentence() -> None:
    narrowing = (
        place().with_filter(parse(" and ".join(f"metadata.field = {number}" for number in range(99)))).narrowing()
    )
    assert len(narrowing) == 120
    assert narrowing.endswith("…")


def test_a_spot_leads_back_with_its_filter() -> None:
    there = place().with_filter(parse("created_at > -7d and muted(status = FAILED)"))
    assert place().at(there.spot) == there
    spot = RememberedPlace("ns_1", filter=there.filter)
    assert Place.remembered(spot, None).filter == there.filter
    assert Place.remembered(spot, "ns_2").filter is None
