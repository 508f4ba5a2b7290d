"""Triage: 100,000 errors into signatures, 100,000 assets into groups, and what the rows take.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.triage [--rows N]

Every error text is another one, so that nothing is gained by remembering texts; half of the assets are copies. Beside
the signatures stand the same rows counted by a key at hand, which is the least that grouping can cost.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from peekui.triage.duplicates import group_duplicates
from peekui.triage.failures import Axis, group_failures
from peekui.triage.keep_rules import KeepRule, effect
from peekui.triage.review import Review
from peekui.triage.rows import Row
from peekui.ui.triage.duplicate_groups import View, judge, list_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.ui.triage.duplicate_groups import Listed

Answer = TypeVar("Answer")

ROWS: Final = 100_000
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS: Final = (
    "image file is truncated ({0} bytes not processed)",
    "HTTP 503 for https://media.example/{0}?part={1}",
    "cannot open '/data/in/{0}/clip {1}.mp4': moov atom not found",
    "the sound ends after {0}.5 s of {1}.0 s",
    "worker 6f1e2c80-1111-2222-3333-{0:012} died at frame {1}",
    "CUDA out of memory: tried to allocate {0} MiB, {1} MiB are free",
    "the ending says image/png, the file holds text/html; asset ast_{0:024x}",
    "task task_{0:016x} timed out after {1} s",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    count = parser.parse_args().rows
    _measure_failures(count)
    _measure_copies(count)


def _measure_failures(count: int) -> None:
    rows, size = _sized(lambda: [_failure(number) for number in range(count)])
    print(f"{count:,} failed rows: {size / count:.0f} bytes each")
    bare = _timed("count by collection", lambda: Counter(row.collection for row in rows))
    groups, seconds = _taking(lambda: group_failures(rows))
    assert len(groups) == len(TEXTS)
    print(f"into {len(groups)} signatures (at most 5 s for 100,000): {seconds:.2f} s, ratio {seconds / bare:.0f}")
    _timed("into collections", lambda: group_failures(rows, Axis.COLLECTION))


def _measure_copies(count: int) -> None:
    rows, size = _sized(lambda: [_copy(number, count) for number in range(count)])
    print(f"{count:,} rows with metadata: {size / count:.0f} bytes each")
    groups, seconds = _taking(lambda: group_duplicates(rows))
    print(f"into {len(groups):,} groups of copies (at most 3 s for 100,000): {seconds:.2f} s")
    _timed("what a keep-rule would do to all of them", lambda: effect(groups, KeepRule()))
    unlinked = [replace(row, duplicate_of=None) for row in rows]
    for name, some in (("linked", rows), ("not linked", unlinked)):
        _, seconds = _taking(lambda: _listed(some))  # noqa: B023  (called at once)
        print(f"{name}: grouped, judged, listed and settled by the rule: {seconds:.2f} s")


def _listed(rows: list[Row]) -> Listed:
    """Give what the screen of duplicates lists, once the rule has settled what it wins."""
    review = Review(tuple(group_duplicates(rows)), KeepRule())
    judged = judge(review)
    list_groups(judged, review, View())
    return list_groups(judged, review.accepted_by_rule(), View())


def _failure(number: int) -> Row:
    text = TEXTS[number % len(TEXTS)].format(number, number * 7)
    moment = START + timedelta(seconds=number)
    return Row(
        asset_id=f"ast_{number:024x}",
        title=f"clip {number}.mp4",
        collection=f"col_{number % 20}",
        status="failed",
        modality=("video", "image", "audio")[number % 3],
        error={"type": "DecodeError", "message": text},
        created=moment,
        updated=moment,
    )


def _copy(number: int, count: int) -> Row:
    """Give an asset; the second half are copies of the first quarter, linked."""
    original = number if number < count // 2 else number % (count // 4)
    moment = START + timedelta(seconds=number)
    metadata = {"title": f"clip {original}", "file_name": f"clip {number}.mp4", "width": 1920, "tags": ["a", "b"]}
    return Row(
        asset_id=f"ast_{number:024x}",
        title=f"clip {original}",
        collection=f"col_{number % 20}",
        status="done",
        modality="video",
        size=1000 + number,
        file_hash=f"{original:064x}",
        duplicate_of=None if original == number else f"ast_{original:024x}",
        created=moment,
        updated=moment,
        metadata_json=json.dumps(metadata, separators=(",", ":")),
    )


def _sized(make: Callable[[], list[Row]]) -> tuple[list[Row], int]:
    """Give what was made and the bytes it takes."""
    gc.collect()
    tracemalloc.start()
    made = make()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return made, size


def _taking(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """Give an answer and the seconds of the processor's time that it took."""
    started = time.process_time()
    answer = work()
    return answer, time.process_time() - started


def _timed(what: str, work: Callable[[], object]) -> float:
    _, seconds = _taking(work)
    print(f"{what}: {seconds:.2f} s")
    return seconds


if __name__ == "__main__":
    main()
