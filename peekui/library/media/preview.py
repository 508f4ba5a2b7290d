"""Small pictures of files, drawn when someone asks for one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from peekui.library.media.damage import DamageError, DamageKind, decode_error
from peekui.library.media.facts import Preview
from peekui.library.media.kinds import modality_of
from peekui.library.media.limits import Limits
from peekui.library.media.opening import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

__all__ = ["PREVIEW_SIDE", "PreviewError", "render_preview"]

PREVIEW_SIDE = 512
"""Pixels of a preview's longer side, at most."""
_DEFAULT = Limits()
_QUALITY = 80
_EFFORT = 2  # of WebP's 0–6: half the time of the default 4 for a few per cent more bytes


class PreviewError(DamageError):
    """A preview cannot be drawn; `damage` says why."""


def render_preview(path: Path, facts_media_type: str, *, at: float | None = None, limits: Limits = _DEFAULT) -> Preview:
    """Draw a small picture of a file.

    Args:
        path: The file.
        facts_media_type: The `media_type` of its facts.
        at: Seconds from the beginning, for a frame of a video or an animation.
        limits: Bounds on what is read and decoded.

    Returns:
        A WebP picture of at most 512 pixels on its longer side, the right way up.

    Raises:
        PreviewError: The file is damaged, or of a kind that has no picture.
        FileNotFoundError: The file is gone.
    """
    try:
        with open_file(path, limits) as source:
            return _encode(_picture(source, facts_media_type, at, limits))
    except DamageError as error:
        raise PreviewError(DamageKind(error.damage.type), error.damage.message) from error


def _picture(source: BinaryIO, media_type: str, at: float | None, limits: Limits) -> Image.Image:
    box = (PREVIEW_SIDE, PREVIEW_SIDE)
    try:
        match modality_of(media_type):
            case "image":
                from peekui.library.media.image import draw_image  # noqa: PLC0415

                return draw_image(source, media_type, box, at, limits)
            case "video":
                from peekui.library.media.video import draw_video  # noqa: PLC0415

                return draw_video(source, media_type, PREVIEW_SIDE, at, limits)
            case "audio":
                from peekui.library.media.waveform import draw_waveform  # noqa: PLC0415

                return draw_waveform(source, media_type, PREVIEW_SIDE, at)
    except OSError:
        raise
    except Exception as error:
        raise decode_error(error) from error
    raise DamageError(DamageKind.DECODE_ERROR, f"there is no picture of {media_type}")


def _encode(picture: Image.Image) -> Preview:
    content = io.BytesIO()
    picture.save(content, "WEBP", quality=_QUALITY, method=_EFFORT)
    return Preview("image/webp", content.getvalue())
