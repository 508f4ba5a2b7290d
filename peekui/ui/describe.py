"""An asset as lines to read, for the detail panel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from textual.content import Content

from peekui.ui.columns import status_cell
from peekui.ui.formats import age, brief_moment, exact_size
from peekui.ui.untrusted import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue

__all__ = ["describe_asset"]

_LABEL = 10
_MOST_LINES = 200
_MOST_CHARACTERS = 600
_TONES = {"good": "$text-success", "bad": "bold $text-error", "busy": "$text-warning", "dim": "dim"}
_QUIET = "dim"
_CODE = 22
"""Characters of an id or a hash beside its label in the detail panel."""


def describe_asset(asset: Asset) -> Content:
    """Give all fields of an asset, the ones that matter first, unknown ones last.

    Moments are to the minute, long ids and hashes cut in the middle. Presigned URLs are left out: they are secrets with
    a lifetime (mixpeek-api.md, section 7).
    """
    status = status_cell(asset.status)
    lines = [_field("status", status.text, _TONES.get(status.tone, ""))]
    if asset.error is not None:
        lines.append(_field("error", visible(_error_text(asset.error)), "$text-error"))
    plain = {
        "type": " · ".join(filter(None, (asset.modality, asset.file_type))),
        "size": "" if asset.size_bytes is None else exact_size(asset.size_bytes),
        "created": "" if asset.created_at is None else f"{brief_moment(asset.created_at)} · {age(asset.created_at)}",
        "updated": "" if asset.updated_at is None else f"{brief_moment(asset.updated_at)} · {age(asset.updated_at)}",
        "score": "" if asset.score is None else f"{asset.score:.4f}",
        "copy of": _code(asset.duplicate_of or ""),
        "hash": _code(asset.file_hash or ""),
        "id": _code(asset.asset_id or ""),
        "collection": _code(asset.collection_id or ""),
        "task": _code(asset.task_id or ""),
    }
    lines += [_field(label, one_line(value)) for label, value in plain.items() if value]
    for title, part in (("metadata", asset.metadata), ("file data", asset.file_data), ("more", asset.model_extra)):
        if part:
            lines += [Content(""), _heading(f"{title} ({len(part)})"), *_limited(_tree(part))]
    return Content("\n").join(lines)


def _field(label: str, value: str, style: str = "") -> Content:
    indented = value.replace("\n", "\n" + " " * (_LABEL + 1))
    return Content.assemble((f"{label:<{_LABEL}} ", _QUIET), (indented, style))


def _code(code: str) -> str:
    shown = one_line(code)
    return shown if len(shown) <= _CODE else f"{shown[: _CODE - 9]}…{shown[-8:]}"


def _heading(words: str) -> Content:
    return Content.styled(words, "bold")


def _error_text(error: JsonValue) -> str:
    match error:
        case str(text):
            return text
        case {"type": str(kind), "message": str(message)}:
            return f"{kind}: {message}"
    return json.dumps(error, ensure_ascii=False, indent=1)


def _tree(value: JsonValue, depth: int = 1) -> Iterator[Content]:
    """Walk nested JSON, a line a value, two cells a level."""
    margin = "  " * depth
    if isinstance(value, dict):
        pairs = [(one_line(key), item) for key, item in value.items()]
    elif isinstance(value, list):
        pairs = [(f"[{index}]", item) for index, item in enumerate(value)]
    else:
        pairs = [("", value)]
    for label, item in pairs:
        if isinstance(item, dict | list) and item and not _is_short_list(item):
            yield Content.assemble(margin, (label, _QUIET))
            yield from _tree(item, depth + 1)
        else:
            yield Content.assemble(margin, (f"{label}  ", _QUIET), _shortened(_scalar_text(item)))


def _is_short_list(value: JsonValue) -> bool:
    return isinstance(value, list) and len(value) <= 8 and not any(isinstance(item, dict | list) for item in value)


def _scalar_text(value: JsonValue) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return ", ".join(_scalar_text(item) for item in value) or "[]"
    return one_line(json.dumps(value, ensure_ascii=False))


def _shortened(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    return f"{text[:_MOST_CHARACTERS]}… ({len(text):,} characters)"


def _limited(lines: Iterator[Content]) -> Iterator[Content]:
    """Stop after so many lines: a megabyte of metadata must not cost a second of drawing."""
    for number, line in enumerate(lines):
        if number == _MOST_LINES:
            yield Content.styled("  … more than fits here", _QUIET)
            return
        yield line
