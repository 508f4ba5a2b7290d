"""How much of a file, and of the machine, extraction may use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; what lies beyond one is damage or is left out and said so in the metadata.

    Attributes:
        max_file_bytes: Larger files are `TooLarge` (1 GB, as the hosted service: mixpeek-api.md, section 2).
        max_pixels: Pictures that claim more are a `DecompressionBomb`, before anything is decoded. Pillow's own
            net at 240 million stays in place below it.
        max_frames: Frames of an animation that are decoded; `frames` is absent when there are more.
        max_text_bytes: Bytes of a text that are read; `text_truncated` is set when there are more.
        max_pages: Pages of a document whose text is read.
        max_segments: Ten-second segments of a video or a sound that become features, three hours by default. A sound
            is decoded no further; `segments_truncated` is set.
        max_seconds: Time for one file in a worker process; beyond it is `TooSlow`.
        max_memory_bytes: Memory a worker process may add for a file; beyond it is `TooMuchMemory`.
    """

    max_file_bytes: int = 1_000_000_000
    max_pixels: int = 120_000_000
    max_frames: int = 1_000
    max_text_bytes: int = 4 * 1024 * 1024
    max_pages: int = 2_000
    max_segments: int = 1_080
    max_seconds: float = 60.0
    max_memory_bytes: int = 1024 * 1024 * 1024
