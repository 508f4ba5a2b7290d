"""Writing the sample: once, repeatably, after an interruption, and never over anybody's file."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from peekui.library.errors import LibraryError
from peekui.library.sample import sample_directory, write_sample, writer
from peekui.library.sample.files import SampleFile
from peekui.library.sample.manifest import MANIFEST_NAME, Manifest, read_manifest, write_manifest
from peekui.library.sample.plan import FORMAT, plan

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

DATE = 1_700_000_000


def words(text: str) -> Callable[[random.Random], bytes]:
    return lambda dice: f"{text} {dice.random()}".encode()


SMALL = tuple(
    SampleFile(path, DATE, "note", words(path), source=path)
    for path in ("media/notes/a.txt", "media/notes/b.txt", "archive/2019/c.txt")
)


def planned(files: tuple[SampleFile, ...]) -> Callable[[int, int], tuple[SampleFile, ...]]:
    """A plan that is the same for every seed and scale."""
    return lambda *_: files


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of three files, for tests of the writing alone."""
    monkeypatch.setattr(writer, "plan", planned(SMALL))


def everything(directory: Path) -> dict[str, tuple[int, bytes]]:
    """Modification time and content of every file below a directory."""
    return {
        str(path.relative_to(directory)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in directory.rglob("*")
        if path.is_file() and path.name != MANIFEST_NAME
    }


def test_two_writes_are_equal_in_names_bytes_and_times(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path)
    first, second = everything(sample), everything(tmp_path)
    assert list(first) != []
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_returns_a_root_for_each_namespace(sample: Path) -> None:
    assert write_sample(sample) == (sample / "media", sample / "archive")


def test_another_seed_gives_other_content() -> None:
    ours, others = plan(7, 1)[0], plan(8, 1)[0]
    assert ours.content(7) != others.content(8)


@pytest.mark.usefixtures("small")
def test_a_complete_sample_is_left_alone(tmp_path: Path) -> None:
    write_sample(tmp_path)
    (tmp_path / "media/notes/a.txt").write_text("edited by its user")
    (tmp_path / "media/notes/b.txt").unlink()
    before = everything(tmp_path)
    write_sample(tmp_path)
    assert everything(tmp_path) == before


SOME = 150
"""How many real files the tests with processes of their own write."""

WRITE_SOME = f"""
import os, pathlib, sys
from peekui.library.sample import writer
from peekui.library.sample.plan import plan

writer.plan = lambda *which: plan(*which)[:{SOME}]
target = pathlib.Path(sys.argv[1])
"""

WRITE = f"{WRITE_SOME}\nwriter.write_sample(target)"

DIE_IN_THE_MIDDLE = f"""{WRITE_SOME}
write, written = pathlib.Path.write_bytes, []

def half(path, content):
    written.append(path)
    if len(written) == 60:
        write(path, content[: len(content) // 2])
        os._exit(9)
    write(path, content)

pathlib.Path.write_bytes = half
writer.write_sample(target)
"""


def is_as_planned(target: Path, sample: Path) -> bool:
    """Whether a directory holds the first `SOME` files of the sample and nothing else."""
    whole = everything(sample)
    return everything(target) == {str(Path(file.path)): whole[str(Path(file.path))] for file in plan(7, 1)[:SOME]}


def test_a_write_that_was_killed_is_finished(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "sample"
    killed = subprocess.run([sys.executable, "-c", DIE_IN_THE_MIDDLE, str(target)], check=False, timeout=60)
    assert killed.returncode == 9
    manifest = read_manifest(target)
    assert manifest is not None
    assert not manifest.complete
    assert len(everything(target)) >= 60
    subprocess.run([sys.executable, "-c", WRITE, str(target)], check=True, timeout=60)
    assert is_as_planned(target, sample)
    assert read_manifest(target) == replace(manifest, complete=True)


def test_two_processes_may_write_the_same_sample(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "sample"
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(target)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in writers] == [0, 0]
    assert is_as_planned(target, sample)


@pytest.mark.usefixtures("small")
def test_what_an_interruption_left_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path)
    unfinished = json.loads((tmp_path / MANIFEST_NAME).read_text())
    (tmp_path / MANIFEST_NAME).write_text(json.dumps({**unfinished, "complete": False}))
    (tmp_path / "media/notes/b.txt").unlink()
    made: list[str] = []
    content = SampleFile.content

    def counted(file: SampleFile, seed: int) -> bytes:
        made.append(file.path)
        return content(file, seed)

    monkeypatch.setattr(SampleFile, "content", counted)
    write_sample(tmp_path)
    assert made == ["media/notes/b.txt"]


@pytest.mark.usefixtures("small")
def test_a_folder_with_somebodys_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(LibraryError, match="neither empty nor a sample") as raised:
        write_sample(tmp_path)
    assert raised.value.sentence.endswith("choose another folder.")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("place", [lambda path: path.write_text("mine"), lambda path: path.mkdir()])
def test_what_is_in_the_way_is_not_overwritten(tmp_path: Path, place: Callable[[Path], object]) -> None:
    write_manifest(tmp_path, Manifest(FORMAT, 7, 1))
    path = tmp_path / "media/notes/b.txt"
    path.parent.mkdir(parents=True)
    place(path)
    with pytest.raises(LibraryError, match="in the way"):
        write_sample(tmp_path)
    assert path.is_dir() or path.read_text() == "mine"


@pytest.mark.usefixtures("small")
@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.touch()
    directory = tmp_path / "sample"
    (directory / "media/notes").mkdir(parents=True)
    write_manifest(directory, Manifest(FORMAT, 7, 1))
    (directory / "media/notes/b.txt").symlink_to(outside)
    with pytest.raises(LibraryError, match="in the way"):
        write_sample(directory)
    assert outside.read_bytes() == b""


@pytest.mark.usefixtures("small")
def test_another_sample_in_the_directory_is_refused(tmp_path: Path) -> None:
    write_sample(tmp_path, seed=1)
    with pytest.raises(LibraryError, match=r"seed 1, scale 1"):
        write_sample(tmp_path, seed=2)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "seed": 1, "scale": 1}', "\x00"])
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST_NAME).write_text(text)
    with pytest.raises(LibraryError, match="is damaged"):
        write_sample(tmp_path)


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be written"):
        write_sample(tmp_path / "file" / "sample")


@pytest.fixture
def failing_touch(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes creating `b.txt` fail with an error."""
    touch = Path.touch

    def install(error: BaseException) -> None:
        def fail(path: Path, *, exist_ok: bool) -> None:
            if path.name == "b.txt":
                raise error
            touch(path, exist_ok=exist_ok)

        monkeypatch.setattr(Path, "touch", fail)

    return install


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EILSEQ, "Invalid or incomplete multibyte or wide character"),
        OSError(errno.ENAMETOOLONG, "File name too long"),
        UnicodeEncodeError("latin-1", "朝", 0, 1, "ordinal not in range(256)"),
    ],
)
def test_a_name_that_the_file_system_refuses_is_reported(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing_touch: Callable[[BaseException], None],
    caplog: pytest.LogCaptureFixture,
    error: BaseException,
) -> None:
    nasty = tuple(replace(file, may_be_refused=True) for file in SMALL)
    monkeypatch.setattr(writer, "plan", planned(nasty))
    failing_touch(error)
    write_sample(tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert manifest.complete
    assert manifest.refused == ("media/notes/b.txt",)
    assert "media/notes/b.txt" in caplog.text
    assert (tmp_path / "archive/2019/c.txt").exists()


@pytest.mark.usefixtures("small")
def test_a_full_disk_is_told_and_the_rest_comes_later(
    tmp_path: Path, failing_touch: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_touch(OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(LibraryError, match="No space left on device"):
        write_sample(tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(writer, "plan", planned(SMALL))
    write_sample(tmp_path)
    assert len(everything(tmp_path)) == len(SMALL)


def test_each_sample_has_a_directory_of_its_own(tmp_path: Path) -> None:
    places = {sample_directory(tmp_path, seed=seed, scale=scale) for seed in (1, 2) for scale in (1, 2)}
    assert len(places) == 4
    assert {place.parent for place in places} == {tmp_path}


@pytest.mark.parametrize("scale", [0, -1])
def test_a_scale_below_one_makes_no_sense(tmp_path: Path, scale: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        write_sample(tmp_path / "sample", scale=scale)
    assert not (tmp_path / "sample").exists()
