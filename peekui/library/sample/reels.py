"""Plans films, recordings and PDF documents."""

from __future__ import annotations

import zlib
from functools import partial
from typing import TYPE_CHECKING

from peekui.library.sample.documents import pdf
from peekui.library.sample.files import SampleFile, again, moment
from peekui.library.sample.films import Film, shoot
from peekui.library.sample.graphics import scan
from peekui.library.sample.pictures import encode
from peekui.library.sample.sounds import Recording, record

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from peekui.library.sample.files import Maker

__all__ = ["FILMS", "PAPERS", "RECORDINGS", "plan_reels"]

FILMS: Mapping[str, Film] = {
    "media/clips/2026/lofoten-teaser": Film(
        "Lofoten teaser", ("aurora", "sea", "mountains", "lake", "aurora", "lights"), 25, "mp4", "chords", (320, 180)
    ),
    "media/clips/2026/aurora-timelapse": Film("Aurora, one night in two seconds", ("aurora",), 2, "mp4"),
    "media/clips/2026/tram-28": Film("Tram 28, Lisbon", ("city", "sea"), 4, "mp4", "melody"),
    "media/clips/2026/market-walk": Film("Walk through the market", ("market", "market"), 3, "mp4", "speech"),
    "media/clips/2026/night-market-cut": Film(
        "Night Market, rough cut", ("lights", "market", "city"), 6, "webm", "melody"
    ),
    "media/clips/2026/ferry": Film("Ferry to Skye", ("sea",), 2, "webm"),
    "media/clips/2026/interview-mara": Film("Interview with Mara Lindqvist", ("lake", "meadow"), 11, "mp4", "speech"),
    "media/clips/2025/dunes-drone": Film("Dunes from above", ("dunes", "dunes"), 4, "mp4"),
    "media/clips/2025/kyoto-temple": Film("Temple garden", ("forest", "lake"), 3, "webm", "chords"),
    "media/clips/2025/story-vertical": Film("Story, vertical", ("lights",), 2, "mp4", None, (108, 192)),
    "media/clips/2025/test-card": Film("Test card", ("meadow",), 1, "mov", None, (160, 90)),
    "media/design/Lantern/logo-reveal": Film("Logo reveal", ("lights",), 1, "webm", None, (160, 160)),
    "archive/2019/Reykjavik/harbour": Film("Harbour, Reykjavik", ("sea", "aurora"), 3, "mp4"),
    "archive/2019/New York/taxi-ride": Film("Taxi ride", ("city", "lights", "city"), 5, "mp4", "speech", (160, 90)),
}
"""By path without its ending."""

RECORDINGS: Mapping[str, Recording] = {
    "media/clips/sound/lighthouse-theme": Recording(
        "Lighthouse theme", "Noor El-Sayed", "Slow Coast", "2026-06-20", "chords", 25, "flac"
    ),
    "media/clips/sound/ferry-horn": Recording(
        "Ferry horn", "Callum Reid", "Slow Coast", "2026-06-12", "melody", 3, "wav"
    ),
    "media/clips/sound/market-ambience": Recording(
        "Market ambience", "Linh Pham", "Night Market", "2026-08-28", "speech", 12, "mp3"
    ),
    "media/clips/sound/jingle": Recording("Lantern jingle", "Priya Raman", "Night Market", "2026", "melody", 5, "mp3"),
    "media/clips/sound/room-tone": Recording("Room tone", "Priya Raman", "Night Market", "2026", "silence", 4, "wav"),
    "media/clips/sound/voice-over": Recording(
        "Voice-over, take 4", "Mara Lindqvist", "Northern Lights", "2026-02-11", "speech", 21, "ogg"
    ),
    "media/clips/sound/end-credits": Recording(
        "End credits", "Yuki Tanabe", "Northern Lights", "2026", "chords", 8, "ogg"
    ),
    "media/clips/sound/take [7": Recording(
        "a[/]b", "[bold]Nobody[/]", "\x1b[31mred\x1b[0m", "2026", "melody", 2, "mp3"
    ),
    "media/clips/sound/Früh am Morgen — 朝": Recording(
        "Früh am Morgen — 朝", "Annika Vogel", "غروب", "2025", "chords", 4, "flac"
    ),
    "archive/2019/interviews/baker": Recording(
        "The baker of Gordes", "Josefa Muñoz", "Provence 2019", "2019-07-06", "speech", 14, "mp3"
    ),
    "archive/2019/interviews/fisher": Recording(
        "The fisher", "Josefa Muñoz", "Iceland 2019", "2019-01-17", "speech", 6, "wav"
    ),
    "archive/2019/interviews/busker": Recording(
        "Busker, 42nd Street", "Tomás Ferreira", "New York 2019", "2019-10-20", "melody", 9, "flac"
    ),
}
"""By path without its ending."""

PAPERS: Mapping[str, int] = {
    "media/notes/contracts/model release.pdf": 1,
    "media/notes/contracts/permit to film, Lofoten.pdf": 2,
    "media/notes/contracts/insurance.pdf": 4,
    "media/design/Polaris/brand book.pdf": 3,
    "archive/2019/paperwork/invoice 2019-114.pdf": 1,
    "archive/2019/paperwork/customs declaration.pdf": 2,
}
"""Typed PDF documents and their number of pages."""

_SCANNED = ("archive/scans/contracts/letter 1987.pdf", "archive/scans/contracts/receipt.pdf")
_YEARS = ("2019", "2025", "2026")


def plan_reels(scale: int) -> Iterator[SampleFile]:
    """Films, recordings, typed and scanned documents, once for each round."""
    for repetition in range(scale):
        for path, film in FILMS.items():
            yield _planned(f"{path}.{film.form}", "film", partial(shoot, film), repetition)
        for path, recording in RECORDINGS.items():
            yield _planned(f"{path}.{recording.form}", "recording", partial(record, recording), repetition)
        for path, pages in PAPERS.items():
            title = path.rpartition("/")[2].removesuffix(".pdf").capitalize()
            yield _planned(path, "document", partial(pdf, title, pages=pages), repetition)
        for path in _SCANNED:
            yield _planned(path, "document", _scanned, repetition)


def _planned(path: str, kind: str, make: Maker, repetition: int) -> SampleFile:
    folder, _, name = path.rpartition("/")
    path = f"{again(folder, repetition)}/{name}"
    year = next((int(part) for part in folder.split("/") if part in _YEARS), 2024)
    # Spread over the year by the path itself: nothing depends on the order of the tables.
    day = zlib.crc32(path.encode()) % 300
    when = moment(year, 1, 3, 10) + day * 86400 - repetition * 3600
    return SampleFile(path, when, kind, make, source=path, may_be_refused=not path.isascii())


def _scanned(dice: random.Random) -> bytes:
    return encode(scan(dice), "PDF")
