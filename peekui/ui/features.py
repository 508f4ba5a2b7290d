"""The features of an asset to read: what was extracted, by modality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from peekui.ui.describe import scalar_text, shortened
from peekui.ui.untrusted import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from peekui.api.models import Feature

__all__ = ["describe_features"]

_MOST = 100
"""Features drawn of one modality; a film can have thousands."""
_INDENTED = (0, 0, 0, 7)


def describe_features(features: Mapping[str, list[Feature] | None]) -> Group:
    """Give the features of an asset by modality; a modality may be missing or null (mixpeek-api.md, section 5)."""
    parts: list[RenderableType] = []
    for modality, found in features.items():
        if found:
            parts += ["", Text(f"{one_line(modality)} ({len(found):,})", "bold")]
            parts += [part for number, feature in enumerate(found[:_MOST], 1) for part in _feature(number, feature)]
        if found and len(found) > _MOST:
            parts.append(Text(f"  … and {len(found) - _MOST:,} more", "dim"))
    return Group(*(parts or ["", Text("Nothing was extracted from this asset.", "dim")]))


def _feature(number: int, feature: Feature) -> Iterator[RenderableType]:
    span = ""
    if feature.start_time is not None and feature.end_time is not None:
        span = f"  {_clock(feature.start_time)}–{_clock(feature.end_time)}"
    name = one_line(feature.type or feature.modality or "feature")
    yield Text.assemble((f"  {number:>3}", "dim"), f"  {name}{span}")
    words = feature.text or feature.description
    if words:
        yield Padding(Text(shortened(visible(words))), _INDENTED)
    if feature.metadata:
        facts = " · ".join(f"{one_line(key)} {scalar_text(value)}" for key, value in feature.metadata.items())
        yield Padding(Text(shortened(facts), "dim"), _INDENTED)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
