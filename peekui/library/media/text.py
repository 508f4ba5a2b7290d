"""Facts of plain text, Markdown, CSV, JSON and HTML."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from peekui.library.media.chunks import text_chunks
from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.encodings import Decoded, decode
from peekui.library.media.facts import Facts
from peekui.library.media.html_text import read_html
from peekui.library.media.json_safe import clean_text

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue
    from peekui.library.media.limits import Limits

__all__ = ["inspect_text"]

_TITLE_CHARACTERS = 300
_LISTED_NAMES = 50
_DIALECTS = {"text/markdown", "text/csv", "application/json"}
_HEADING = re.compile(r"^ {0,3}# +(.+?)(?: +#+)?[ \t]*$|^(\S.*)\n=+[ \t]*$", re.MULTILINE)


def inspect_text(source: BinaryIO, media_type: str, claimed: str | None, limits: Limits) -> Facts:
    """Read a text.

    Args:
        source: The file, at its beginning.
        media_type: `text/plain` or `text/html`, as sniffed.
        claimed: The media type that the file's ending claims. Markdown and CSV are plain text by their bytes, so
            among kinds of text, and only there, the ending is heard.
        limits: `max_text_bytes` is kept.

    Returns:
        Facts with `encoding`, `characters`, `words`, `lines`, a `title` where the text names one, `columns` and
        `rows` of a table, `json_type` and `keys` of JSON, and a `text_chunk` extract for about every thousand
        characters. JSON that cannot be parsed has damage and keeps its chunks.
    """
    content = source.read(limits.max_text_bytes + 1)
    cut = len(content) > limits.max_text_bytes
    decoded = decode(content[: limits.max_text_bytes], cut=cut)
    if media_type == "text/plain" and claimed in _DIALECTS:
        media_type = claimed or media_type
    facts = Facts(media_type=media_type, modality="text", metadata=_counts(decoded, cut=cut))
    words = decoded.text
    match media_type:
        case "text/html":
            title, words = read_html(decoded.text)
            facts = _titled(facts, title)
        case "text/markdown":
            facts = _titled(facts, _heading(decoded.text))
        case "text/csv":
            facts = replace(facts, metadata=facts.metadata | _table(decoded.text, cut=cut))
        case "application/json" if not cut:
            facts = _with_json(facts, decoded.text)
        case "text/plain" if not cut and decoded.text.lstrip()[:1] in {"{", "["}:
            found = _with_json(facts, decoded.text)
            facts = facts if found.damage else replace(found, media_type="application/json")
        case _:
            pass
    return replace(facts, extracts=tuple(text_chunks(words)))


def _counts(decoded: Decoded, *, cut: bool) -> dict[str, JsonValue]:
    text = decoded.text
    facts: dict[str, JsonValue] = {
        "encoding": decoded.encoding,
        "characters": len(text),
        "words": sum(len(line.split()) for line in text.splitlines()),  # a list of all would take ten times the text
        "lines": text.count("\n") + (not text.endswith("\n")),
    }
    if decoded.replaced:
        facts["undecodable_characters"] = decoded.replaced
    if cut:
        facts["text_truncated"] = True
    return facts


def _titled(facts: Facts, title: str | None) -> Facts:
    words = " ".join((title or "").split())[:_TITLE_CHARACTERS]
    return replace(facts, metadata={**facts.metadata, "title": clean_text(words)}) if words else facts


def _heading(text: str) -> str | None:
    found = _HEADING.search(text[:100_000])
    return (found[1] or found[2]) if found else None


def _table(text: str, *, cut: bool) -> dict[str, JsonValue]:
    """Columns and rows; neither for a table that the csv module refuses."""
    first_line = text[:10_000].split("\n", 1)[0]
    delimiter = max(",;\t|", key=first_line.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        header: list[JsonValue] = [name[:_TITLE_CHARACTERS] for name in next(rows, [])[:_LISTED_NAMES]]
        count = sum(1 for row in rows if row)
    except csv.Error:
        return {}
    facts: dict[str, JsonValue] = {"columns": header, "delimiter": delimiter}
    return facts if cut else {**facts, "rows": count}


def _with_json(facts: Facts, text: str) -> Facts:
    try:
        value = _parse(text)
    except DamageError as error:
        return replace(facts, damage=error.damage)
    metadata = dict(facts.metadata)
    match value:
        case dict():
            metadata["json_type"] = "object"
            metadata["keys"] = [clean_text(key)[:_TITLE_CHARACTERS] for key in list(value)[:_LISTED_NAMES]]
            title = value.get("title")
            return _titled(replace(facts, metadata=metadata), title if isinstance(title, str) else None)
        case list():
            metadata |= {"json_type": "array", "items": len(value)}
        case _:
            metadata["json_type"] = "scalar"
    return replace(facts, metadata=metadata)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise DamageError(DamageKind.DECODE_ERROR, "the JSON nests too deeply to be parsed") from None
    except ValueError as error:
        raise DamageError(DamageKind.DECODE_ERROR, f"the JSON does not parse: {error}") from None
