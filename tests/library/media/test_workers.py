"""A decoder that crashes, hangs or explodes costs one file; no process outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError, wait
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from peekui.library.media.damage import DamageError
from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits
from peekui.library.media.preview import PreviewError
from peekui.library.media.workers import DecoderPool
from tests.library.media import hostile_jobs as jobs

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = Limits(max_seconds=1.0)
SMALL = Limits(max_memory_bytes=200 * 1024 * 1024)
DEADLINE = 30.0


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    Image.new("RGB", (40, 30), "red").save(path)
    return path


def wait_until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_facts_are_the_same_as_without_a_process(picture: Path) -> None:
    with DecoderPool(1) as pool:
        assert pool.submit(inspect_file, picture).result(DEADLINE) == inspect_file(picture)
        assert pool.preview(picture, "image/png").content[8:12] == b"WEBP"


def test_each_of_many_files_gets_its_own_answer(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(200)]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    with DecoderPool(2) as pool:
        answers = [pool.submit(inspect_file, path) for path in paths]
        texts = [answer.result(DEADLINE).extracts[0].text for answer in answers]
    assert texts == [path.name for path in paths]


def test_a_missing_file_raises(tmp_path: Path) -> None:
    with DecoderPool(1) as pool:
        with pytest.raises(FileNotFoundError):
            pool.submit(inspect_file, tmp_path / "gone.png").result(DEADLINE)
        with pytest.raises(FileNotFoundError):
            pool.preview(tmp_path / "gone.png", "image/png")


@pytest.mark.parametrize(
    ("function", "limits", "damage", "words"),
    [
        (jobs.segfault, SHORT, "DecoderCrash", "SIGSEGV"),
        (jobs.abort, SHORT, "DecoderCrash", "SIGABRT"),
        (jobs.hang, SHORT, "TooSlow", "longer than 1 s"),
        (jobs.burn, SHORT, "TooSlow", "longer than 1 s"),
        (jobs.explode, SMALL, "TooMuchMemory", "more memory"),
    ],
)
def test_one_file_is_lost_and_the_others_in_its_batch_are_not(
    picture: Path, function: Callable[..., object], limits: Limits, damage: str, words: str
) -> None:
    with DecoderPool(1, limits=limits) as pool:
        before = pool.submit(inspect_file, picture)
        victim = pool.submit(function)
        after = [pool.submit(inspect_file, picture) for _ in range(5)]
        with pytest.raises(DamageError) as caught:
            victim.result(DEADLINE)
        assert caught.value.damage.type == damage
        assert words in caught.value.damage.message
        assert all(answer.result(DEADLINE).metadata["width"] == 40 for answer in [before, *after])


def test_a_preview_that_takes_too_long(picture: Path) -> None:
    with DecoderPool(1, limits=Limits(max_seconds=0.0)) as pool, pytest.raises(PreviewError, match="TooSlow"):
        pool.preview(picture, "image/png")


def test_a_huge_picture_within_the_pixel_limit_stays_within_the_memory_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (10_000, 10_000)).convert("L").save(path)
    with DecoderPool(1, limits=Limits(max_memory_bytes=80 * 1024 * 1024)) as pool:
        facts = pool.submit(inspect_file, path).result(DEADLINE)
    assert facts.damage is not None
    assert facts.damage.type == "TooMuchMemory"


def test_closing_cancels_what_is_under_way_and_ends_the_process() -> None:
    pool = DecoderPool(1)
    pid = pool.submit(jobs.own_pid).result(DEADLINE)
    under_way = pool.submit(jobs.hang)
    waiting = pool.submit(jobs.own_pid)
    pool.close()
    assert not is_running(pid)
    pool.close()
    for future in (under_way, waiting, pool.submit(jobs.own_pid)):
        with pytest.raises(CancelledError):
            future.result(DEADLINE)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_work_that_comes_after_the_end_is_seen_as_cancelled_by_who_waits_for_it(picture: Path) -> None:
    pool = DecoderPool(processes=1)
    pool.close()
    late = pool.submit(inspect_file, picture)
    assert late in wait([late], timeout=5).done
    assert late.cancelled()


def test_the_process_dies_with_its_parent_even_while_it_decodes(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = (
        "import sys; from pathlib import Path\n"
        "from peekui.library.media.workers import DecoderPool\n"
        "from tests.library.media.hostile_jobs import wait_holding_a_file\n"
        "if __name__ == '__main__':\n"
        "    DecoderPool(1).submit(wait_holding_a_file, Path(sys.argv[1])).result()\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    parent = subprocess.Popen([sys.executable, "-c", program, str(mark)], env=environment)
    try:
        assert wait_until(lambda: mark.exists() and mark.read_text(encoding="ascii") != "")
        child = int(mark.read_text(encoding="ascii"))
        assert is_running(child)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert wait_until(lambda: not is_running(child))
