"""The words of an HTML page as a reader sees them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["read_html"]

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|"
    "ol|p|pre|section|table|td|th|title|tr|ul"
)
# The parser looks back over what it has not finished with at every feed: pieces of this size keep a hostile page,
# full of tags and comments that never end, linear. For the same reason `close` is never called.
_PIECE = 64 * 1024
_MOST = 1024 * 1024


def read_html(page: str) -> tuple[str | None, str]:
    """Take the title and the visible words out of a page.

    Args:
        page: The page's source; its first million characters are read.

    Returns:
        The title, or else the first level-1 heading, or None; and the words, with line ends between blocks.
    """
    reader = _Reader()
    for start in range(0, min(len(page), _MOST), _PIECE):
        reader.feed(page[start : min(start + _PIECE, _MOST)])
    rest = "" if reader.rawdata.startswith(("<", "&")) else reader.rawdata
    title = "".join(reader.title).strip() or "".join(reader.heading).strip() or None
    lines = (" ".join(line.split()) for line in ("".join(reader.words) + rest).split("\n"))
    return title, "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.heading: list[str] = []
        self.words: list[str] = []
        self._into: list[str] | None = None
        self._unseen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "title" and not self.title:
            self._into = self.title
        elif tag == "h1" and not self.heading:
            self._into = self.heading
        elif tag == "body":
            self._unseen = None
        elif tag in _UNSEEN and self._unseen is None:
            self._unseen = tag
        if _BLOCK.fullmatch(tag):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "h1"}:
            self._into = None
        if tag == self._unseen:
            self._unseen = None
        if _BLOCK.fullmatch(tag):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
        if self._unseen is None and self._into is not self.title:
            self.words.append(data)
