"""What can be made of a cell, to choose from: each with its key, and with the filter as it would be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.browse.cell_filters import Pointing, narrowed_by
from peekui.browse.filter_parts import PartRefused
from peekui.filters.expression.printing import to_expression
from peekui.ui.commands import by_id, key_name
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.nodes import Group
    from peekui.ui.commands import Keymap
    from peekui.ui.widgets.asset_table import CurrentCell

__all__ = ["cell_choices"]

_LONGEST = 300
"""Characters of the filter to come that are shown."""


def cell_choices(
    cell: CurrentCell, tree: Group | None, keymap: Keymap, point: Callable[[Pointing], object]
) -> list[Choice]:
    """Give what can be made of a cell.

    Args:
        cell: The cell pointed at.
        tree: The filter so far.
        keymap: The keys in force.
        point: Does what was chosen.
    """
    return [_choice(pointing, cell, tree, keymap, partial(point, pointing)) for pointing in Pointing]


def _choice(
    pointing: Pointing, cell: CurrentCell, tree: Group | None, keymap: Keymap, run: Callable[[], object]
) -> Choice:
    command = by_id(f"table.{pointing}")
    outcome, reason = _outcome(pointing, cell, tree)
    return Choice(command.title, key_name(keymap.keys(command)[0]), f"{command.help}\n{outcome}", reason, run)


def _outcome(pointing: Pointing, cell: CurrentCell, tree: Group | None) -> tuple[str, str]:
    """Give the filter to come, or why there would be none."""
    try:
        narrowed = narrowed_by(pointing, tree, cell.field, cell.value)
    except PartRefused as refused:
        return "", str(refused)
    return one_line(to_expression(narrowed)[:_LONGEST]), ""
