"""A library of many assets for the benchmarks: written by the indexer's own functions, from records without files."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from peekui.library.folders import enter_collection
from peekui.library.libraries import Library, register
from peekui.library.record import Record
from peekui.library.store import open_store
from peekui.library.walk import Found
from peekui.library.writing import add_asset, write_record

if TYPE_CHECKING:
    from peekui.library.store import Store

__all__ = ["COLLECTIONS", "build"]

COLLECTIONS: Final = 6
_BATCH: Final = 5000
_MAKERS = ("Kestrel", "Hoshi", "Aurora", "Nordlys", "Vega")
_WORDS = (
    *("morning", "light", "river", "stone", "bridge", "winter", "harbour", "quiet", "forest", "signal", "market"),
    *("ridge", "island", "lantern", "cloud", "valley", "station", "garden", "summit", "glass", "orchard", "tower"),
)
_RARE = ("heron", "aqueduct", "eclipse")


def build(directory: Path, assets: int) -> tuple[Store, Library]:
    """Open a library of so many assets; write it first where it is missing.

    Args:
        directory: Data directory; kept between runs.
        assets: How many.
    """
    store = open_store(directory)
    [library] = register(store, [directory], demo=False)
    reader = store.reader()
    [there] = reader.execute("SELECT count(*) FROM asset").fetchone()
    reader.close()
    if there != assets:
        if there:
            raise SystemExit(f"{directory} holds {there:,} assets, not {assets:,}: give another directory.")
        _write(store, library, assets)
    return store, library


def _write(store: Store, library: Library, assets: int) -> None:
    dice = random.Random(7)  # noqa: S311 - the same library every time
    started = time.monotonic()
    for first in range(0, assets, _BATCH):
        with store.writing() as write:
            rows = {
                number: enter_collection(write.db, library, f"folder-{number}".encode())
                for number in range(COLLECTIONS)
            }
            for number in range(first, min(first + _BATCH, assets)):
                folder = number * COLLECTIONS // assets
                found = Found(
                    f"folder-{folder}/{number:08}.jpg".encode(), dice.randint(10_000, 9_000_000), number * 10**9
                )
                add_asset(write, namespace=library.row, collection=rows[folder], identity=library.identity, found=found)
                [row] = write.db.execute("SELECT max(id) FROM asset").fetchone()
                write_record(write, row, _record(dice, found, number))
        done = min(first + _BATCH, assets)
        sys.stderr.write(f"\rwriting the library: {done:,} of {assets:,}, {time.monotonic() - started:.0f} s")
    sys.stderr.write("\n")


def _record(dice: random.Random, found: Found, number: int) -> Record:
    failed = dice.random() < 0.02
    modality = dice.choices(("image", "video", "audio", "text"), (70, 15, 10, 5))[0]
    return Record(
        size_bytes=found.size,
        mtime_ns=found.mtime_ns,
        file_hash=f"{number:064x}",
        media_type=f"{modality}/sample",
        modality=modality,
        metadata=msgspec.json.encode(_metadata(dice, number)),
        error=msgspec.json.encode({"type": "Truncated", "message": "the file ends too early"}) if failed else None,
        has_preview=not failed,
        features=(),
    )


def _metadata(dice: random.Random, number: int) -> dict[str, Any]:
    title = dice.sample(_WORDS, 3)
    if dice.random() < 0.03:
        title.append(dice.choice(_RARE))
    name = f"{number:08}.jpg"
    return {
        "title": " ".join(title).capitalize(),
        "file_name": name,
        "path": f"folder/{name}",
        "width": dice.choice((640, 1024, 1920, 4000, 6000)),
        "height": dice.choice((480, 768, 1080, 3000)),
        "camera": {"make": dice.choice(_MAKERS), "iso": dice.choice((100, 200, 400, 800, 1600))},
        "rating": dice.randint(0, 5),
        "score": round(dice.random() * 100, 3),
        "taken_at": f"20{dice.randint(10, 25)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T12:00:00Z",
        "tags": dice.sample(_WORDS, dice.randint(0, 3)),
        "reviewed": dice.random() < 0.5,
    }


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))[0].close()
