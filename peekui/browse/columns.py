"""Which columns the asset table has, in which order and how wide: an immutable value that can be kept as JSON.

A column is named by the dotted path it shows. How a cell is read aloud and drawn is the business of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peekui.browse.paths import BadPath, checked_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.nodes import JsonValue

__all__ = ["MOST_WIDTH", "SCORE", "TITLE", "ColumnLayout", "ColumnSetting", "is_standard"]

TITLE = "title"
"""The column of what a person calls the asset. It is always shown, and takes the width that the others leave."""
SCORE = "score"
"""The column of the rank in a search; rows of a list have none."""

MOST_WIDTH = 200
"""Cells a column can be set to."""

_AT_FIRST = ("status", "modality", TITLE, SCORE, "file_data.file_size_bytes", "created_at", "duplicate_of")
_ON_REQUEST = ("updated_at", "file_data.file_type", "collection_id", "error", "file_hash", "asset_id")
_STANDARD = {*_AT_FIRST, *_ON_REQUEST}


@dataclass(frozen=True, slots=True)
class ColumnSetting:
    """How one column is shown.

    Attributes:
        field: Dotted path such as `metadata.camera.model`, or `TITLE`.
        width: Cells; 0 is as wide as the rows in view need.
        shown: Whether it is drawn at all.
    """

    field: str
    width: int = 0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """All columns there are to choose from, from left to right.

    Attributes:
        columns: The standard ones, each once, and those added for a path.
    """

    columns: tuple[ColumnSetting, ...] = (
        *(ColumnSetting(field) for field in _AT_FIRST),
        *(ColumnSetting(field, shown=False) for field in _ON_REQUEST),
    )

    def shown(self) -> tuple[ColumnSetting, ...]:
        """Give the columns that are drawn where there is room."""
        return tuple(column for column in self.columns if column.shown)

    def toggled(self, field: str) -> ColumnLayout:
        """Show a column, or hide it; the title stays."""
        return self._with(field, lambda column: replace(column, shown=not column.shown or field == TITLE))

    def resized(self, field: str, width: int) -> ColumnLayout:
        """Set a width in cells, 0 for automatic; the title keeps what the others leave."""
        return self._with(field, lambda column: replace(column, width=_allowed(field, width)))

    def moved(self, field: str, step: int) -> ColumnLayout:
        """Move a column by so many places, as far as there are any."""
        columns = list(self.columns)
        here = next(index for index, column in enumerate(columns) if column.field == field)
        column = columns.pop(here)
        columns.insert(max(0, here + step), column)
        return ColumnLayout(tuple(columns))

    def with_path(self, text: str) -> ColumnLayout:
        """Show a path, right of all that are shown; one that is there already is shown where it is.

        Raises:
            BadPath: It cannot be shown.
        """
        path = checked_path(text)
        if any(column.field == path for column in self.columns):
            return self._with(path, lambda column: replace(column, shown=True))
        last = max(index for index, column in enumerate(self.columns) if column.shown)
        return ColumnLayout((*self.columns[: last + 1], ColumnSetting(path), *self.columns[last + 1 :]))

    def without(self, field: str) -> ColumnLayout:
        """Take away a column that was added for a path; a standard one can only be hidden."""
        return ColumnLayout(tuple(column for column in self.columns if column.field != field or is_standard(field)))

    def to_json(self) -> list[JsonValue]:
        """Give plain JSON to keep."""
        return [{"field": column.field, "width": column.width, "shown": column.shown} for column in self.columns]

    @classmethod
    def from_json(cls, kept: object) -> ColumnLayout:
        """Read what was kept, leniently: what makes no sense is passed over, and what is missing is as at first."""
        columns: dict[str, ColumnSetting] = {}
        for item in kept if isinstance(kept, list) else []:
            setting = _read(item)
            if setting:
                columns.setdefault(setting.field, setting)
        if not columns:
            return cls()
        for column in cls().columns:
            # A column that this version of peekui has and the one that kept the layout had not waits to be chosen.
            columns.setdefault(column.field, replace(column, shown=column.field == TITLE))
        return cls(tuple(columns.values()))

    def _with(self, field: str, change: Callable[[ColumnSetting], ColumnSetting]) -> ColumnLayout:
        return ColumnLayout(tuple(change(column) if column.field == field else column for column in self.columns))


def is_standard(field: str) -> bool:
    """Say whether a column is there without having been added."""
    return field in _STANDARD


def _allowed(field: str, width: int) -> int:
    return 0 if field == TITLE else max(0, min(width, MOST_WIDTH))


def _read(item: object) -> ColumnSetting | None:
    if not isinstance(item, dict) or not isinstance(item.get("field"), str):
        return None
    try:
        field = checked_path(item["field"])
    except BadPath:
        return None
    width = item.get("width")
    cells = _allowed(field, width) if isinstance(width, int) else 0
    return ColumnSetting(field, cells, shown=item.get("shown") is not False or field == TITLE)
