"""Real files for the tests, made with the libraries that read them."""

from __future__ import annotations

import array
import math
import wave
from typing import TYPE_CHECKING, Any

import av
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_pdf", "write_sound", "write_video", "write_wave"]

RATE = 48_000


def write_video(path: Path, seconds: int = 5, *, codec: str = "mpeg4", sound: str | None = None, **tags: str) -> Path:
    """Ten pictures a second, 96×64, that go from black to red."""
    frames: Any = av.VideoFrame  # partly without types
    with av.open(str(path), "w") as container:
        container.metadata.update(tags)
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        voice = container.add_stream(sound, rate=RATE, layout="mono") if sound else None
        count = seconds * 10
        for number in range(count):
            picture = Image.new("RGB", (96, 64), (255 * number // count, 0, 0))
            frame = frames.from_image(picture)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if isinstance(voice, av.AudioStream):
            _encode_tone(container, voice, seconds, 0.5)
    return path


def write_sound(
    path: Path, codec: str, seconds: int = 3, *, amplitude: float = 0.5, layout: str = "mono", **tags: str
) -> Path:
    """A tone of 440 Hz, the same in all channels."""
    with av.open(str(path), "w") as container:
        container.metadata.update(tags)
        stream = container.add_stream(codec, rate=RATE, layout=layout)
        assert isinstance(stream, av.AudioStream)
        _encode_tone(container, stream, seconds, amplitude)
    return path


def _encode_tone(
    container: av.container.OutputContainer, stream: av.AudioStream, seconds: int, amplitude: float
) -> None:
    size = stream.codec_context.frame_size or 1024
    resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=RATE, frame_size=size)
    samples = _tone(seconds, amplitude)
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.sample_rate = RATE
    frame.planes[0].update(samples.tobytes())
    for piece in (*resampler.resample(frame), *resampler.resample(None)):
        container.mux(stream.encode(piece))
    container.mux(stream.encode())


def write_wave(path: Path, seconds: int = 3, *, amplitude: float = 0.5) -> Path:
    """A tone of 440 Hz, 16 bits, one channel."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(_tone(seconds, amplitude).tobytes())
    return path


def _tone(seconds: int, amplitude: float) -> array.array[int]:
    turn = 2 * math.pi * 440 / RATE
    one = array.array("h", (round(32767 * amplitude * math.sin(turn * index)) for index in range(RATE)))
    return one * seconds


def write_pdf(path: Path, pages: list[str], *, password: str | None = None, owner: str | None = None) -> Path:
    """One line of Latin text a page."""
    writer = PdfWriter()
    writer.add_metadata({"/Title": "The Sea [draft]", "/Author": "Ada"})
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(200, 200)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    if password is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    with path.open("wb") as file:
        writer.write(file)
    return path
