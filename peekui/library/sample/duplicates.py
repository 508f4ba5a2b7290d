"""Byte-identical copies, the way they come about: press kits, backups, "(1)", copies of copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from peekui.library.sample.files import SampleFile, again, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["COPIES", "Copies", "plan_duplicates"]

_DAY = 86400
_LATEST = moment(2026, 11, 15)


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of one file.

    Attributes:
        pattern: The path of the original; its file name may hold wild cards.
        rank: Which of the fitting files, in order of their names.
        paths: Where the copies are, without the ending, which is the original's.
        days: How much younger than the original the first copy is; each further copy is as much younger again.
            Negative: the copies are older, so the file that looks like the original is the duplicate.
    """

    pattern: str
    rank: int
    paths: tuple[str, ...]
    days: int = 3


COPIES: tuple[Copies, ...] = (
    # Two of them, in one folder.
    Copies("media/photos/2026-02 Lofoten/*", 2, ("media/photos/2026-02 Lofoten/IMG_copy (1)",)),
    # Three, across collections and under other names.
    Copies(
        "media/photos/2026-02 Lofoten/*",
        4,
        ("media/design/press kit/hero", "media/photos/best of/aurora-hero"),
    ),
    # Four.
    Copies(
        "media/photos/2026-04 Lisbon/*",
        1,
        (
            "media/photos/best of/lisbon",
            "media/design/press kit/lisbon-wide",
            "media/clips/posters/lisbon-teaser",
        ),
    ),
    # Five.
    Copies(
        "media/design/Polaris/logo.png",
        0,
        (
            "media/design/Polaris/logo (1)",
            "media/design/press kit/polaris",
            "media/design/uploads/logo-FINAL-final2",
            "media/clips/posters/watermark",
        ),
    ),
    # Six, a whole folder of backups.
    Copies(
        "media/photos/2025-11 Kyoto/*",
        3,
        tuple(f"media/photos/backups/disk {letter}/kyoto" for letter in "ABCDE"),
        days=30,
    ),
    # A chain: each is a copy of the copy before.
    Copies(
        "media/notes/2026/*",
        0,
        (
            "media/notes/drafts/plan (copy)",
            "media/notes/drafts/Copy of plan (copy)",
            "media/notes/drafts/Copy of Copy of plan (copy) FINAL",
        ),
        days=9,
    ),
    # The oldest has the worst name: what looks like the original is the duplicate.
    Copies("media/photos/2026-08 Hanoi/*", 1, ("media/photos/inbox/unnamed (37)",), days=-200),
    # A letter, scanned once and filed three times.
    Copies("archive/scans/batch 16/*", 0, ("archive/scans/contracts/lease", "archive/2019/paperwork/lease (scan)")),
    # The archive's own picture came back into the media library: equal bytes in two namespaces.
    Copies("archive/2019/Reykjavik/*", 0, ("media/photos/throwback/reykjavik", "archive/2019/best of/aurora")),
    # A broken file was copied before anybody looked.
    Copies("media/photos/card recovery/IMG_4431.jpg", 0, ("media/photos/card recovery/retry/IMG_4431",)),
)
"""The groups of duplicates; with the originals they have 2 to 6 members."""


def plan_duplicates(planned: Sequence[SampleFile], scale: int) -> Iterator[SampleFile]:
    """The copies of `COPIES`, once for each round.

    Args:
        planned: Everything that can be copied.
        scale: How many rounds there are.
    """
    folders: dict[str, list[SampleFile]] = {}
    for file in sorted(planned, key=lambda file: file.path):
        if file.kind != "sidecar":
            folders.setdefault(file.path.rpartition("/")[0], []).append(file)
    for repetition in range(scale):
        for copies in COPIES:
            folder, _, name = copies.pattern.rpartition("/")
            fitting = [file for file in folders[again(folder, repetition)] if fnmatchcase(file.path, f"*/{name}")]
            original = fitting[copies.rank]
            ending = original.path[original.path.rindex(".") :]
            for number, path in enumerate(copies.paths, 1):
                folder, _, stem = path.rpartition("/")
                when = min(original.mtime + copies.days * _DAY * number, _LATEST + number * 60)
                yield replace(original, path=f"{again(folder, repetition)}/{stem}{ending}", mtime=when)
