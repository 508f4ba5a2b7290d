"""What became of a search from one look to another, and looks that are kept."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from peekui.api.client import MixpeekClient
from peekui.browse.query import AssetQuery
from peekui.search.kept_looks import KeptLooks
from peekui.search.lines import parse_line
from peekui.search.looks import Changes, Look, compared, take_look
from peekui.search.searches import MOST_ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def look(ids: str, *, whole: bool = True, total: int | None = None) -> Look:
    """Make a look at assets with ids of one letter; a capital is one that changed."""
    states = {letter.lower(): letter for letter in ids}
    return Look(NOW, len(ids) if whole else total, states, whole)


@pytest.mark.parametrize(
    ("before", "now", "new", "changed", "gone"),
    [
        (look("abc"), look("abc"), "", "", ""),
        (look("abc"), look("xabC"), "x", "c", ""),
        (look("abc"), look("b"), "", "", "ac"),
        (look(""), look("ab"), "ab", "", ""),
        # d and e moved up or down over the edge of what is looked at: nothing is known of them.
        (look("abcd", whole=False), look("acde", whole=False), "", "", "b"),
        (look("abcd", whole=False), look("xabc", whole=False), "x", "", ""),
        (look("abc"), look("xab", whole=False), "x", "", ""),
        (look("ab", whole=False), look("cd", whole=False), "", "", ""),
    ],
)
def test_what_changed_is_said_as_far_as_it_can_be_told(
    before: Look, now: Look, new: str, changed: str, gone: str
) -> None:
    assert compared(before, now) == Changes([*new], [*changed], [*gone])


def test_changes_in_words() -> None:
    assert str(Changes(["a"], [], ["b", "c"])) == "1 new, 2 gone"
    assert str(Changes()) == "nothing new"
    assert not Changes()


async def test_a_look_costs_one_call_and_tells_whether_it_saw_all(demo: Service) -> None:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        there = (await client.collections(namespace=None)).results
        keys = tuple(item.key for item in there)
        calls = len(client.calls)
        seen = await take_look(client, AssetQuery(None, keys))
        assert len(client.calls) == calls + 1
        assert seen.whole
        assert seen.total == len(seen.states) == sum(item.count or 0 for item in there)
        assert all(len(state.split()) == 2 for state in seen.states.values())


def test_kept_looks_come_back_private_and_bounded(tmp_path: Path) -> None:
    looks = KeptLooks.of(tmp_path, "default@https://x")
    search = parse_line("sunset status = DONE")
    assert looks.last(search, "films") is None
    looks.keep(search, "films", look("abC"))
    assert looks.last(search, "films") == look("abC")
    assert looks.last(search, None) is None
    [path] = looks.folder.glob("*")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text('{"at": "x"')
    assert looks.last(search, "films") is None
    many = Look(NOW, 5000, {str(number): "" for number in range(5000)}, whole=True)
    looks.keep(search, "films", many)
    kept = looks.last(search, "films")
    assert kept
    assert (kept.total, len(kept.states), kept.whole) == (5000, MOST_ROWS, False)


def test_looks_of_long_ago_go(tmp_path: Path) -> None:
    looks = KeptLooks.of(tmp_path, "a")
    for number in range(205):
        search = parse_line(f"words {number}")
        looks.keep(search, None, look("a"))
        newest = max(looks.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert len(list(looks.folder.glob("*.json"))) == 200
    assert looks.last(parse_line("words 3"), None) is None
    assert looks.last(parse_line("words 204"), None)
