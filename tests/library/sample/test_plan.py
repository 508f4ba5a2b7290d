"""What the sample consists of, before and after it is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from peekui.library.sample.damage import DAMAGES
from peekui.library.sample.duplicates import COPIES
from peekui.library.sample.manifest import read_manifest
from peekui.library.sample.names import NASTY_NAMES
from peekui.library.sample.plan import ROOTS, plan

if TYPE_CHECKING:
    from pathlib import Path

NO_ASSETS = {"sidecar", "taxonomy", "description"}


def test_two_namespaces_six_collections_and_a_few_hundred_assets() -> None:
    assets = [file for file in plan(7, 1) if file.kind not in NO_ASSETS]
    assert {tuple(file.path.split("/")[:2]) for file in assets} == {
        ("media", "photos"),
        ("media", "clips"),
        ("media", "design"),
        ("media", "notes"),
        ("archive", "2019"),
        ("archive", "scans"),
    }
    assert 350 <= len(assets) <= 450


def test_every_medium_is_there() -> None:
    assert set(Counter(file.kind for file in plan(7, 1))) == NO_ASSETS | {
        "photo",
        "design",
        "animation",
        "film",
        "recording",
        "document",
        "note",
        "odd",
        "scan",
        "damaged",
    }
    endings = {file.path.rpartition(".")[2] for file in plan(7, 1) if file.damage is None}
    assert endings >= {"jpg", "png", "webp", "gif", "tif", "bmp"}
    assert endings >= {"mp4", "webm", "mov", "wav", "flac", "mp3", "ogg"}
    assert endings >= {"txt", "md", "csv", "json", "html", "pdf"}


def test_at_least_a_dozen_kinds_of_damage_in_the_plan() -> None:
    kinds = {file.damage for file in plan(7, 1) if file.damage is not None}
    assert kinds == {broken.kind for broken in DAMAGES}
    assert len(kinds) >= 24


def test_the_plan_is_the_disk(sample: Path) -> None:
    manifest = read_manifest(sample)
    assert manifest is not None
    found = {
        path.relative_to(sample).as_posix() for root in ROOTS for path in (sample / root).rglob("*") if path.is_file()
    }
    assert found | set(manifest.refused) == {file.path for file in plan(7, 1)}


def test_every_nasty_name_is_there_or_reported(sample: Path) -> None:
    manifest = read_manifest(sample)
    assert manifest is not None
    missing = {what: path for what, path in NASTY_NAMES.items() if not (sample / path).is_file()}
    assert set(missing.values()) <= set(manifest.refused)
    assert len(NASTY_NAMES) >= 40


def test_the_nasty_names_are_really_nasty() -> None:
    paths = "".join(NASTY_NAMES.values())
    assert all(
        sign in paths for sign in ("\x1b", "\n", "\u202e", "\u200d", "[/]", "[@click=app.quit]", "\udce9", "--", "\\")
    )
    assert any(len(path.rpartition("/")[2].encode("utf-8", "surrogateescape")) >= 200 for path in NASTY_NAMES.values())
    names = [path.rpartition("/")[2] for path in NASTY_NAMES.values()]
    assert any(name.startswith("-") for name in names)
    assert any(name.endswith(" ") for name in names)
    assert any(unicodedata.normalize("NFC", name) != name for name in names)
    directions = {unicodedata.bidirectional(sign) for sign in paths}
    assert {"R", "AL"} <= directions


def test_no_two_names_are_one_on_any_file_system() -> None:
    folded = Counter(unicodedata.normalize("NFC", file.path).casefold() for file in plan(7, 1))
    assert [path for path, count in folded.items() if count > 1] == []


def test_a_name_fits_with_room_for_a_sidecar() -> None:
    parts = [part.encode("utf-8", "surrogateescape") for file in plan(7, 1) for part in file.path.split("/")]
    assert max(map(len, parts)) <= 255


def test_dates_are_even_and_spread_over_years_up_to_november_2026() -> None:
    times = [file.mtime for file in plan(7, 1)]
    assert all(time % 2 == 0 for time in times)
    first, last = (dt.datetime.fromtimestamp(time, dt.UTC) for time in (min(times), max(times)))
    assert first.year == 2019
    assert (last.year, last.month) == (2026, 11)


def test_equal_names_with_different_content_are_common() -> None:
    names = Counter(file.path.rpartition("/")[2] for file in plan(7, 1) if file.kind == "photo")
    assert sum(count > 1 for count in names.values()) >= 5


def groups(sample: Path, root: str) -> list[list[str]]:
    """Paths of byte-identical assets in one namespace, oldest first; files without a twin are left out."""
    same: dict[str, list[tuple[int, str]]] = defaultdict(list)
    refused = read_manifest(sample)
    assert refused is not None
    for file in plan(7, 1):
        if file.kind not in NO_ASSETS and file.path.startswith(f"{root}/") and file.path not in refused.refused:
            digest = hashlib.sha256((sample / file.path).read_bytes()).hexdigest()
            same[digest].append((file.mtime, file.path))
    return [[path for _, path in sorted(group)] for group in same.values() if len(group) > 1]


def test_duplicates_are_exactly_those_that_are_meant(sample: Path) -> None:
    found = [group for root in ROOTS for group in groups(sample, root)]
    assert {len(group) for group in found} == {2, 3, 4, 5, 6}
    copies = {path for copied in COPIES for path in copied.paths}
    empty = {file.path for file in plan(7, 1) if file.damage == "empty"}
    for group in found:
        originals = [path for path in group if path.rpartition(".")[0] not in copies]
        assert len(originals) <= 1 or set(group) == empty


def test_duplicates_reach_across_collections_and_namespaces(sample: Path) -> None:
    collections = [{path.split("/")[1] for path in group} for group in groups(sample, "media")]
    assert max(map(len, collections)) >= 3
    throwback = next((sample / "media/photos/throwback").iterdir())
    assert throwback.read_bytes() in {path.read_bytes() for path in (sample / "archive/2019/best of").iterdir()}


def test_a_chain_of_copies_by_age(sample: Path) -> None:
    chain = next(group for group in groups(sample, "media") if any("Copy of Copy" in path for path in group))
    assert [path.count("opy") for path in chain] == [0, 1, 2, 3]


def test_the_oldest_may_have_the_odd_name(sample: Path) -> None:
    group = next(group for group in groups(sample, "media") if any("unnamed (37)" in path for path in group))
    assert "unnamed (37)" in group[0]


def test_scale_multiplies() -> None:
    one, three = plan(7, 1), plan(7, 3)
    assert 2.5 * len(one) < len(three) <= 3 * len(one)
    assert len({file.path for file in three}) == len(three)
    assert sum(file.damage is not None for file in three) == 3 * sum(file.damage is not None for file in one)
    assert {file.path for file in one} <= {file.path for file in three}
    assert len({file.path.split("/")[1] for file in three}) == len({file.path.split("/")[1] for file in one})


def test_a_larger_sample_begins_with_the_smaller_one() -> None:
    larger = {file.path: file for file in plan(7, 2)}
    notes = [file for file in plan(7, 1) if file.kind == "note"]
    assert all(
        larger[file.path].content(7) == file.content(7) and larger[file.path].mtime == file.mtime for file in notes
    )
