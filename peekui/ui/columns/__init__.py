"""The asset table's columns: what a cell says of an asset, which columns there are, and how wide each is."""

from __future__ import annotations

from peekui.ui.columns.cells import Cell, shown_value, status_cell, whole_value
from peekui.ui.columns.fitting import GAP, LEAST_TITLE, Placed, cut, fit
from peekui.ui.columns.known import Column, column_for
from peekui.ui.columns.reading import CellReader

__all__ = [
    "GAP",
    "LEAST_TITLE",
    "Cell",
    "CellReader",
    "Column",
    "Placed",
    "column_for",
    "cut",
    "fit",
    "shown_value",
    "status_cell",
    "whole_value",
]
