"""Files that cannot be read, each broken the way files break in real life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.library.sample import broken_media as media
from peekui.library.sample import broken_stills as stills
from peekui.library.sample.files import SampleFile, again, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.library.sample.files import Maker

__all__ = ["DAMAGES", "Broken", "plan_damage"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A way to break a file.

    Attributes:
        kind: What is wrong, in snake case.
        folder: Collection and folder it lies in; repeated with `--scale`.
        name: Its file name, as innocent as in real life.
        make: Makes its bytes.
    """

    kind: str
    folder: str
    name: str
    make: Maker


def plan_damage(scale: int) -> Iterator[SampleFile]:
    """Every kind of damage, once for each round."""
    for repetition in range(scale):
        for number, broken in enumerate(DAMAGES):
            path = f"{again(broken.folder, repetition)}/{broken.name}"
            when = moment(2026, 9, 1 + number % 28, 8, 30) - repetition * 3600
            yield SampleFile(path, when, "damaged", broken.make, source=path, damage=broken.kind)


_CARD = "media/photos/card recovery"
_UPLOADS = "media/design/uploads"
_EXPORTS = "media/notes/exports"
_FOOTAGE = "media/clips/recovered"
_BAD_SCANS = "archive/scans/batch 17"

DAMAGES: tuple[Broken, ...] = (
    Broken("truncated_jpeg", _CARD, "IMG_4431.jpg", stills.truncated_jpeg),
    Broken("header_only_jpeg", _CARD, "IMG_4432.jpg", stills.header_only_jpeg),
    Broken("zeros", _CARD, "IMG_4433.jpg", stills.zeros),
    Broken("empty", _CARD, "IMG_4434.jpg", stills.empty),
    Broken("truncated_webp", _CARD, "PXL_2207.webp", stills.truncated_webp),
    Broken("text_as_jpeg", _CARD, "README.jpg", stills.text_as_jpeg),
    Broken("truncated_png", _UPLOADS, "logo-final.png", stills.truncated_png),
    Broken("html_as_png", _UPLOADS, "hero-image.png", stills.html_as_png),
    Broken("zip_as_webp", _UPLOADS, "teaser.webp", stills.zip_as_webp),
    Broken("png_bomb", _UPLOADS, "poster-16k.png", stills.png_bomb),
    Broken("png_wrong_checksum", _UPLOADS, "badge.png", stills.png_wrong_checksum),
    Broken("png_rotten_pixels", _UPLOADS, "sticker.png", stills.png_rotten_pixels),
    Broken("half_gif", "media/clips/uploads", "loop.gif", stills.half_gif),
    Broken("broken_json", _EXPORTS, "catalogue.json", stills.broken_json),
    Broken("empty", _EXPORTS, "todo.txt", stills.empty),
    Broken("noise_as_text", _EXPORTS, "minutes.txt", stills.noise_as_text),
    Broken("garbage_tiff", _BAD_SCANS, "scan-0171.tif", stills.garbage_tiff),
    Broken("truncated_tiff", _BAD_SCANS, "scan-0172.tif", stills.truncated_tiff),
    Broken("impossible_bmp", _BAD_SCANS, "scan-0173.bmp", stills.impossible_bmp),
    Broken("truncated_bmp", _BAD_SCANS, "scan-0174.bmp", stills.truncated_bmp),
    Broken("truncated_jpeg", "media/photos/finals", "portrait [broken].jpg", stills.truncated_jpeg),
    Broken("truncated_jpeg", "archive/2019/lost and found", "DSC00019.jpg", stills.truncated_jpeg),
    Broken("mp4_without_index", _FOOTAGE, "C0042.mp4", media.mp4_without_index),
    Broken("half_mp4", _FOOTAGE, "C0043.mp4", media.half_mp4),
    Broken("mp4_zeroed", _FOOTAGE, "C0044.mp4", media.mp4_zeroed),
    Broken("half_webm", _FOOTAGE, "preview [720p].webm", media.half_webm),
    Broken("html_as_mp4", _FOOTAGE, "stock-4418.mp4", media.html_as_mp4),
    Broken("empty", _FOOTAGE, "C0045.mp4", stills.empty),
    Broken("half_flac", _FOOTAGE, "interview-b.flac", media.half_flac),
    Broken("silent_header_wav", _FOOTAGE, "boom mic.wav", media.silent_header_wav),
    Broken("noise_as_mp3", _FOOTAGE, "voicemail.mp3", media.noise_as_mp3),
    Broken("jpeg_as_mp3", "archive/2019/lost and found", "track 03.mp3", media.jpeg_as_mp3),
    Broken("password_pdf", "media/notes/contracts", "salaries.pdf", media.password_pdf),
    Broken("truncated_pdf", "archive/2019/lost and found", "annual report.pdf", media.truncated_pdf),
)
"""Every damage of the sample; a kind may occur twice."""
