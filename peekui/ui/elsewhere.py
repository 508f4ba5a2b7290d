"""Commands of the browser that can be run on any other screen: what lies over the browser is closed first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from peekui.ui.commands import Situation
from peekui.ui.running import RunsCommands
from peekui.ui.screens.closing import Overlay

if TYPE_CHECKING:
    from textual.app import App

    from peekui.ui.screens.browse import BrowseScreen

__all__ = ["ReachesBrowser"]


class ReachesBrowser(RunsCommands):
    """Base of the app.

    Attributes:
        browser: The browser, None before it was opened.
    """

    browser: BrowseScreen | None = None

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now; what opens another screen is the browser's to say."""
        return self.browser.situation() if self.browser else Situation()

    def command_triage_failures(self) -> None:
        """Go back to the browser, and look at failures from there."""
        if browser := self.back_to_browser():
            browser.command_triage_failures()

    def command_triage_duplicates(self) -> None:
        """Go back to the browser, and look at duplicates from there."""
        if browser := self.back_to_browser():
            browser.command_triage_duplicates()

    def command_triage_plans(self) -> None:
        """Go back to the browser, and look at the plans from there."""
        if browser := self.back_to_browser():
            browser.command_triage_plans()

    def back_to_browser(self) -> BrowseScreen | None:
        """Close what lies over the browser; None where something of it stays."""
        app = cast("App[None]", self)
        before = None
        while isinstance(top := app.screen, Overlay) and top is not before:
            top.leave()
            before = top
        return self.browser if app.screen is self.browser else None
