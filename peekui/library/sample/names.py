"""File names that break programs: markup, escapes, scripts, lengths, bytes."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from peekui.library.sample.files import SampleFile, moment
from peekui.library.sample.films import Film, shoot
from peekui.library.sample.pictures import encode
from peekui.library.sample.scenes import SCENES, paint
from peekui.library.sample.words import TEXT_KINDS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from peekui.library.sample.files import Maker

__all__ = ["NASTY_NAMES", "plan_nasty_names"]

NASTY_NAMES: Mapping[str, str] = {
    "brackets": "media/clips/finals/clip [final].mp4",
    "markup": "media/photos/inbox/[red]alert[.jpg",
    "markup link": "media/photos/inbox/[@click=app.quit]x.png",
    "markup closing": "media/photos/inbox/[bold]loud[reset] quiet.jpg",
    "markup only": "media/notes/inbox/[].txt",
    "markup across folders": "media/photos/[b]inbox[/b]picture.jpg",
    "markup closing across folders": "media/photos/a[/]b.jpg",
    "escape colour": "media/photos/inbox/\x1b[31mred\x1b[0m.jpg",
    "escape title": "media/notes/inbox/\x1b]0;owned\x07report.txt",
    "escape clear": "media/photos/inbox/\x1b[2J\x1b[H.png",
    "control characters": "media/notes/inbox/bell\x07 back\x08space\x7f.txt",
    "c1 control": "media/notes/inbox/c1 \x9b31m csi.txt",
    "newline": "media/notes/inbox/two\nlines.md",
    "carriage return and tab": "media/notes/inbox/over\rwrite\tten.txt",
    "emoji": "media/photos/inbox/🎬 take 3 ✅.jpg",
    "emoji joined": "media/photos/inbox/👩‍👩‍👧‍👦 family 🏳️‍🌈.jpg",
    "emoji flags and skin": "media/photos/inbox/🇳🇴 👍🏽 ☕️.webp",
    "arabic": "media/photos/inbox/غروب الشمس في مراكش.jpg",
    "hebrew": "media/notes/inbox/שלום עולם 2026.md",
    "right-to-left folder": "media/notes/مجلد/ملاحظات.txt",
    "bidi override": "media/photos/inbox/photo\u202egpj.exe.jpg",
    "bidi isolate": "media/notes/inbox/\u2067isolated\u2069.txt",
    "combining marks": "media/notes/inbox/Z̷̢̛̰͕̈́a̶̧͇̓͘l̸̰̊̕g̵̱͒ȍ̵̫.txt",
    "decomposed accents": "media/notes/inbox/re\u0301sume\u0301.md",
    "cjk": "media/photos/inbox/京都の秋、紅葉と寺.jpg",
    "full width": "media/notes/inbox/ＦＵＬＬ　ｗｉｄｔｈ.txt",
    "hangul and thai": "media/photos/inbox/서울의 밤 กรุงเทพ.jpg",
    "zero width": "media/notes/inbox/zero\u200bwidth\u200d\ufeff.txt",
    "leading dash": "media/notes/inbox/-rf.txt",
    "leading space": "media/notes/inbox/ leading space.txt",
    "trailing space": "media/notes/inbox/trailing space.txt ",
    "trailing dot": "media/notes/inbox/trailing dot.txt.",
    "no ending": "media/notes/inbox/README",
    "many endings": "media/notes/inbox/archive.tar.gz.txt",
    "quotes": 'media/notes/inbox/it\'s "quoted" `code`.txt',
    "shell": "media/notes/inbox/$(reboot); rm * & echo %PATH% |.txt",
    "query": "media/notes/inbox/100% ?a=b&c=d#part.html",
    "sql": "media/notes/inbox/'; DROP TABLE assets; --.csv",
    "backslash": "media/notes/inbox/back\\slash.txt",
    "long": "media/photos/inbox/" + "a very long name " * 11 + "it is.jpg",
    "long wide": "media/notes/inbox/" + "長" * 65 + ".txt",
    "long word": "archive/scans/inbox/" + "x" * 196 + ".png",
    "markup unfinished": "archive/2019/inbox/[]a[b]c[.jpg",
    "not utf-8": b"media/notes/inbox/caf\xe9 latin-1.txt".decode("utf-8", "surrogateescape"),
    "not utf-8 folder": b"archive/2019/\xff\xfe folder/picture.jpg".decode("utf-8", "surrogateescape"),
}
"""Paths by what is nasty about them; a bidi override, for instance, must not hide the ending."""

_PICTURES = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


def plan_nasty_names() -> Iterator[SampleFile]:
    """A readable file for each of `NASTY_NAMES`, some of them with a sidecar."""
    for number, (what, path) in enumerate(NASTY_NAMES.items()):
        when = moment(2026, 10, 20) + number * 5400
        kind, make = _maker(number, what, path)
        yield SampleFile(path, when, kind, make, source=f"name: {what}", may_be_refused=True)
        if number % 4 == 0:
            sidecar, make = f"{path}.json", partial(_sidecar, what)
            yield SampleFile(sidecar, when, "sidecar", make, source=f"sidecar: {what}", may_be_refused=True)


def _maker(number: int, what: str, path: str) -> tuple[str, Maker]:
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :]
    if ending in _PICTURES:
        return "photo", partial(_picture, tuple(SCENES)[number % len(SCENES)], _PICTURES[ending])
    if ending == ".mp4":
        return "film", partial(shoot, Film("clip [final]", ("aurora", "city"), 2, "mp4"))
    write = TEXT_KINDS.get(ending[1:], TEXT_KINDS["txt"])
    return "note", partial(write, f"A file with a nasty name: {what}")


def _picture(scene: str, form: str, dice: random.Random) -> bytes:
    return encode(paint(scene, (320, 213), dice), form)


def _sidecar(what: str, dice: random.Random) -> bytes:
    return json.dumps({"title": f"Nasty name: {what}", "tags": ["nasty"], "rating": dice.randint(1, 5)}).encode()
