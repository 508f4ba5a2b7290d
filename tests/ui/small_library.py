"""A little library written by hand, byte for byte: what it looks like does not depend on any encoder's version."""

from __future__ import annotations

import json
import os
import struct
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NOW", "grey_png", "write_small_library"]

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_HOUR = 3600


def write_small_library(parent: Path) -> Path:
    """Write the library below a folder and give its root."""
    root = parent / "study"
    notes = {
        "notes/harbour.md": "# Harbour at dawn\n\nFishing boats leave the harbour at five. Fog until seven.\n",
        "notes/budget.csv": "item,price\nlens,420\ntripod,180\n",
        "notes/harbour copy.md": "# Harbour at dawn\n\nFishing boats leave the harbour at five. Fog until seven.\n",
        "notes/[red]alert[": "Brackets in a name are brackets.\n",
        "notes/\x1b[31mescape\x1b[0m.txt": "A name with an escape sequence.\n",
        "notes/مرحبا.txt": "A name from right to left.\n",
        "notes/港の写真.txt": "A name of wide characters.\n",
        "notes/" + "very long name " * 9 + ".txt": "A long name.\n",
        "notes/broken.json": '{"title": "cut off',
        "stills/\x1b]0;pwned\x07.txt": "A name that would set the title of the window.\n",
    }
    contents: dict[str, bytes] = {path: text.encode() for path, text in notes.items()}
    picture = grey_png(4, 3)
    contents["stills/sea.png"] = picture
    contents["stills/cut.png"] = picture[:-20]
    contents["stills/empty.png"] = b""
    contents["stills/sea.png.json"] = json.dumps({"title": "a[/]b", "camera": {"model": "Box[1]"}}).encode()
    contents["stills/collection.json"] = json.dumps({"name": "stills [b]2026[/b]"}).encode()
    contents |= {f"rolls/frame {number:03}.txt": f"Frame {number}.\n".encode() for number in range(1, 121)}
    for number, (path, content) in enumerate(contents.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        moment = NOW.timestamp() - (number + 1) ** 2 * _HOUR
        os.utime(file, (moment, moment))
    return root


def grey_png(width: int, height: int) -> bytes:
    """Give a grey PNG, stored without compression so that every zlib writes the same."""
    raw = b"".join(b"\0" + bytes(range(row, row + width)) for row in range(height))
    stored = zlib.compressobj(0)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", stored.compress(raw) + stored.flush()),
        (b"IEND", b""),
    ]
    chunks = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
