"""Where a browser can be, and the query each place stands for."""

from __future__ import annotations

from dataclasses import replace

from peekui.api.models import Collection, Namespace
from peekui.browse.place import ALL, Place

NAMESPACES = [Namespace(namespace_id="ns_1", namespace_name="media"), Namespace(namespace_id="ns_2"), Namespace()]
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
    query = replace(place().with_only("c2"), words="beach", failed_only=True, sort=1).query()
    assert query is not None
    assert query.body() == {
        "collections": ["c2"],
        "query": {"key": ["*"], "value": "beach"},
        "filters": {"AND": [{"key": "status", "operator": "eq", "value": "FAILED"}]},
        "sort": {"field": "created_at", "direction": "desc"},
    }


def test_clearing_peels_off_one_layer_at_a_time() -> None:
    narrowed = replace(place(), words="beach", failed_only=True)
    assert narrowed.narrowing() == "“beach” · status = FAILED"
    once = narrowed.cleared()
    assert (once.words, once.failed_only) == ("beach", False)
    assert not once.cleared().narrowed


def test_another_namespace_forgets_what_belonged_to_the_old_one() -> None:
    moved = replace(place(), words="beach", failed_only=True, sort=2).toggled("c1").with_namespace(1)
    assert (moved.scope, moved.words, moved.failed_only, moved.chosen) == ("ns_2", "", False, frozenset())
    assert moved.sort == 2


def test_crumbs() -> None:
    assert place().crumbs() == ("media", "all collections")
    assert place().toggled("c1").crumbs() == ("media", "photos")
