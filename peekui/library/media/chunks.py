"""Text in pieces of about a thousand characters, cut where a reader would pause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peekui.library.media.facts import Extract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.nodes import JsonValue

__all__ = ["CHUNK_CHARACTERS", "text_chunks"]

CHUNK_CHARACTERS = 1_000
_LEAST = 600
# From the best place to cut to the worst; between two of the same kind the later one wins.
_PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"[.!?…。！？]\s+|\n"), re.compile(r"\s+"))


def text_chunks(text: str, **more: JsonValue) -> Iterator[Extract]:
    """Cut a text into chunks.

    Args:
        text: Any text.
        more: Metadata that every chunk carries, such as the page.

    Yields:
        `text_chunk` extracts in order, whose metadata holds `start` and `end`: offsets in characters into the
        text. Blank stretches give none; no chunk is longer than `CHUNK_CHARACTERS`.
    """
    start = 0
    while start < len(text):
        end = _cut(text, start)
        piece = text[start:end]
        if words := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            span: dict[str, JsonValue] = {"start": first, "end": first + len(words)}
            yield Extract("text", "text_chunk", text=words, metadata={**more, **span})
        start = end


def _cut(text: str, start: int) -> int:
    end = start + CHUNK_CHARACTERS
    if end >= len(text):
        return len(text)
    for pause in _PAUSES:
        places = [match.end() for match in pause.finditer(text, start + _LEAST, end)]
        if places:
            return places[-1]
    return end
