"""The values that media extraction gives and the store keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["Damage", "Extract", "Facts", "Preview"]


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a file could not be read or decoded; becomes the asset's `error`.

    Attributes:
        type: Stable name of the kind of damage, such as `TruncatedImage`.
        message: One sentence with the particulars, without the path of the library's root.
    """

    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Extract:
    """Something really found in a file; becomes a feature.

    Attributes:
        modality: `video`, `image`, `text` or `audio`.
        type: What it is: `text_chunk`, `image_facts`, `video_segment`, `audio_segment`.
        start_time: Seconds from the beginning, for a segment of video or audio.
        end_time: Seconds from the beginning, for a segment of video or audio.
        text: The words, for text.
        metadata: Everything measured (offsets, levels, colours…).
        has_preview: Whether `render_preview` can draw a picture of it.
    """

    modality: str
    type: str
    start_time: float | None = None
    end_time: float | None = None
    text: str | None = None
    metadata: dict[str, JsonValue] = field(default_factory=dict)
    has_preview: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything extraction says of one file.

    Attributes:
        media_type: Sniffed from the content, never from the name: `image/jpeg`.
        modality: `video`, `image`, `text`, `audio`, or None for a kind that is not understood.
        metadata: Becomes the asset's metadata (title, width, camera…), JSON values only.
        extracts: Features in the order they occur.
        has_preview: Whether `render_preview` can draw a picture of the file.
        damage: Set when the file is FAILED; what was learnt before the damage is kept.
    """

    media_type: str
    modality: str | None = None
    metadata: dict[str, JsonValue] = field(default_factory=dict)
    extracts: tuple[Extract, ...] = ()
    has_preview: bool = False
    damage: Damage | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture, ready to be served."""

    media_type: str
    content: bytes
