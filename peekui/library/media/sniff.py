"""What kind of content a file has, told from its first bytes and never from its name."""

from __future__ import annotations

import codecs

import puremagic

from peekui.library.media.kinds import BINARY, EMPTY, canonical

__all__ = ["HEAD_BYTES", "looks_like_text", "sniff"]

HEAD_BYTES = 64 * 1024
"""How much of a file's beginning `sniff` wants to see."""

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Tab, line ends, form feed, backspace and ESC (terminal recordings) occur in real texts; the other controls do not.
_NOT_TEXT = bytes(set(range(0x20)) - {0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_LEAST_CONFIDENCE = 0.4
_SHORT_SIGNATURES = frozenset({"image/jpeg", "image/x-portable-pixmap", "audio/mpeg", "audio/aac", "application/gzip"})


def sniff(head: bytes) -> str:
    """Tell the media type of content.

    Args:
        head: The first `HEAD_BYTES` bytes of the file, or all of it.

    Returns:
        `text/plain`, `text/html` or `image/svg+xml` for text (finer kinds need the whole text), a binary type by
        its signature, `application/octet-stream` for one that is not known, `inode/x-empty` for no content.
    """
    if not head:
        return EMPTY
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if looks_like_text(head):
        return _text_type(head)
    return _own_signature(head) or _known_signature(head)


def looks_like_text(head: bytes) -> bool:
    """Tell whether bytes are text in UTF-8, in UTF-16 or UTF-32 with a mark, or mostly ASCII in an 8-bit code."""
    if head.startswith(_BOMS):
        return True
    if head.translate(None, _NOT_TEXT) != head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        high = sum(byte > 0x7F for byte in head[:4096])
        return high * 10 <= 3 * len(head[:4096])
    return True


def _text_type(head: bytes) -> str:
    start = head[:2048].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in start):
        return "image/svg+xml"
    return "text/plain"


def _own_signature(head: bytes) -> str | None:
    """Kinds whose signature is short, shared, or not among puremagic's."""
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12].rstrip(), "video/mp4")
    if head.startswith(_EBML):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    if head[:377:188] == b"GGG":  # a sync byte at the start of each packet
        return "video/mp2t"
    return next((media_type for start, media_type in _STARTS if head.startswith(start)), None)


_EBML = b"\x1aE\xdf\xa3"
_ISO_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt": "video/quicktime",
    b"M4A": "audio/mp4",
    b"M4B": "audio/mp4",
}
_STARTS = (
    # What most pictures are: going through all of puremagic's signatures takes as long as decoding a small one.
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51\x00", "image/jp2"),
    (b"\xff\xf1", "audio/aac"),  # frames of ADTS, MPEG 4 and 2
    (b"\xff\xf9", "audio/aac"),
    (b"\xff\xfa", "audio/mpeg"),  # frames of layer III, MPEG 1 and 2
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
)


def _known_signature(head: bytes) -> str:
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return BINARY
    for match in matches:
        name = canonical(match.mime_type)
        if name and (match.confidence >= _LEAST_CONFIDENCE or name in _SHORT_SIGNATURES):
            return name
    return BINARY
