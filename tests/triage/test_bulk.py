"""Plans for assets picked by hand: what is found, what may go, what is left out; and the list of plans."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import pytest

from peekui.triage.plans.acts import ActKind
from peekui.triage.plans.bulk import VALUES_A_CALL, calls_to_find, find_assets, missing, plan_deletes
from peekui.triage.plans.journal import Journal, Outcome, journal_path
from peekui.triage.plans.listing import list_plans
from peekui.triage.plans.making import make_plan, plan_metadata
from peekui.triage.plans.metadata_line import BadMetadata, kind_of, read_metadata
from peekui.triage.plans.plan_file import write_plan
from peekui.triage.plans.running import run
from peekui.triage.rows import Row
from peekui.triage.scope import ROW_FIELDS
from tests.triage.rows import copy
from tests.triage.shelf import Between

if TYPE_CHECKING:
    from pathlib import Path

    from tests.triage.shelf import Shelf


async def found(shelf: Shelf, field: str, values: list[str], transport: Between | None = None) -> list[Row]:
    async with shelf.client(transport) as client:
        pages = find_assets(client, field, values, namespace=None, collections=["picked"], select=ROW_FIELDS)
        async with aclosing(pages):
            return [row async for page in pages for row in map(Row.of, page) if row]


async def test_picked_assets_are_looked_up_and_go_where_a_copy_stays(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("picked", {"a.txt": "1", "b.txt": "1", "c.txt": "1", "d.txt": "2", "e.txt": "3", "f.txt": "3"})
    there = shelf.assets("picked")
    titles = {there[title]["asset_id"]: title for title in "bcdef"} | {"ast_gone": "gone"}
    transport = Between()
    rows = await found(shelf, "asset_id", list(titles), transport)
    assert {row.title for row in rows} == {*"bcdef"}
    assert len(transport.requests) == 1
    assert [one.title for one in missing(titles, rows)] == ["gone"]
    copies = await found(shelf, "file_hash", sorted({row.file_hash or "" for row in rows}))
    assert len(copies) == 6
    acts, left_out = plan_deletes(rows, copies, "picked")
    assert {act.title: [titles.get(one, "a") for one in act.stays] for act in acts} == {"b": ["a"], "c": ["a"]}
    # The last copy stays, and so do copies that would all go.
    assert {one.title for one in left_out} == {"d", "e", "f"}
    plan = make_plan(acts, base_url=shelf.service.base_url, namespace=None)
    async with shelf.client() as client:
        with Journal.open(tmp_path / "journal", plan) as journal:
            assert {result.outcome async for result in run(client, plan, journal)} == {Outcome.DONE}
    assert sorted(shelf.assets("picked")) == ["a", "d", "e", "f"]


def test_what_is_protected_or_has_no_hash_is_left_out() -> None:
    rows = [copy("a", collection="vault"), copy("b", None)]
    acts, left_out = plan_deletes(rows, [*rows, copy("c")], "picked", frozenset({"vault"}))
    assert acts == []
    assert [one.why.partition(".")[0] for one in left_out] == [
        "It is in a protected collection",
        "It has no hash: nothing proves that there is another copy",
    ]


def test_calls_are_as_few_as_can_be() -> None:
    assert [calls_to_find(count) for count in (0, 1, VALUES_A_CALL, VALUES_A_CALL + 1)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("line", "read", "kind"),
    [
        ("triage = reviewed", ("triage", "reviewed"), "a text"),
        ("a=b = c", ("a", "b = c"), "a text"),
        ("stars = 5", ("stars", 5), "a number"),
        ('stars = "5"', ("stars", "5"), "a text"),
        ("checked = true", ("checked", True), "true or false"),
        ("note = null", ("note", None), "null"),
        ("tags = [1, 2]", ("tags", [1, 2]), "a list"),
        ('camera = {"model": "x"}', ("camera", {"model": "x"}), "an object"),
        ("rate = NaN", ("rate", "NaN"), "a text"),
    ],
)
def test_a_typed_value_keeps_its_type(line: str, read: tuple[str, Any], kind: str) -> None:
    assert read_metadata(line) == read
    assert kind_of(read[1]) == kind


@pytest.mark.parametrize("line", ["", "triage", "= x", "triage =", "a.b = 1"])
def test_a_line_without_name_or_value_is_refused(line: str) -> None:
    with pytest.raises(BadMetadata, match=r"It takes a name and a value|Only names of the top level"):
        read_metadata(line)


def test_plans_are_listed_with_how_far_they_are(tmp_path: Path) -> None:
    assert list_plans(tmp_path / "none") == []

    def planned(name: str, outcomes: list[Outcome]) -> None:
        rows = [copy(str(number)) for number in range(3)]
        plan = make_plan(plan_metadata(rows, {"x": 1}, "w"), base_url="http://x", namespace=None, about=name)
        write_plan(tmp_path / f"{name}.jsonl", plan)
        if outcomes:
            with Journal.open(journal_path(tmp_path / f"{name}.jsonl"), plan) as journal:
                for number, outcome in enumerate(outcomes, 1):
                    journal.begin(number)
                    journal.end(number, outcome)

    planned("whole", [Outcome.DONE, Outcome.REFUSED, Outcome.UNDONE])
    planned("new", [])
    planned("begun", [Outcome.DONE, Outcome.FAILED])
    (tmp_path / "broken.jsonl").write_text("no plan")
    (tmp_path / "other.txt").write_text("no plan either")
    plans = list_plans(tmp_path)
    assert [one.path.stem for one in plans][:2] == ["begun", "new"]
    by_name = {one.path.stem: one for one in plans}
    assert {name: (one.open, one.begun) for name, one in by_name.items()} == {
        "whole": (0, True), "new": (3, False), "begun": (2, True), "broken": (0, False),
    }  # fmt: skip
    assert by_name["begun"].acts == {ActKind.SET: 3}
    assert not by_name["broken"].readable
    assert "no plan of peekui's" in by_name["broken"].about
