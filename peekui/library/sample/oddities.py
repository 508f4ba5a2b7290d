"""Files that look suspicious and are not: everything here can be read."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

from peekui.library.sample.brushes import gradient
from peekui.library.sample.files import SampleFile, moment
from peekui.library.sample.graphics import logo
from peekui.library.sample.pictures import encode
from peekui.library.sample.scenes import paint
from peekui.library.sample.words import csv_table, paragraphs, plain_note, sentence

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from peekui.library.sample.files import Maker

__all__ = ["ODDITIES", "plan_oddities"]


def _jpeg(dice: random.Random) -> bytes:
    return encode(paint("meadow", (320, 213), dice), "JPEG")


def _cmyk(dice: random.Random) -> bytes:
    return encode(paint("market", (320, 213), dice).convert("CMYK"), "JPEG")


def _grey_with_alpha(dice: random.Random) -> bytes:
    return encode(logo(dice).convert("LA"), "PNG")


def _sixteen_bit(dice: random.Random) -> bytes:
    grey = paint("mountains", (320, 213), dice).convert("L")
    return encode(grey.convert("I").point(lambda value: value * 257).convert("I;16"), "PNG")


def _one_pixel(_: random.Random) -> bytes:
    return encode(Image.new("RGB", (1, 1), (255, 122, 89)), "PNG")


def _ruler(_: random.Random) -> bytes:
    return encode(gradient((2, 2400), ((18, 32, 60), (255, 122, 89))).transpose(Image.Transpose.ROTATE_90), "PNG")


def _zip(dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("handover/readme.txt", (2026, 9, 1, 8, 30, 0)), plain_note("Handover", dice))
    return out.getvalue()


def _utf_16(dice: random.Random) -> bytes:
    return plain_note("A note from an old editor", dice).decode().encode("utf-16")


def _latin_1(dice: random.Random) -> bytes:
    return f"Café, naïve, Ærø, señor, für\r\n\r\n{sentence(dice)}\r\n".encode("cp1252", "replace")


def _byte_order_mark(dice: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + csv_table("Exported by a spreadsheet", dice).replace(b"\n", b"\r\n")


def _terminal_log(dice: random.Random) -> bytes:
    lines = (f"\x1b[{31 + row % 6}m{row:03}\x1b[0m {sentence(dice)}" for row in range(40))
    return "\n".join(["\x1b[2J\x1b]0;render\x07", *lines]).encode()


def _one_line(dice: random.Random) -> bytes:
    return " ".join(paragraphs(dice, 60)).encode()


def _list(dice: random.Random) -> bytes:
    return json.dumps([{"frame": number, "remark": sentence(dice)} for number in range(30)]).encode()


def _nothing_but_space(_: random.Random) -> bytes:
    return b" \n\t\n\n"


ODDITIES: Mapping[str, Maker] = {
    "media/design/uploads/team photo.png": _jpeg,
    "media/photos/inbox/HOLIDAY.JPG": _jpeg,
    "media/photos/inbox/without ending": _jpeg,
    "media/design/uploads/print.jpg": _cmyk,
    "media/design/uploads/stamp.png": _grey_with_alpha,
    "media/design/uploads/elevation.png": _sixteen_bit,
    "media/design/uploads/pixel.png": _one_pixel,
    "media/design/uploads/ruler.png": _ruler,
    "media/notes/exports/handover.zip": _zip,
    "media/notes/exports/old editor.txt": _utf_16,
    "media/notes/exports/umlauts.txt": _latin_1,
    "media/notes/exports/spreadsheet.csv": _byte_order_mark,
    "media/notes/exports/render.log": _terminal_log,
    "media/notes/exports/one line.txt": _one_line,
    "media/notes/exports/frames.json": _list,
    "media/notes/exports/blank.txt": _nothing_but_space,
}
"""By path: endings that are wrong but harmless, unusual pixels, unusual encodings, an archive nobody looks into."""


def plan_oddities() -> Iterator[SampleFile]:
    """One file for each of `ODDITIES`."""
    for number, (path, make) in enumerate(ODDITIES.items()):
        yield SampleFile(path, moment(2026, 7, 1 + number, 16), "odd", make, source=path)
