"""Server text made safe to draw: what would act on a terminal becomes something to look at.

Names, metadata and errors come from other people's files. Control characters and escape sequences could move the
cursor or set the clipboard; bidirectional overrides can make `exe.jpg` of `gpj.exe`. They are shown, never sent.
Markup is no business of this module: widgets draw server text as text, never through a markup parser.
"""

from __future__ import annotations

import re

__all__ = ["one_line", "visible"]

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 controls and DEL; tab and newline are dealt with by the callers' form
    "\x80-\x9f"  # C1 controls: \x9b is a whole CSI for some terminals
    "\u200b\u200e\u200f\u2028\u2029\u2060\ufeff"  # zero width, direction marks, line separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates (Unicode TR 9)
    "\ud800-\udfff"  # lone surrogates: bytes of a file name that are no UTF-8
    "\U000e0000-\U000e007f"  # tags: invisible text
    "]"
)
_CONTROL_PICTURES = 0x2400
_DELETE = "\x7f"


def visible(text: str) -> str:
    """Show what is hidden, keeping lines.

    Args:
        text: Anything.

    Returns:
        The text with tabs as spaces and every hidden character as a picture (`␛`) or its code (`‹202E›`).
    """
    return _HIDDEN.sub(_show, text.replace("\r\n", "\n").replace("\t", "    "))


def one_line(text: str) -> str:
    """Show what is hidden, in one line: line breaks become `↵`."""
    return visible(text).replace("\n", "↵")


def _show(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if character == _DELETE:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:  # surrogateescape: the byte that was there
        return f"‹{code - 0xDC00:02X}›"
    return f"‹{code:04X}›"
