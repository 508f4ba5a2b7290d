"""Copying from a screen: any text; and where it has an asset, its URL, its id, the detail of a failure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from peekui.ui.clipboard import Outcome, copy
from peekui.ui.loader import Loader, LoadFailed, Subject, start
from peekui.ui.running import RunsCommands
from peekui.ui.screens.value import ValueScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from peekui.api.models import Asset
    from peekui.ui.loader import UrlSigned
    from peekui.ui.widgets.notice import Problem

__all__ = ["CopiesAssets", "CopiesText"]

_SENT = "{what} sent to the terminal; whether it took it cannot be known. Paste to check."
_DOUBTFUL = "Sent to the terminal, but it is long and some terminals drop that. Here it is whole."


class CopiesText(RunsCommands):
    """Mixin for a screen that puts text on the clipboard."""

    async def copy_text(self, what: str, text: str) -> None:
        """Copy, and say what is known of it; where it may have been dropped for its length, show it whole.

        Args:
            what: Name of what is copied, such as `URL`.
            text: The text itself.
        """
        outcome = await copy(self._screen.app, text)
        if outcome is Outcome.COPIED:
            self._screen.notify(f"{what} copied.", markup=False)
        elif outcome is Outcome.SENT:
            self._screen.notify(_SENT.format(what=what), markup=False)
        else:
            self._screen.app.push_screen(ValueScreen(what, text, _DOUBTFUL))

    @property
    def _screen(self) -> Screen[object]:
        return cast("Screen[object]", self)


class CopiesAssets(CopiesText):
    """Mixin for a screen that shows assets and carries out the copying commands."""

    loader: Loader

    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset copying is about, and the namespace it is in."""
        raise NotImplementedError  # each screen has its own

    def current_problem(self) -> Problem | None:
        """Give the failure on show, if there is one."""
        raise NotImplementedError  # each screen has its own

    async def command_view_copy_id(self) -> None:
        """Copy the id of the asset."""
        current = self.current_asset()
        if current and current[0].asset_id:
            await self.copy_text("Id", current[0].asset_id)

    def command_view_copy_url(self) -> None:
        """Have a URL signed; it is copied when it comes."""
        current = self.current_asset()
        if current and current[0].asset_id:
            work = partial(self.loader.sign_url, current[0].asset_id, current[1])
            start(self._screen, Subject.URL, work)

    async def command_view_copy_problem(self) -> None:
        """Copy all that is known of the failure."""
        problem = self.current_problem()
        if problem:
            await self.copy_text("Problem", f"{problem.what}\n{problem.detail}")

    async def on_url_signed(self, message: UrlSigned) -> None:
        """Copy the URL that came."""
        if message.url is None:
            self._screen.notify("The service gave no URL for this asset.", severity="warning", markup=False)
        else:
            await self.copy_text("URL", message.url)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say why there is no URL."""
        if message.subject is Subject.URL:
            text = f"{message.problem.what} {message.problem.advice}"
            self._screen.notify(text, title="No URL", severity="error", markup=False)
