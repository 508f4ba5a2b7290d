"""Copying from a screen: any text; and where it has assets, these in any form, and the detail of a failure."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.message import Message

from peekui.browse.copy_forms import ID_FORM, URL_FORM
from peekui.ui.clipboard import copy, needs_showing, what_is_known
from peekui.ui.loader import LoadFailed, Subject, start
from peekui.ui.opening_assets import OpensAssets
from peekui.ui.running import RunsCommands
from peekui.ui.screens.value import ValueScreen
from peekui.ui.session import HostedSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from peekui.browse.copy_forms import CopyForm, CopyItem
    from peekui.ui.screens.gathering import Gathered
    from peekui.ui.widgets.notice import Problem

__all__ = ["CopiesAssets", "CopiesText"]


class ReadyToCopy(Message):
    """All that a form needs of an asset is known."""

    def __init__(self, form: CopyForm, item: CopyItem) -> None:
        super().__init__()
        self.form = form
        self.item = item


class CopiesText(RunsCommands):
    """Mixin for a screen that puts text on the clipboard."""

    async def copy_text(self, what: str, text: str) -> None:
        """Copy, and say what is known of it; where it may be on no clipboard, show it whole.

        Args:
            what: Name of what is copied, such as `URL`.
            text: The text itself.
        """
        screen = cast("Screen[object]", self)
        outcome = await copy(screen.app, text)
        said = what_is_known(what, outcome)
        if needs_showing(outcome):
            screen.app.push_screen(ValueScreen(what, text, said))
        else:
            screen.notify(said, markup=False)


class CopiesAssets(OpensAssets, CopiesText):
    """Mixin for a screen that shows assets and carries out the commands about them."""

    @abstractmethod
    def current_problem(self) -> Problem | None:
        """Give the failure on show, if there is one."""

    def command_view_copy_id(self) -> None:
        """Copy the id of the asset."""
        self._copy_current(ID_FORM)

    def command_view_copy_url(self) -> None:
        """Copy a fresh URL of the asset."""
        self._copy_current(URL_FORM)

    def command_view_copy_menu(self) -> None:
        """Choose what to copy of the asset, or of those that are marked."""
        from peekui.ui.screens.copying_menu import CopyingMenu  # noqa: PLC0415  (when it is opened)

        async def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        menu = CopyingMenu(
            self.current_item(),
            self.marked_items(),
            self.copy_items,
            client=self._session.connected,
            hosted=isinstance(self._session.source, HostedSource),
        )
        self._screen.app.push_screen(menu, run)

    async def command_view_copy_problem(self) -> None:
        """Copy all that is known of the failure."""
        problem = self.current_problem()
        if problem:
            await self.copy_text("Problem", f"{problem.what}\n{problem.detail}")

    def _copy_current(self, form: CopyForm) -> None:
        item = self.current_item()
        if item:
            self.copy_items(form, [item])

    def copy_items(self, form: CopyForm, items: Sequence[CopyItem]) -> None:
        """Copy assets in a form; what is not known of them yet is asked for first.

        Args:
            form: How to write them.
            items: The assets, in order.
        """
        if len(items) == 1:
            answer = partial(ReadyToCopy, form)
            start(self._screen, Subject.URL, partial(self.loader.find_out, items[0], form.needs, answer))
            return
        from peekui.ui.screens.gathering import GatheringScreen  # noqa: PLC0415  (when it is opened)

        self._screen.app.push_screen(GatheringScreen(self._session, form, items), self._copy_gathered)

    async def on_ready_to_copy(self, message: ReadyToCopy) -> None:
        """Copy what came."""
        if message.form.value(message.item):
            await self.copy_text(message.form.title, message.form.write([message.item]))
        else:
            text = f"There is no {message.form.title} to copy of this asset."
            self._screen.notify(text, severity="warning", markup=False)

    async def _copy_gathered(self, gathered: Gathered | None) -> None:
        """Copy what came of several, and say what did not."""
        if gathered is None:
            return
        form = gathered.form
        have = [item for item in gathered.found if form.value(item)]
        if have:
            await self.copy_text(f"{form.title} of {len(have):,} assets", form.write(have))
        if none := len(gathered.found) - len(have):
            self._screen.notify(f"{none:,} have no {form.title}.", severity="warning", markup=False)
        if gathered.failed:
            problem = gathered.failed[0]
            text = f"{len(gathered.failed):,} could not be asked for. {problem.what} {problem.advice}"
            self._screen.notify(text, severity="error", markup=False)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say why there is no URL."""
        if message.subject is Subject.URL:
            text = f"{message.problem.what} {message.problem.advice}"
            self._screen.notify(text, title="No URL", severity="error", markup=False)
