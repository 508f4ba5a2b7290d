"""Failures in groups, compared with the last visit, held against what is well, left out of a filter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.facts import Facts
from peekui.filters.nodes import Group, Kind
from peekui.triage.acknowledging import Acknowledgement
from peekui.triage.contrast import contrast
from peekui.triage.excluding import exclude
from peekui.triage.failures import UNSAID, Axis, group_failures
from peekui.triage.visits import Change, Visit, compare, next_visit
from tests.triage.rows import NOW, copy, failure

ROWS = [
    failure("a", {"type": "Cut", "message": "3 bytes missing"}, days_ago=2, modality="image", collection="photos"),
    failure("b", {"type": "Cut", "message": "70 bytes missing"}, days_ago=1, modality="image", collection="scans"),
    failure("c", "moov atom not found", days_ago=0.1, modality="video", collection="clips"),
    failure("d", {"type": "Cut", "message": "no end"}, collection="photos"),
    copy("fine"),
]


def test_groups_tell_who_where_and_when() -> None:
    first = group_failures(ROWS)[0]
    assert (first.key, first.count, first.share) == ("Cut: <n> bytes missing", 2, 0.5)
    assert first.asset_ids == ("a", "b")
    assert (first.modalities, first.collections) == ({"image": 2}, {"photos": 1, "scans": 1})
    assert (first.first_seen, first.last_seen) == (NOW - timedelta(days=2), NOW - timedelta(days=1))
    assert (first.sample_id, first.sample) == ("b", "Cut: 70 bytes missing")


@pytest.mark.parametrize(
    ("axis", "counts"),
    [
        (Axis.SIGNATURE, {"Cut: <n> bytes missing": 2, "Cut: no end": 1, "moov atom not found": 1}),
        (Axis.COLLECTION, {"photos": 2, "clips": 1, "scans": 1}),
        (Axis.MODALITY, {"image": 2, UNSAID: 1, "video": 1}),
        (Axis.TYPE, {"Cut": 3, UNSAID: 1}),
        (Axis.DAY, {"2026-11-22": 2, "2026-11-21": 1, "2026-11-20": 1}),
    ],
)
def test_every_axis_has_all_failures_once(axis: Axis, counts: dict[str, int]) -> None:
    groups = group_failures(ROWS, axis)
    assert list({group.key: group.count for group in groups}.items()) == list(counts.items())
    assert sorted(name for group in groups for name in group.asset_ids) == ["a", "b", "c", "d"]
    assert sum(group.share for group in groups) == pytest.approx(1)


def test_a_visit_knows_new_gone_back_and_growing() -> None:
    few = group_failures([failure("a", "one"), failure("b", "two")])
    assert compare(None, few, complete=True) == {}
    first = next_visit(None, few, NOW)
    more = group_failures([failure("a", "one"), failure("c", "one"), failure("d", "three")])
    assert compare(first, more, complete=True) == {
        "one": Change.GROWING, "three": Change.NEW, "two": Change.GONE,
    }  # fmt: skip
    assert Change.GONE not in compare(first, more, complete=False).values()
    second = next_visit(first, more, NOW)
    assert compare(second, few, complete=True) == {"two": Change.BACK, "three": Change.GONE}
    assert Visit.from_json(second.to_json()) == second


@pytest.mark.parametrize(
    "kept", [None, 3, {"at": "x", "signatures": {}}, {"at": NOW.isoformat(), "signatures": {"a": 1}}]
)
def test_a_visit_that_makes_no_sense_is_none(kept: object) -> None:
    assert Visit.from_json(kept) is None


def test_visits_stay_small() -> None:
    visit = None
    for number in range(3):
        causes = ["".join(chr(97 + int(digit)) for digit in str(10_000 * number + n)) for n in range(900)]
        groups = group_failures([failure(cause, cause) for cause in causes])
        visit = next_visit(visit, groups, NOW + timedelta(days=number))
    assert visit is not None
    assert len(visit.signatures) == 2000
    assert sum(known.count for known in visit.signatures.values()) == 900


def test_an_acknowledgement_holds_until_a_day_or_a_number() -> None:
    known = Acknowledgement("s", NOW, "being mended", until=NOW + timedelta(days=1), most=10)
    assert known.holds(10, NOW)
    assert not known.holds(11, NOW)
    assert not known.holds(10, NOW + timedelta(days=1))
    assert Acknowledgement("s", NOW).holds(10**9, NOW + timedelta(days=999))
    assert Acknowledgement.from_json("s", known.to_json()) == known
    assert Acknowledgement.from_json("s", {"at": "never"}) is None


def test_contrast_finds_what_the_failed_have_in_common() -> None:
    failed = [failure(f"f{n}", "x", metadata_json=f'{{"camera": "K1", "n": {n}}}') for n in range(30)]
    done = [copy(f"d{n}", metadata={"camera": "K2" if n % 10 else "K1", "n": n}) for n in range(100)]
    found = {one.field: one for one in contrast(failed, done)}
    assert "metadata.n" not in found
    camera = found["metadata.camera"]
    assert (camera.value, camera.failed, camera.failed_of, camera.done, camera.done_of) == ("K1", 30, 30, 10, 100)
    assert camera.lift == pytest.approx((30.5 / 31) / (10.5 / 101))
    assert contrast(failed, []) == contrast([], done) == []


def test_what_is_excluded_is_that_cause_alone() -> None:
    exclusion = exclude(ROWS, "Cut: <n> bytes missing")
    assert exclusion is not None
    assert (exclusion.left_out, exclusion.of, exclusion.also) == (2, 2, False)
    kept = [row.asset_id for row in ROWS if _matches(exclusion.node, row.error)]
    assert kept == ["c", "d", "fine"]


def test_too_many_texts_are_excluded_by_their_type_and_that_is_said() -> None:
    rows = [failure(f"f{n}", {"type": "Cut", "message": f"{n} bytes"}) for n in range(500)]
    exclusion = exclude([*rows, *ROWS], "Cut: <n> bytes")
    assert exclusion is not None
    assert exclusion.also
    assert not _matches(exclusion.node, ROWS[3].error)
    assert exclude([failure("a", None)], "no error was given") is None


def _matches(node: Group, error: object) -> bool:
    asset = Facts({} if error is None else {"error": error})  # type: ignore[dict-item]
    return evaluate(Group(Kind.AND, (node,)), asset).verdict is Verdict.TRUE
