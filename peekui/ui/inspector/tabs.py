"""Which tabs an asset has: some always, one for each modality that something was extracted of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Sized

__all__ = ["OVERVIEW", "Kind", "Tab", "modality_name", "tab_names", "tabs_for"]

_LONGEST = 20


class Kind(StrEnum):
    """Kinds of tab; the value is the id of the widget that shows it."""

    OVERVIEW = "overview-tab"
    FEATURES = "features-tab"
    TASK = "task-tab"
    COPIES = "copies-tab"
    JSON = "json-tab"


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab.

    Attributes:
        kind: What it shows.
        modality: Of the features it shows; empty for another kind.
    """

    kind: Kind
    modality: str = ""


OVERVIEW = Tab(Kind.OVERVIEW)
_TITLES = {Kind.OVERVIEW: "Overview", Kind.TASK: "Task", Kind.COPIES: "Duplicates", Kind.JSON: "JSON"}


def tabs_for(modalities: Mapping[str, Sized]) -> tuple[Tab, ...]:
    """Give the tabs of an asset, from left to right."""
    features = (Tab(Kind.FEATURES, modality) for modality in modalities)
    return (OVERVIEW, *features, Tab(Kind.TASK), Tab(Kind.COPIES), Tab(Kind.JSON))


def tab_names(tabs: Sequence[Tab], current: int, modalities: Mapping[str, Sized]) -> list[tuple[str, str]]:
    """Name tabs with their keys, each in full and in brief; the one on show is named in full both times."""
    names = []
    for number, tab in enumerate(tabs, 1):
        title = _TITLES.get(tab.kind) or modality_name(tab.modality, modalities.get(tab.modality))
        names.append((f"{number} {title}", f"{number} {title}" if number - 1 == current else f"{number}"))
    return names


def modality_name(modality: str, found: Sized | None) -> str:
    """Name the features of a modality with their number; None for one that is not known yet."""
    count = "…" if found is None else f"{len(found):,}"
    return f"{one_line(modality[:_LONGEST]).capitalize()} {count}"
