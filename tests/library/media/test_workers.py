"""A decoder that crashes, hangs or explodes costs one file; no process outlives its parent."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import CancelledError, wait
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_large_files_are_read_side_by_side(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with DecoderPool(2) as pool:
        ends = [pool.submit(jobs.open_end, pipe, end, size=250_000_000) for end in (os.O_RDONLY, os.O_WRONLY)]
        assert [end.result(DEADLINE) for end in ends] == [None, None]


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
    assert not psutil.pid_exists(pid)
    pool.close()
    for future in (under_way, waiting, pool.submit(jobs.own_pid)):
        with pytest.raises(CancelledError):
            future.result(DEADLINE)


def test_work_that_comes_after_the_end_is_seen_as_cancelled_by_who_waits_for_it(picture: Path) -> None:
    pool = DecoderPool(processes=1)
    pool.close()
    late = pool.submit(inspect_file, picture)
    assert late in wait([late], timeout=5).done
    assert late.cancelled()


def test_the_process_dies_with_its_parent_even_while_it_decodes() -> None:
    program = (
        "from peekui.library.media.workers import DecoderPool\n"
        "from tests.library.media.hostile_jobs import say_so_and_hang\n"
        "if __name__ == '__main__':\n"
        "    DecoderPool(1).submit(say_so_and_hang).result()\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"hanging\n"
        parent.kill()
        parent.communicate(timeout=DEADLINE)  # the pipe ends with the last process that holds it
