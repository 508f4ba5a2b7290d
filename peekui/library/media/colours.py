"""The colours that fill a picture."""

from __future__ import annotations

from PIL import Image

__all__ = ["dominant_colours"]

_SIDE = 48
_COLOURS = 5
_AVERAGED = frozenset({"L", "LA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"})


def dominant_colours(image: Image.Image) -> list[tuple[str, float]]:
    """Find the few colours that stand for a picture, as seen on white.

    Args:
        image: A decoded picture of any mode; it is not changed.

    Returns:
        Up to five pairs of `#rrggbb` and the share of the area between 0 and 1, the largest first.
    """
    # Modes with a palette or deep samples cannot be averaged: every n-th pixel stands for its neighbours.
    filter_ = Image.Resampling.BOX if image.mode in _AVERAGED else Image.Resampling.NEAREST
    size = (min(_SIDE, image.width), min(_SIDE, image.height))
    small = image.resize(size, filter_, reducing_gap=1.0 if filter_ == Image.Resampling.BOX else None)
    if small.has_transparency_data:
        small = Image.alpha_composite(Image.new("RGBA", size, "white"), small.convert("RGBA"))
    palette_picture = small.convert("RGB").quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    palette = palette_picture.getpalette() or []
    total = size[0] * size[1]
    found: dict[str, int] = {}
    for count, index in palette_picture.getcolors(256) or []:
        if isinstance(index, int):  # a pixel of a picture with a palette is its index
            red, green, blue = palette[3 * index : 3 * index + 3]
            name = f"#{red:02x}{green:02x}{blue:02x}"
            found[name] = found.get(name, 0) + count
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(name, round(count / total, 3)) for name, count in ranked]
