"""Bytes to words: which encoding a text is in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: The words, without a byte order mark, with NUL as U+FFFD.
        encoding: Python's name of the encoding.
        replaced: How many undecodable places became U+FFFD.
    """

    text: str
    encoding: str
    replaced: int


def decode(content: bytes, *, cut: bool = False) -> Decoded:
    """Decode a text, never failing.

    A byte order mark decides; else UTF-8 when it fits; else UTF-8 with replacements when most of what is not ASCII
    does fit; else Windows-1252, the 8-bit code that most such files are in.

    Args:
        content: The bytes of the text.
        cut: Whether `content` was cut at a limit, so that its last character may be incomplete.

    Returns:
        The text, its encoding and the count of replaced places.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    if cut:
        content = _whole_characters(content, encoding)
    text = content.decode(encoding, "replace")
    replaced = text.count("\ufffd")
    if replaced and encoding == "utf-8" and replaced * 2 > sum(not character.isascii() for character in text):
        encoding = "cp1252"
        text = content.decode(encoding, "replace")
        replaced = text.count("\ufffd")
    # What a codec gives may hold NUL, but no half surrogates: looking for those would take longer than decoding.
    return Decoded(text.replace("\0", "\ufffd"), encoding, replaced)


def _whole_characters(content: bytes, encoding: str) -> bytes:
    if encoding not in {"utf-8", "utf-8-sig"}:
        return content[: len(content) - len(content) % _LONGEST_CHARACTER]
    for back in range(1, min(_LONGEST_CHARACTER, len(content)) + 1):
        if content[-back] >= 0xC0:  # the first byte of a character of several
            return content[:-back]
        if content[-back] < 0x80:
            break
    return content
