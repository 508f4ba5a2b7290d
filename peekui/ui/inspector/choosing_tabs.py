"""The commands that go from tab to tab."""

from __future__ import annotations

from functools import partialmethod
from typing import TYPE_CHECKING, cast

from peekui.ui.running import RunsCommands

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from peekui.ui.inspector.panel import InspectorPanel

__all__ = ["ChoosesTabs"]


class ChoosesTabs(RunsCommands):
    """Mixin for a screen with an inspector.

    Attributes:
        panel: The inspector.
    """

    panel: InspectorPanel

    def command_asset_next_tab(self) -> None:
        """Show the next tab."""
        self.panel.step_tab(1)

    def command_asset_previous_tab(self) -> None:
        """Show the tab before."""
        self.panel.step_tab(-1)

    def _show_tab(self, index: int) -> None:
        if not self.panel.show_tab(index):
            cast("DOMNode", self).app.notify(f"There is no tab {index + 1}.", markup=False)

    command_asset_tab_1 = partialmethod(_show_tab, 0)
    command_asset_tab_2 = partialmethod(_show_tab, 1)
    command_asset_tab_3 = partialmethod(_show_tab, 2)
    command_asset_tab_4 = partialmethod(_show_tab, 3)
    command_asset_tab_5 = partialmethod(_show_tab, 4)
    command_asset_tab_6 = partialmethod(_show_tab, 5)
    command_asset_tab_7 = partialmethod(_show_tab, 6)
    command_asset_tab_8 = partialmethod(_show_tab, 7)
    command_asset_tab_9 = partialmethod(_show_tab, 8)
