"""Previews: small, WebP, the right way up."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits
from peekui.library.media.preview import PREVIEW_SIDE, PreviewError, render_preview
from tests.library.media.makers import write_sound, write_video

if TYPE_CHECKING:
    from pathlib import Path


def preview(path: Path, *, at: float | None = None) -> Image.Image:
    made = render_preview(path, inspect_file(path).media_type, at=at)
    assert made.media_type == "image/webp"
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.format == "WEBP"
        assert max(picture.size) <= PREVIEW_SIDE
        return picture.convert("RGB")


def colour(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return int(red), int(green), int(blue)


def test_every_picture_format(picture_files: dict[str, Path]) -> None:
    for path in picture_files.values():
        preview(path)


def test_a_large_picture_is_shrunk_and_a_small_one_is_not_enlarged(tmp_path: Path) -> None:
    Image.new("RGB", (3_000, 1_500)).save(tmp_path / "large.jpg")
    Image.new("RGB", (30, 15)).save(tmp_path / "small.png")
    assert preview(tmp_path / "large.jpg").size == (512, 256)
    assert preview(tmp_path / "small.png").size == (30, 15)


def test_the_right_way_up(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 20)).save(tmp_path / "turned.jpg", exif=exif)
    assert preview(tmp_path / "turned.jpg").size == (20, 60)


def test_a_moment_of_an_animation(tmp_path: Path) -> None:
    path = tmp_path / "turn.gif"
    frames = [Image.new("RGB", (20, 20), name) for name in ("#ff0000", "#00ff00", "#0000ff")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=1_000)
    assert colour(preview(path), 5, 5)[0] > 200
    assert colour(preview(path, at=1.5), 5, 5)[1] > 200
    assert colour(preview(path, at=99.0), 5, 5)[2] > 200


def test_a_moment_of_a_video(tmp_path: Path) -> None:
    path = write_video(tmp_path / "fade.mp4", 12)
    reds = [colour(preview(path, at=at), 40, 30)[0] for at in (0.0, 4.0, 8.0, 11.5)]
    assert reds == sorted(reds)
    assert reds[0] < 30
    assert reds[-1] > 200
    assert preview(path).size == (96, 64)


def test_every_video_container(video_files: dict[str, Path]) -> None:
    for path in video_files.values():
        assert preview(path, at=10.0).size == (96, 64)


def test_a_waveform_is_as_high_as_the_sound_is_loud(tmp_path: Path) -> None:
    def height(path: Path) -> int:
        picture = preview(path)
        return sum(colour(picture, 256, y)[2] > 128 for y in range(picture.height))

    loud = height(write_sound(tmp_path / "loud.flac", "flac", amplitude=0.9))
    soft = height(write_sound(tmp_path / "soft.flac", "flac", amplitude=0.3))
    assert loud > 130
    assert 35 < soft < 65


def test_every_sound_container(sound_files: dict[str, Path]) -> None:
    for path in sound_files.values():
        assert preview(path).size == (512, 160)
        assert preview(path, at=0.0).size == (512, 160)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"words", "DecodeError"),
        ("a.bin", bytes(range(256)), "DecodeError"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "TruncatedImage"),
    ],
)
def test_what_has_no_picture(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PreviewError) as caught:
        render_preview(path, inspect_file(path).media_type)
    assert caught.value.damage.type == kind


def test_a_type_that_the_file_no_longer_has(picture_files: dict[str, Path]) -> None:
    for wrong in ("image/png", "video/mp4", "audio/flac", "image/svg+xml"):
        with pytest.raises(PreviewError):
            render_preview(picture_files["jpg"], wrong)


def test_limits_hold(picture_files: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(PreviewError, match="DecompressionBomb"):
        render_preview(picture_files["png"], "image/png", limits=Limits(max_pixels=10))
    with pytest.raises(PreviewError, match="TooLarge"):
        render_preview(picture_files["png"], "image/png", limits=Limits(max_file_bytes=10))
    with pytest.raises(FileNotFoundError):
        render_preview(tmp_path / "gone.png", "image/png")
