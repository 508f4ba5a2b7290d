"""What a member of a group says in a field, as text to stand beside what the others say."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from peekui.ui import formats
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peekui.filters.nodes import JsonScalar
    from peekui.triage.rows import Row

__all__ = ["brief_field", "value_text"]

_NOTHING = "–"


def brief_field(path: str) -> str:
    """Give a field's name without what all of them begin with."""
    return path.removeprefix("metadata.").removeprefix("file_data.")


def value_text(path: str, values: Sequence[JsonScalar], members: Sequence[Row], title_of: Callable[[str], str]) -> str:
    """Write what a member has in a field, in one line.

    Args:
        path: Dotted path of the field.
        values: What the member has.
        members: All of the group: a link to one of them is told by its number.
        title_of: Names a collection.
    """
    match path, values:
        case _, ():
            return _NOTHING
        case "collection_id", (str(key),):
            return title_of(key)
        case "duplicate_of", (str(key),):
            number = next((number for number, row in enumerate(members, 1) if row.asset_id == key), None)
            return f"copy of {number}" if number else one_line(f"copy of {key}")
        case "created_at", (str(text),):
            moment = datetime.fromisoformat(text)
            return f"{formats.brief_moment(moment)}, {formats.age(moment)}"
        case "file_data.file_size_bytes", (int(size),):
            return formats.size(size)
    return one_line(", ".join("null" if value is None else str(value) for value in values))
