"""Plans against the real service: what is refused, what a run does, what it never does twice, what is taken back."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from peekui.api.errors import Forbidden
from peekui.triage.duplicates import group_duplicates
from peekui.triage.keep_rules import Criterion, KeepRule, decide
from peekui.triage.plans.acts import ActKind, Plan, PlanRefused
from peekui.triage.plans.journal import Journal, Outcome, journal_path, read_journal
from peekui.triage.plans.making import make_plan, plan_drops, plan_metadata
from peekui.triage.plans.plan_file import read_plan, write_plan
from peekui.triage.plans.running import Result, check_service, dry_run, open_acts, run, running_alone
from peekui.triage.plans.undoing import undo
from tests.triage.rows import copy
from tests.triage.shelf import Between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from peekui.triage.rows import Row
    from tests.triage.shelf import Shelf

OLDEST = KeepRule((Criterion.OLDEST,))


def drops(rows: Sequence[Row], shelf: Shelf, *, merge: bool = False, protected: frozenset[str] = frozenset()) -> Plan:
    rule = KeepRule(OLDEST.criteria, protected=protected)
    decisions = []
    for group in group_duplicates(rows):
        gone = set(decide(group, rule).drop)
        decisions.append((group, frozenset(row.asset_id for row in group.members if row.asset_id not in gone)))
    acts = plan_drops(decisions, "test", merge=merge)
    return make_plan(acts, base_url=shelf.service.base_url, namespace=None, protected=protected, about="A test")


@contextmanager
def journal(plan: Plan, folder: Path) -> Iterator[Journal]:
    with Journal.open(folder / "journal", plan) as opened:
        yield opened


async def carry_out(shelf: Shelf, plan: Plan, folder: Path, transport: Between | None = None) -> list[Result]:
    async with shelf.client(transport) as client:
        with journal(plan, folder) as opened:
            return [result async for result in run(client, plan, opened)]


def outcomes(results: Sequence[Result]) -> dict[str, str]:
    return {result.act.title: result.outcome for result in results}


async def test_copies_go_and_the_oldest_stays(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("gone", {"a.txt": "1", "b.txt": "1", "c.txt": "1", "d.txt": "2", "e.txt": "2", "f.txt": "3"})
    plan = drops(await shelf.rows("gone"), shelf)
    path = tmp_path / "x.plan"
    write_plan(path, plan)
    assert read_plan(path) == plan
    assert (plan.totals, plan.spare_bytes, plan.calls) == ({ActKind.DELETE: 3}, 3, 9)
    async with shelf.client() as client:
        assert {result.outcome async for result in dry_run(client, plan, {})} == {Outcome.DONE}
    assert len(shelf.assets("gone")) == 6
    transport = Between()
    assert outcomes(await carry_out(shelf, plan, tmp_path, transport)) == {"b": "done", "c": "done", "e": "done"}
    assert len(transport.requests) == plan.calls
    assert sorted(shelf.assets("gone")) == ["a", "d", "f"]
    assert await carry_out(shelf, plan, tmp_path) == []


async def test_what_changed_is_gone_or_protected_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    names = {f"{letter}{n}.txt": letter for letter in "pqrs" for n in (1, 2)}
    shelf.put("refused", names)
    rows = await shelf.rows("refused")
    plan = drops(rows, shelf)
    by_title = {row.title: row for row in rows}
    with shelf.service.http() as http:
        http.patch(f"/v1/assets/{by_title['p2'].asset_id}", json={"metadata": {"x": 1}}).raise_for_status()
        http.delete(f"/v1/assets/{by_title['q2'].asset_id}").raise_for_status()
        http.delete(f"/v1/assets/{by_title['r1'].asset_id}").raise_for_status()
    async with shelf.client() as client:
        before = {result.act.title: result.why async for result in dry_run(client, plan, {}) if result.why}
    results = await carry_out(shelf, plan, tmp_path)
    said = {result.act.title: result.why for result in results if result.outcome is Outcome.REFUSED}
    assert said == before
    assert said == {
        "p2": "It changed since the plan was made: time of its last change.",
        "q2": "It is not there any more.",
        "r2": "It is the last copy, as far as the plan knows: no copy that stays is there with the same hash.",
    }
    assert sorted(shelf.assets("refused")) == ["p1", "p2", "q1", "r2", "s1"]
    # A file that was edited by hand asks for what `make_plan` would never have put there.
    collection = by_title["p1"].collection
    edited = Plan("id", plan.made, plan.base_url, None, plan.acts, frozenset({collection}))
    async with shelf.client() as client:
        whys = {result.why async for result in dry_run(client, edited, {}) if result.act.title == "p2"}
    assert whys == {"It is in a protected collection."}


@pytest.mark.parametrize(
    ("rows", "keep", "protected"),
    [
        ([copy("a"), copy("b")], {"a"}, frozenset({"c"})),
        ([copy("a"), copy("b", collection="")], {"a"}, frozenset({"c", ""})),
    ],
)
def test_no_plan_is_made_that_drops_what_is_protected(
    rows: Sequence[Row], keep: set[str], protected: frozenset[str]
) -> None:
    acts = plan_drops([(group, frozenset(keep)) for group in group_duplicates(rows)], "test")
    with pytest.raises(PlanRefused, match="protected"):
        make_plan(acts, base_url="http://x", namespace=None, protected=protected)


def test_no_plan_is_made_of_two_that_drop_each_others_copy() -> None:
    [group] = group_duplicates([copy("a"), copy("b")])
    acts = [*plan_drops([(group, frozenset("a"))], "one"), *plan_drops([(group, frozenset("b"))], "other")]
    with pytest.raises(PlanRefused, match="last copy"):
        make_plan(acts, base_url="http://x", namespace=None)


async def test_metadata_is_merged_before_a_copy_goes_and_can_be_taken_back(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("merge", {"a.txt": "m", "b.txt": "m"}, {"b.txt": {"rights": "ours", "title": "b"}})
    plan = drops(await shelf.rows("merge"), shelf, merge=True)
    assert [act.kind for act in plan.acts] == [ActKind.FILL, ActKind.DELETE]
    before = shelf.assets("merge")["a"]["metadata"]

    def refuse_edits(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(500) if request.method == "PATCH" else None

    results = await carry_out(shelf, plan, tmp_path, Between(refuse_edits))
    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.FAILED]
    assert results[1].why == "Act 1 must be done before it, and is not."
    assert [result.outcome for result in await carry_out(shelf, plan, tmp_path)] == [Outcome.DONE, Outcome.DONE]
    [asset] = shelf.assets("merge").values()
    assert asset["metadata"] == before | {"rights": "ours"}
    async with shelf.client() as client:
        with journal(plan, tmp_path) as opened:
            back = [result async for result in undo(client, plan, opened)]
    assert [(result.act.kind, result.outcome) for result in back] == [
        (ActKind.DELETE, Outcome.FAILED), (ActKind.FILL, Outcome.UNDONE),
    ]  # fmt: skip
    assert shelf.assets("merge")["a"]["metadata"] == before
    assert await carry_out(shelf, plan, tmp_path) == []


async def test_undo_leaves_alone_what_somebody_edited_since(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("undo", {"a.txt": "1", "b.txt": "2"})
    rows = await shelf.rows("undo")
    before = {title: asset["metadata"] for title, asset in shelf.assets("undo").items()}
    acts = plan_metadata(rows, {"triage": "reviewed"}, "looked at")
    plan = make_plan(acts, base_url=shelf.service.base_url, namespace=None)
    assert set(outcomes(await carry_out(shelf, plan, tmp_path)).values()) == {"done"}
    assert {asset["metadata"]["triage"] for asset in shelf.assets("undo").values()} == {"reviewed"}
    with shelf.service.http() as http:
        http.patch(
            f"/v1/assets/{shelf.assets('undo')['a']['asset_id']}", json={"metadata": {"x": 1}}
        ).raise_for_status()
    async with shelf.client() as client:
        with journal(plan, tmp_path) as opened:
            back = outcomes([result async for result in undo(client, plan, opened)])
            again = outcomes([result async for result in undo(client, plan, opened)])
    assert back == {"a": "failed", "b": "undone"}
    assert again == {"a": "failed"}
    after = {title: asset["metadata"] for title, asset in shelf.assets("undo").items()}
    assert after == {"a": before["a"] | {"triage": "reviewed", "x": 1}, "b": before["b"]}


async def test_a_run_with_a_fifth_of_all_calls_failing_loses_nothing(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("faults", {f"{n // 4}-{n % 4}.txt": str(n // 4) for n in range(60)}, {"3-1.txt": {"rights": "ours"}})
    plan = drops(await shelf.rows("faults"), shelf, merge=True)
    chance = random.Random(20)  # noqa: S311
    changed: list[str] = []

    def before(request: httpx.Request) -> httpx.Response | None:
        if chance.random() < 0.1:
            raise httpx.ReadError("broken")
        return None

    def after(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if request.method != "GET" and answer.is_success:
            changed.append(f"{request.method} {request.url.path}")
        if chance.random() < 0.1:
            raise httpx.ReadTimeout("lost")
        return None

    for runs in range(50):  # noqa: B007  (asserted below)
        results = await carry_out(shelf, plan, tmp_path, Between(before, after))
        if not results:
            break
    assert 1 < runs < 49
    entries = read_journal(tmp_path / "journal", plan)
    assert {entry.outcome for entry in entries.values()} == {Outcome.DONE}
    assert entries.keys() == plan.numbers
    assert len(changed) == len(set(changed)) == len(plan.acts)
    left = shelf.assets("faults")
    assert sorted(left) == sorted(f"{n}-0" for n in range(15))
    assert left["3-0"]["metadata"]["rights"] == "ours"


async def test_what_every_act_would_meet_with_ends_the_run(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("forbidden", {"a.txt": "z", "b.txt": "z", "c.txt": "z"})
    plan = drops(await shelf.rows("forbidden"), shelf)

    def read_only(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(403) if request.method != "GET" else None

    with pytest.raises(Forbidden):
        await carry_out(shelf, plan, tmp_path, Between(read_only))
    entries = read_journal(tmp_path / "journal", plan)
    assert [entry.outcome for entry in entries.values()] == [Outcome.FAILED]
    assert open_acts(plan, entries) == list(plan.acts)
    assert len(shelf.assets("forbidden")) == 3


def test_a_torn_line_never_happened_and_a_damaged_journal_stops_everything(tmp_path: Path) -> None:
    plan = make_plan(plan_metadata([copy("a"), copy("b")], {"x": 1}, "w"), base_url="http://x", namespace=None)
    path = journal_path(tmp_path / "x.plan")
    with Journal.open(path, plan) as opened:
        opened.begin(1, {"y": 2})
        opened.end(1, Outcome.DONE, after={"x": 1, "y": 2})
    whole = path.read_text()
    path.write_text(f'{whole}{{"act": 2, "sta')
    with Journal.open(path, plan) as opened:
        assert opened.entries.keys() == {1}
        opened.begin(2)
    assert read_journal(path, plan)[2].begun
    assert read_journal(path, plan)[2].outcome is None
    path.write_text(f"{whole}nonsense\n")
    with pytest.raises(PlanRefused, match="is damaged"), Journal.open(path, plan):
        pass
    other = make_plan(plan_metadata([copy("a")], {"x": 1}, "w"), base_url="http://x", namespace=None)
    path.write_text(whole)
    with pytest.raises(PlanRefused, match="another plan"):
        read_journal(path, other)


LINE = '{"act": 1, "do": "delete", "asset_id": "a", "before": {}, "request": {"method": "DELETE"}}'
HEADER = (
    '{"peekui_plan": 1, "id": "i", "made": "2026-01-01T00:00:00+00:00", "base_url": "http://x", "namespace": null,'
    ' "protected": []}'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no plan of peekui's"),
        ("hello", "no plan of peekui's"),
        ('{"peekui_plan": 2}', "newer peekui"),
        ('{"peekui_plan": 1}', "not whole"),
        (f"{HEADER}\n{LINE}\n{LINE}", "two acts with one number"),
        (f"{HEADER}\nhello", ":2: this act cannot be read"),
        (f"{HEADER}\n{LINE.replace('DELETE', 'PATCH')}", ":2: this act has not what"),
        (f"{HEADER}\n{LINE.replace('delete', 'set metadata').replace('DELETE', 'PATCH')}", "not the metadata"),
        (f'{HEADER}\n{LINE.replace(": 1,", ": true,")[:-1]}, "needs": ["x"]}}', "cannot be read"),
    ],
)
def test_what_is_no_plan_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.plan"
    path.write_text(text)
    with pytest.raises(PlanRefused, match=said):
        read_plan(path)


def test_a_plan_belongs_to_its_service_and_runs_alone(tmp_path: Path) -> None:
    def made_for(base_url: str) -> Plan:
        return make_plan((), base_url=base_url, namespace=None)

    check_service(made_for("http://127.0.0.1:5000"), "http://localhost:6000")
    check_service(made_for("https://api.example"), "https://api.example")
    for wrong in ("https://other.example", "http://api.example", "http://127.0.0.1:5000"):
        with pytest.raises(PlanRefused, match="was made for"):
            check_service(made_for("https://api.example"), wrong)
    with pytest.raises(PlanRefused, match="read-only"):
        check_service(made_for("https://api.example"), "https://api.example", read_only=True)
    lock = tmp_path / "lock"
    with running_alone(lock), pytest.raises(PlanRefused, match="Another plan"), running_alone(lock):
        pass
    with running_alone(lock):
        pass


async def test_a_number_is_not_a_yes(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("typed", {"a.txt": "t"}, {"a.txt": {"flag": 1}})
    plan: Any = make_plan(
        plan_metadata(await shelf.rows("typed"), {"flag": True}, "w"), base_url=shelf.service.base_url, namespace=None
    )
    await carry_out(shelf, plan, tmp_path)
    assert shelf.assets("typed")["a"]["metadata"]["flag"] is True
