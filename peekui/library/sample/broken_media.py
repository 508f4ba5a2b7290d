"""Ways to break films, recordings and PDF documents; each gives the bytes of a file that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.library.sample.documents import locked_pdf, pdf
from peekui.library.sample.films import Film, shoot
from peekui.library.sample.pictures import encode
from peekui.library.sample.scenes import paint
from peekui.library.sample.sounds import Recording, record
from peekui.library.sample.words import html_page

if TYPE_CHECKING:
    import random

__all__ = [
    "half_flac",
    "half_mp4",
    "half_webm",
    "html_as_mp4",
    "jpeg_as_mp3",
    "mp4_without_index",
    "mp4_zeroed",
    "noise_as_mp3",
    "password_pdf",
    "silent_header_wav",
    "truncated_pdf",
]


def _film(dice: random.Random, form: str) -> bytes:
    return shoot(Film("Lost footage", ("sea", "city"), 3, form), dice)


def _sound(dice: random.Random, form: str) -> bytes:
    return record(Recording("Lost sound", "Unknown", "Recovery", "2026", "melody", 4, form), dice)


def mp4_without_index(dice: random.Random) -> bytes:
    """The camera lost power before it wrote the `moov` box, which comes last."""
    content = _film(dice, "mp4")
    return content[: content.rindex(b"moov") - 4]


def half_mp4(dice: random.Random) -> bytes:
    """An upload that broke off."""
    content = _film(dice, "mp4")
    return content[: len(content) // 2]


def mp4_zeroed(dice: random.Random) -> bytes:
    """A download that reserved the room and never filled it: the index is right, the pictures are zeros."""
    content = _film(dice, "mp4")
    first, last = content.index(b"mdat") + 4, content.rindex(b"moov") - 4
    return content[:first] + bytes(last - first) + content[last:]


def half_webm(dice: random.Random) -> bytes:
    """The header promises twice as much as there is."""
    content = _film(dice, "webm")
    return content[: len(content) // 2]


def html_as_mp4(dice: random.Random) -> bytes:
    """A downloader saved the error page."""
    return html_page("403 Forbidden", dice)


def half_flac(dice: random.Random) -> bytes:
    """The header promises twice as much as there is."""
    content = _sound(dice, "flac")
    return content[: len(content) // 2]


def silent_header_wav(dice: random.Random) -> bytes:
    """A recorder that wrote its header, promised four seconds and then stopped."""
    content = _sound(dice, "wav")
    return content[: content.index(b"data") + 8]


def noise_as_mp3(dice: random.Random) -> bytes:
    """Nothing that any player would know."""
    return b"\x00\x01" + dice.randbytes(9000)


def jpeg_as_mp3(dice: random.Random) -> bytes:
    """The cover in place of the song."""
    return encode(paint("lights", (320, 320), dice), "JPEG")


def password_pdf(dice: random.Random) -> bytes:
    """Cannot be read without its password."""
    return locked_pdf("Salaries", dice)


def truncated_pdf(dice: random.Random) -> bytes:
    """Breaks off before the table that says where its pages are."""
    content = pdf("Annual report", dice, pages=4)
    return content[: len(content) * 2 // 5]
