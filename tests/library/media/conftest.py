"""Files that several tests of media look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.library.media.makers import write_pdf, write_sound, write_video, write_wave

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sound_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three seconds of a tone in each container, by ending."""
    folder = tmp_path_factory.mktemp("sounds")
    codecs = {"mp3": "libmp3lame", "flac": "flac", "ogg": "libopus", "m4a": "aac", "aac": "aac", "aiff": "pcm_s16be"}
    codecs |= {"webm": "libopus", "mka": "libopus"}
    files = {ending: write_sound(folder / f"tone.{ending}", codec) for ending, codec in codecs.items()}
    return {**files, "wav": write_wave(folder / "tone.wav")}


@pytest.fixture(scope="session")
def video_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Twelve seconds of pictures in each container, by ending."""
    folder = tmp_path_factory.mktemp("videos")
    codecs = {"mp4": "mpeg4", "mov": "mpeg4", "webm": "libvpx", "mkv": "mpeg4", "avi": "mpeg4", "ts": "mpeg2video"}
    return {ending: write_video(folder / f"clip.{ending}", 12, codec=codec) for ending, codec in codecs.items()}


@pytest.fixture(scope="session")
def picture_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A noisy picture of 120×80 in each format, by ending."""
    folder = tmp_path_factory.mktemp("pictures")
    picture = Image.effect_noise((120, 80), 80).convert("RGB")
    endings = ["jpg", "png", "gif", "webp", "bmp", "tiff", "avif", "jp2", "ppm", "ico"]
    for ending in endings:
        picture.save(folder / f"noise.{ending}")
    return {ending: folder / f"noise.{ending}" for ending in endings}


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of two pages."""
    return write_pdf(tmp_path_factory.mktemp("documents") / "sea.pdf", ["The sea is blue", "The sky is grey"])
