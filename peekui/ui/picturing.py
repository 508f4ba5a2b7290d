"""Getting the pictures that a screen's views want."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from peekui.api.errors import MixpeekError
from peekui.ui.loader import Subject, start
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from textual.screen import Screen

    from peekui.browse.pictures.gallery import Gallery
    from peekui.ui.app import PeekApp
    from peekui.ui.session import Session

__all__ = ["ShowsPictures"]

_OFF = 'Pictures are switched off (pictures = "off").'
_FEW_COLOURS = 'This terminal has too few colours for pictures; pictures = "blocks" draws them all the same.'
_ENOUGH = frozenset({"truecolor", "256", "windows"})


class ShowsPictures:
    """Mixin for a screen with views of pictures."""

    _session: Session

    def on_screen_resume(self) -> None:
        """Have the views draw as finely as they can again, and ask for what they wanted meanwhile."""
        for view in cast("Screen[object]", self).query(PictureView):
            view.draw_again()
            view.ask_again()

    def on_screen_suspend(self) -> None:
        """Have the views draw what can be seen through what lies over them now."""
        for view in cast("Screen[object]", self).query(PictureView):
            view.draw_again()

    def on_resize(self) -> None:
        """Have the views ask anew where cells are of another size now."""
        for view in cast("Screen[object]", self).query(PictureView):
            view.ask_soon()

    def on_picture_view_wanted(self, message: PictureView.Wanted) -> None:
        """Get a picture for a view; a new one takes the place of the one it waits for."""
        message.stop()
        view, gallery, reason = message.view, self._picture_app.gallery, self.why_no_pictures()
        if gallery is None or reason:
            view.post_message(PictureView.Got(message.wanted.key, None, reason))
        elif raster := gallery.known(message.wanted, message.box, message.ground):
            view.post_message(PictureView.Got(message.wanted.key, raster))
        else:
            work = partial(self._get_picture, gallery, message)
            start(view, Subject.PICTURE, work)

    def why_no_pictures(self) -> str:
        """Give the reason why no picture is shown at all; empty where pictures are."""
        app = self._picture_app
        if app.gallery is None:
            return _OFF
        return "" if app.gallery.always or app.console.color_system in _ENOUGH else _FEW_COLOURS

    @property
    def _picture_app(self) -> PeekApp:
        return cast("PeekApp", cast("Screen[object]", self).app)

    async def _get_picture(self, gallery: Gallery, message: PictureView.Wanted) -> None:
        # Not at the top: it comes with the client, which no start waits for.
        from peekui.browse.pictures.decoder import NoPicture  # noqa: PLC0415

        view, wanted = message.view, message.wanted
        try:
            client = await self._session.client()
            free = view.spends or client.budget.state.limit is None
            raster = await gallery.get(client, replace(wanted, may_call=free), message.box, message.ground)
        except NoPicture as error:
            view.post_message(PictureView.Got(wanted.key, None, str(error)))
        except MixpeekError as error:
            view.post_message(PictureView.Got(wanted.key, None, error.what))
        else:
            view.post_message(PictureView.Got(wanted.key, raster))
