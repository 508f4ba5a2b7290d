"""Opening and downloading the files of assets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.browse.copy_forms import Needs
from peekui.browse.downloads import download_folder
from peekui.browse.viewer import NoViewer, open_in_viewer
from peekui.ui.about_assets import AboutAssets
from peekui.ui.loader import Subject, start
from peekui.ui.screens.value import ValueScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.browse.copy_forms import CopyItem
    from peekui.ui.screens.downloads import Downloads

__all__ = ["OpensAssets"]


class ReadyToOpen(Message):
    """The URL of an asset that is to be opened came."""

    def __init__(self, item: CopyItem) -> None:
        super().__init__()
        self.item = item


class OpensAssets(AboutAssets):
    """Mixin for a screen that shows assets."""

    def command_view_open(self) -> None:
        """Have a URL signed; it is opened when it comes."""
        item = self.current_item()
        if item:
            start(self._screen, Subject.URL, partial(self.loader.find_out, item, Needs.URL, ReadyToOpen))

    async def on_ready_to_open(self, message: ReadyToOpen) -> None:
        """Open the URL that came; where nothing can, show it."""
        url = message.item.url
        if not url:
            self._screen.notify("The service gave no URL for this asset.", severity="warning", markup=False)
            return
        if self._app.surroundings.page:
            self._app.open_url(url)
            self._screen.notify("Handed to the browser; it may ask whether new tabs are welcome.", markup=False)
            return
        try:
            await open_in_viewer(url, self._app.surroundings)
        except NoViewer as error:
            self._screen.app.push_screen(ValueScreen("URL", url, f"{error} Copy it, and open it where there is one."))
        else:
            self._screen.notify("Opened in the browser of this desktop.", markup=False)

    def command_view_download(self) -> None:
        """Download the current asset."""
        item = self.current_item()
        if item:
            self.download_items([item])

    def command_view_download_marked(self) -> None:
        """Download the marked assets."""
        self.download_items(self.marked_items())

    def download_items(self, items: Sequence[CopyItem]) -> None:
        """Download the files of assets."""
        from peekui.ui.screens.downloads import DownloadsScreen  # noqa: PLC0415  (when it is opened)

        screen = DownloadsScreen(self._session, items, download_folder(self._app.download_dir))
        self._screen.app.push_screen(screen, self._say_what_came)

    def _say_what_came(self, downloads: Downloads | None) -> None:
        if not downloads or not downloads.done:
            return
        self.unmark(downloads.done)
        one = next(iter(downloads.done.values()))
        many = len(downloads.done)
        what = f"{many:,} files downloaded to {one.path.parent}." if many > 1 else f"Downloaded to {one.path}."
        checked = sum(download.checked for download in downloads.done.values())
        sure = "" if not checked else " Its SHA-256 is right." if many == 1 else f" {checked:,} have the right SHA-256."
        self._screen.notify(f"{what}{sure}", markup=False)
