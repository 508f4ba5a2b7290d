"""Pictures: facts, and every kind of damage."""

from __future__ import annotations

import struct
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image, PngImagePlugin

from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.library.media.facts import Facts


def damage_of(facts: Facts) -> str | None:
    return facts.damage.type if facts.damage else None


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def write_png_header(path: Path, width: int, height: int) -> None:
    """A PNG that claims a size and holds next to nothing."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(bytes(1_000)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + data + png_chunk(b"IEND", b""))


def test_every_format(picture_files: dict[str, Path]) -> None:
    for ending, path in picture_files.items():
        facts = inspect_file(path)
        assert facts.damage is None, ending
        assert facts.modality == "image"
        assert facts.has_preview
        sizes = (facts.metadata["width"], facts.metadata["height"])
        assert sizes == (120, 80) or ending == "ico"
        [extract] = facts.extracts
        assert (extract.modality, extract.type, extract.has_preview) == ("image", "image_facts", True)


def test_every_format_cut_in_half(picture_files: dict[str, Path], tmp_path: Path) -> None:
    for ending, whole in picture_files.items():
        content = whole.read_bytes()
        path = tmp_path / f"half.{ending}"
        path.write_bytes(content[: len(content) // 2])
        facts = inspect_file(path)
        # AVIF and JPEG 2000 give a picture or none, and do not say why.
        expected = {"DecodeError", "TruncatedImage"} if ending in {"avif", "jp2", "ico"} else {"TruncatedImage"}
        assert damage_of(facts) in expected, ending
        assert facts.extracts == ()
        assert not facts.has_preview


def test_what_the_header_said_is_kept_with_the_damage(picture_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "half.jpg"
    path.write_bytes(picture_files["jpg"].read_bytes()[:-1_000])
    facts = inspect_file(path)
    assert damage_of(facts) == "TruncatedImage"
    assert facts.metadata == {"width": 120, "height": 80, "mode": "RGB", "format": "JPEG"}


def test_a_mangled_picture(picture_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "mangled.png"
    content = bytearray(picture_files["png"].read_bytes())
    content[60:200] = bytes(140)
    path.write_bytes(content)
    assert damage_of(inspect_file(path)) in {"DecodeError", "TruncatedImage"}


def test_dominant_colours(tmp_path: Path) -> None:
    picture = Image.new("RGB", (96, 96), "#204060")
    picture.paste("#ff0000", (0, 0, 96, 24))
    picture.save(tmp_path / "flag.png")
    facts = inspect_file(tmp_path / "flag.png")
    assert facts.metadata["dominant_colours"] == ["#204060", "#ff0000"]
    shares = facts.extracts[0].metadata["dominant_colours"]
    assert shares == [{"hex": "#204060", "share": 0.75}, {"hex": "#ff0000", "share": 0.25}]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_colours_of_every_mode(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("deep.tiff" if mode in {"CMYK", "I;16", "I", "F"} else "deep.png")
    Image.new(mode, (20, 10)).save(path)
    facts = inspect_file(path)
    assert facts.damage is None
    assert facts.metadata["mode"] == mode
    assert facts.metadata["dominant_colours"]


def test_exif(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Harbour [evening]\0"
    exif[0x010F] = "Peek"
    exif[0x0110] = "One"
    camera = exif.get_ifd(0x8769)
    camera[0x9003] = "2024:05:06 07:08:09"
    camera[0x829A] = (1, 125)
    camera[0x829D] = 2.8
    place = exif.get_ifd(0x8825)
    place |= {1: "S", 2: (33.0, 51.0, 24.12), 3: "E", 4: (151.0, 12.0, 33.12), 5: b"\x00", 6: 12.5}
    Image.new("RGB", (40, 20)).save(tmp_path / "photo.jpg", exif=exif)
    found = inspect_file(tmp_path / "photo.jpg").metadata
    assert found["orientation"] == 6
    assert found["title"] == "Harbour [evening]"
    assert (found["camera_make"], found["camera_model"]) == ("Peek", "One")
    assert found["taken_at"] == "2024-05-06T07:08:09"
    assert found["f_number"] == pytest.approx(2.8)
    assert found["gps"] == {"lat": -33.8567, "lon": 151.2092, "altitude_m": 12.5}


def test_damaged_exif_leaves_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (40, 20)).save(path, exif=b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\xff\xff" + b"\xff" * 30)
    facts = inspect_file(path)
    assert facts.damage is None
    assert facts.metadata["width"] == 40


def test_png_title(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", " Plan\x00B ")
    Image.new("RGB", (4, 4)).save(tmp_path / "plan.png", pnginfo=words)
    assert inspect_file(tmp_path / "plan.png").metadata["title"] == "Plan\ufffdB"


@pytest.mark.parametrize("ending", ["gif", "webp", "png"])
def test_animation(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"turn.{ending}"
    frames = [Image.new("RGB", (30, 20), (80 * number, 0, 0)) for number in range(4)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=250)
    found = inspect_file(path).metadata
    assert (found["frames"], found["animated"], found["duration_seconds"]) == (4, True, 1.0)


def test_frames_beyond_the_limit_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "long.gif"
    frames = [Image.new("RGB", (8, 8), (number, 0, 0)) for number in range(20)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=10)
    facts = inspect_file(path, limits=Limits(max_frames=5))
    assert facts.damage is None
    assert facts.metadata["animated"] is True
    assert "frames" not in facts.metadata


def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    for side in (12_000, 60_000, 2**31 - 1):
        write_png_header(path, side, side)
        started = time.monotonic()
        assert damage_of(inspect_file(path)) == "DecompressionBomb"
        assert time.monotonic() - started < 2
    facts = inspect_file(path, limits=Limits(max_pixels=100))
    assert facts.damage is not None
    assert "at most 100 are decoded" in facts.damage.message or "more than 240,000,000 pixels" in facts.damage.message


def test_a_bomb_inside_an_icon(tmp_path: Path) -> None:
    inner = tmp_path / "inner.png"
    write_png_header(inner, 60_000, 60_000)
    content = inner.read_bytes()
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(content), 22)
    path = tmp_path / "bomb.ico"
    path.write_bytes(struct.pack("<HHH", 0, 1, 1) + entry + content)
    assert damage_of(inspect_file(path)) == "DecompressionBomb"


def test_svg_is_a_picture_by_type_only(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="ascii")
    facts = inspect_file(path)
    assert (facts.media_type, facts.modality, facts.damage, facts.extracts) == ("image/svg+xml", "image", None, ())
