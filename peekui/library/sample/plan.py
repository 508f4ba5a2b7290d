"""The whole sample library as a list of files that need not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.library.sample.damage import plan_damage
from peekui.library.sample.duplicates import plan_duplicates
from peekui.library.sample.folders import plan_animations, plan_design, plan_notes, plan_scans
from peekui.library.sample.names import plan_nasty_names
from peekui.library.sample.oddities import plan_oddities
from peekui.library.sample.photos import plan_photos
from peekui.library.sample.reels import plan_reels
from peekui.library.sample.sidecars import plan_odd_metadata
from peekui.library.sample.taxonomy import plan_descriptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.library.sample.files import SampleFile

__all__ = ["FORMAT", "ROOTS", "plan"]

FORMAT = 1
"""Changes whenever the same seed and scale give other files."""

ROOTS = ("media", "archive")
"""The folders of the sample that become namespaces."""


def plan(seed: int, scale: int) -> tuple[SampleFile, ...]:
    """Every file of a sample, in the order of writing; equal for equal arguments.

    Args:
        seed: Chooses among samples of the same size.
        scale: 1 is about 400 files; N is about N times as many.
    """
    planned = tuple(_ordinary(seed, scale))
    return (*planned, *plan_duplicates(planned, scale), *plan_nasty_names())


def _ordinary(seed: int, scale: int) -> Iterator[SampleFile]:
    yield from plan_photos(seed, scale)
    yield from plan_design(scale)
    yield from plan_odd_metadata()
    yield from plan_animations(seed, scale)
    yield from plan_notes(seed, scale)
    yield from plan_scans(seed, scale)
    yield from plan_reels(scale)
    yield from plan_oddities()
    yield from plan_damage(scale)
    yield from plan_descriptions()
