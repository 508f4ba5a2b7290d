"""Metadata beside a file: `NAME.EXT.json`, from the ordinary to the unreasonable."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from peekui.library.sample import vocabulary as words
from peekui.library.sample.files import SampleFile, moment
from peekui.library.sample.graphics import icon
from peekui.library.sample.pictures import encode
from peekui.library.sample.words import sentence

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

    from peekui.library.sample.pictures import Shot

__all__ = ["ODD_METADATA", "describe_photo", "plan_odd_metadata"]

_FOLDER = "media/design/metadata tests"


def describe_photo(shot: Shot, chance: random.Random) -> bytes:
    """What an editor noted about a photograph; not every key is always there, and a rating may be null."""
    campaign = chance.choice(words.CAMPAIGNS)
    when = dt.datetime.fromtimestamp(shot.taken, dt.UTC)
    notes: dict[str, Any] = {
        "title": shot.caption,
        "description": sentence(chance),
        "tags": sorted({shot.scene, *chance.sample(words.TAGS, chance.randint(1, 4))}),
        "rating": chance.choice((1, 2, 3, 3, 4, 4, 5, 5, 4.5, None)),
        "camera": {"make": shot.camera.make, "model": shot.camera.model} if shot.camera else None,
        "campaign": {"name": campaign.name, "client": campaign.client, "budget": campaign.budget},
        "location": {
            "name": shot.trip.place,
            "country": shot.trip.country,
            "lat": shot.trip.latitude,
            "lon": shot.trip.longitude,
        },
        "taken_at": when.isoformat().replace("+00:00", "Z")
        if chance.random() < 0.6
        else when.strftime("%Y-%m-%dT%H:%M:%S"),
        "cleared": chance.random() < 0.7,
        "people": chance.sample(words.PEOPLE, chance.randint(0, 2)),
        "usage": [
            {"channel": channel, "views": chance.randint(0, 90000)}
            for channel in chance.sample(("web", "print", "social", "billboard"), chance.randint(0, 3))
        ],
        "entities": [{"node": f"scenes/{shot.scene}", "confidence": round(chance.uniform(0.5, 1), 3)}],
    }
    for key in ("description", "rating", "camera", "people", "usage"):
        if chance.random() < 0.2:
            del notes[key]
    return _json(notes)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def _nested(_: random.Random) -> dict[str, Any]:
    inside: dict[str, Any] = {"bottom": "you found it", "list": [{"deep": [1, 2, 3]}]}
    for level in range(20, 0, -1):
        inside = {f"level_{level}": inside}
    return {"title": "Twenty levels down", **inside}


def _megabyte(chance: random.Random) -> dict[str, Any]:
    # Repeating a few dozen sentences is as large as composing thousands, and far quicker.
    remarks = [sentence(chance) for _ in range(40)]
    history = [{"revision": number, "remark": chance.choice(remarks)} for number in range(8500)]
    return {"title": "One megabyte of revision history", "history": history}


def _fixed(value: dict[str, Any]) -> Callable[[random.Random], dict[str, Any]]:
    return lambda _: value


ODD_METADATA: Mapping[str, Callable[[random.Random], dict[str, Any]]] = {
    "nested 20 deep": _nested,
    "one megabyte": _megabyte,
    "markup title": _fixed({"title": "a[/]b", "tags": ["[bold]", "[/]", "[@click=app.quit]leave[/]"]}),
    "escape title": _fixed({"title": "\x1b[31mred\x1b[0m \x1b]0;owned\x07title\r\nsecond line", "tags": ["\x1b[2J"]}),
    "bidi title": _fixed({"title": "invoice \u202egnp.exe", "author": "\u2067مكتبة\u2069"}),
    "empty values": _fixed({"title": "", "tags": [], "rating": None, "campaign": {}, "": "a key without a name"}),
    "mixed types": _fixed({"title": "Mixed types", "rating": "5", "cleared": 1, "campaign": "Harvest", "tags": "food"}),
    "numbers": _fixed({"title": "Numbers", "rating": -0.0, "views": 9007199254740993, "ratio": 1e308, "rank": 10**30}),
    "dates": _fixed(
        {"title": "Dates", "taken_at": "2026-03-01", "due": "2026-03-29T02:30:00+01:00", "sold": "1969-12-31T23:59:59Z"}
    ),
    "dotted keys": _fixed(
        {"title": "Dotted keys", "a.b": 1, "a": {"b": 2}, "list[]": [3], "spa ce": 4, 'quo"te': 5, "$": 6}
    ),
    "emoji": _fixed({"title": "👩‍👩‍👧‍👦 family at the fair 🎡", "tags": ["🇳🇴", "👍🏽", "e\u0301"]}),
    "long line": _fixed({"title": "word " * 400, "url": "https://example.org/" + "path/" * 300}),
    "lists": _fixed(
        {"title": "Lists", "matrix": [[1, 2], [3, [4, [5]]]], "entities": [{"node": "a"}, {"node": None}, {}, 7]}
    ),
}
"""Metadata that has broken programs, by the name of the icon it belongs to."""


def plan_odd_metadata() -> Iterator[SampleFile]:
    """A small picture and a sidecar for each of `ODD_METADATA`."""
    for number, (name, compose) in enumerate(ODD_METADATA.items()):
        path, when = f"{_FOLDER}/{name}.png", moment(2026, 5, 4) + number * 600
        yield SampleFile(path, when, "design", _icon, source=path)
        sidecar = f"{path}.json"
        yield SampleFile(sidecar, when, "sidecar", partial(_compose, compose), source=sidecar)


def _icon(chance: random.Random) -> bytes:
    return encode(icon(chance), "PNG")


def _compose(compose: Callable[[random.Random], dict[str, Any]], chance: random.Random) -> bytes:
    return _json(compose(chance))
