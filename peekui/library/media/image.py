"""Facts of pictures: size, mode, frames, EXIF, dominant colours. Every pixel is decoded, so damage is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from PIL import ImageOps

from peekui.library.media.colours import dominant_colours
from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.exif import read_exif
from peekui.library.media.facts import Extract, Facts
from peekui.library.media.json_safe import clean_text
from peekui.library.media.pictures import FORMATS, check_size, open_picture

if TYPE_CHECKING:
    from PIL import Image

    from peekui.filters.nodes import JsonValue
    from peekui.library.media.limits import Limits

__all__ = ["draw_image", "inspect_image"]

# JPEG decodes at 1/2, 1/4 or 1/8 on the way in: all of its data is read, a fraction of the pixels is made.
_DRAFT_SIDE = 96


def inspect_image(source: BinaryIO, media_type: str, limits: Limits) -> Facts:
    """Read a picture.

    Args:
        source: The file, at its beginning.
        media_type: As sniffed.
        limits: `max_pixels` and `max_frames` are kept.

    Returns:
        Facts with `width`, `height`, `mode`, `format`, `frames`, `duration_seconds` for animations, what EXIF
        says, and `dominant_colours`, and one `image_facts` extract. With damage when the picture cannot be decoded
        in full: what the header said is kept. A kind of picture without a decoder here gives its type only.
    """
    facts = Facts(media_type=media_type, modality="image")
    if media_type not in FORMATS:
        return facts
    metadata: dict[str, JsonValue] = {}
    try:
        with open_picture(source, media_type, limits) as image:
            metadata |= {"width": image.width, "height": image.height, "mode": image.mode, "format": image.format}
            metadata |= _read(image, limits)
    except DamageError as error:
        return replace(facts, metadata=metadata, damage=error.damage)
    colours = metadata.pop("colours", [])
    extract = Extract("image", "image_facts", metadata={**metadata, "dominant_colours": colours}, has_preview=True)
    if isinstance(colours, list):
        metadata["dominant_colours"] = [colour["hex"] for colour in colours if isinstance(colour, dict)]
    return replace(facts, metadata=metadata, extracts=(extract,), has_preview=True)


def draw_image(
    source: BinaryIO, media_type: str, size: tuple[int, int], at: float | None, limits: Limits
) -> Image.Image:
    """Decode a picture small and the right way up.

    Args:
        source: The file, at its beginning.
        media_type: As sniffed.
        size: The box in pixels that the picture is shrunk to fit; it is never enlarged.
        at: Seconds into an animation; None is the first frame.
        limits: `max_pixels` and `max_frames` are kept.

    Returns:
        A picture in mode RGB or RGBA.

    Raises:
        DamageError: The picture cannot be decoded, or is of a kind without a decoder here.
    """
    if media_type not in FORMATS:
        raise DamageError(DamageKind.DECODE_ERROR, f"there is no decoder for {media_type}")
    with open_picture(source, media_type, limits) as image:
        image.draft(None, size)
        image.load()
        if at:
            _seek_time(image, at, limits)
        upright = ImageOps.exif_transpose(image)
        colours = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        colours.thumbnail(size, reducing_gap=2.0)
        return colours


def _seek_time(image: Image.Image, at: float, limits: Limits) -> None:
    """Stop at the frame that shows at a moment, or at the last one."""
    elapsed = float(image.info.get("duration") or 0)
    for number in range(1, limits.max_frames):
        if elapsed > at * 1000:
            return
        try:
            image.seek(number)
        except EOFError:
            image.seek(number - 1)
            return
        check_size(image, limits)
        image.load()
        elapsed += float(image.info.get("duration") or 0)


def _read(image: Image.Image, limits: Limits) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {}
    image.draft(None, (_DRAFT_SIDE, _DRAFT_SIDE))
    image.load()
    facts["colours"] = [{"hex": name, "share": share} for name, share in dominant_colours(image)]
    title = image.info.get("Title")
    if isinstance(title, str) and title.strip():
        facts["title"] = clean_text(title.strip())[:500]
    facts |= read_exif(image)
    if getattr(image, "is_animated", False):
        facts |= _frames(image, limits)
    return facts


def _frames(image: Image.Image, limits: Limits) -> dict[str, JsonValue]:
    """Decode the frames after the first, as far as the limit."""
    milliseconds = float(image.info.get("duration") or 0)
    count = 1
    while count < limits.max_frames:
        try:
            image.seek(count)
        except EOFError:
            break
        check_size(image, limits)
        image.load()
        milliseconds += float(image.info.get("duration") or 0)
        count += 1
    else:
        return {"animated": milliseconds > 0}
    facts: dict[str, JsonValue] = {"frames": count, "animated": milliseconds > 0}
    if milliseconds:
        facts["duration_seconds"] = round(milliseconds / 1000, 3)
    return facts
