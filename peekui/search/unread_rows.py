"""Rows that are passed on as the service wrote them: to read and to write them takes ten times as long."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from peekui.api.models import Page

__all__ = ["unread_rows"]

_MORE_THAN_A_LINE: Final = (b"\n", b"\r")
_MAY_BE_URLS: Final = (b'url"', b"\\u006", b"\\u007")
"""The end of the names of presigned URLs, and the escapes in which they might be written."""


class _Answer(msgspec.Struct):
    results: list[msgspec.Raw]
    pagination: dict[str, Any] | None = None


_DECODER: Final = msgspec.json.Decoder(_Answer)


def unread_rows(body: bytes) -> Page[bytes] | None:
    """Give a page whose rows are JSON, each on one line.

    Args:
        body: Of an answer.

    Returns:
        The page; None where its rows cannot be passed on: they are no lines, there may be presigned URLs in them,
        which are secrets that nobody asked for (mixpeek-api.md, section 7), or they are something else than objects.
    """
    if any(sign in body for sign in (*_MORE_THAN_A_LINE, *_MAY_BE_URLS)):
        return None
    try:
        body.decode()
        answer = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    rows = [bytes(row) for row in answer.results]
    if not all(row.startswith(b"{") for row in rows):
        return None
    return Page[Any].model_validate({"results": rows, "pagination": answer.pagination})
