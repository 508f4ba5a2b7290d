"""What can be asked about a filter while it is built; each key works wherever the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.commands import Situation
from peekui.ui.running import RunsCommands

if TYPE_CHECKING:
    from peekui.ui.widgets.filter_panels import FilterPanels

__all__ = ["AsksAboutFilter"]


class AsksAboutFilter(RunsCommands):
    """Mixin for the screen that builds a filter.

    Attributes:
        panels: What asks, and shows the answers.
    """

    panels: FilterPanels

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        counts, why = self.panels.counts, self.panels.why
        return Situation(question=counts.busy or why.busy, obstacles=bool(why.obstacles))

    def command_filter_next_panel(self) -> None:
        """Show the next panel."""
        self.panels.show_next()

    def command_filter_outside(self) -> None:
        """Edit the text in the user's editor."""
        self.panels.edit_outside()

    def command_filter_counts(self) -> None:
        """Count each node."""
        self.panels.counts.count_nodes()

    def command_filter_why(self) -> None:
        """Ask what an asset makes of each node."""
        self.panels.ask_why()

    def command_filter_mute_obstacles(self) -> None:
        """Mute what keeps the asset out."""
        self.panels.why.mute_obstacles()

    def command_filter_doctor(self) -> None:
        """Look for what keeps everything out."""
        self.panels.open_doctor()

    def command_filter_stop(self) -> None:
        """Count no more, or ask about no asset any more."""
        self.panels.stop()
