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
        """Have the views ask for what they wanted while another screen lay over this one."""
        for view in cast("Screen[object]", self).query(PictureView):
            view.ask_again()

    def on_picture_view_wanted(self, message: PictureView.Wanted) -> None:
        """Get a picture for a view; a new one takes the place of the one it waits for."""
        message.stop()
        app, view = cast("PeekApp", cast("Screen[object]", self).app), message.view
        gallery = app.gallery
        if gallery is None:
            view.post_message(PictureView.Got(message.wanted.key, None, _OFF))
        elif not gallery.always and app.console.color_system not in _ENOUGH:
            view.post_message(PictureView.Got(message.wanted.key, None, _FEW_COLOURS))
        elif raster := gallery.known(message.wanted, message.box, message.ground):
            view.post_message(PictureView.Got(message.wanted.key, raster))
        else:
            work = partial(self._get_picture, gallery, message)
            start(view, Subject.PICTURE, work)

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
