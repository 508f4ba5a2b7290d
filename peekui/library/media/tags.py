"""Title, artist and the like, as music files carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import mutagen

from peekui.library.media.json_safe import clean_text

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["read_tags"]

_NAMES = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "albumartist": "album_artist",
    "composer": "composer",
    "date": "date",
    "genre": "genre",
    "tracknumber": "track",
}
# WAV and AIFF carry bare ID3 frames, for which mutagen has no easy names.
_FRAMES = {"TIT2": "title", "TPE1": "artist", "TALB": "album", "TCON": "genre", "TDRC": "date", "TRCK": "track"}
_CHARACTERS = 500


def read_tags(source: BinaryIO) -> dict[str, JsonValue]:
    """Read the tags of a sound.

    Args:
        source: The file; it is left at its beginning.

    Returns:
        Those of `title`, `artist`, `album`, `album_artist`, `composer`, `date`, `genre` and `track` that are there,
        as text. Tags that cannot be read give `tags_damaged`: the sound itself may still be fine.
    """
    try:
        tags = getattr(mutagen.File(source, easy=True), "tags", None)
        # Sorted: some kinds of tags come in the order of a set, and the same file must give the same facts every time.
        pairs = sorted(tags.items(), key=lambda pair: str(pair[0])) if tags is not None else []
    except Exception:  # noqa: BLE001 - mutagen raises nearly anything for hostile tags
        return {"tags_damaged": True}
    finally:
        source.seek(0)
    facts: dict[str, JsonValue] = {}
    for key, value in pairs:
        name = _NAMES.get(str(key).lower()) or _FRAMES.get(str(key))
        words = clean_text(", ".join(map(str, value)) if isinstance(value, list) else str(value)).strip()
        if name and words:
            facts.setdefault(name, words[:_CHARACTERS])
    return facts
