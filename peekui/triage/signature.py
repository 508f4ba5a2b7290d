"""The signature of an error: its type and text with what differs from asset to asset masked.

Masks are rules, not learnt: the same error has the same signature today and tomorrow, in any order and in any sample,
which is what "new", "gone" and "back" need. A template miner (drain3) was measured against them: its templates depend
on what came before, it merged the 26 causes of the demo's failures into 19, and it was last released in 2022.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from peekui.triage.error_text import read_error

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue
    from peekui.triage.error_text import ErrorText

__all__ = ["mask", "signature", "signature_of"]

_MEDIA_TYPE: Final = r"(?:application|audio|font|image|message|model|multipart|text|video)/[\w.+-]+"
_ENDING: Final = (
    r"(?:jpe?g|png|gif|webp|bmp|tiff?|heic|heif|avif|svg|psd|raw|mp4|m4v|mov|mkv|webm|avi|mpe?g|ts|m3u8|mp3|wav|flac"
    r"|ogg|opus|m4a|aac|pdf|docx?|xlsx?|pptx?|txt|md|csv|tsv|jsonl?|ya?ml|xml|html?|zip|gz|tar|parquet|tmp|log|bin|py|so)"
)
_CODE: Final = r"(?:HTTP(?:/\d(?:\.\d)?)?|status(?:\ code)?|code|exit|signal|version)[\s:=#]*\d{1,5}\b"
_PLAIN: Final = r"\ ?(?!HTTP|status|code|errno|exit|signal|version)(?<![\w/@.-])[a-z]++(?=[\s,;)]|$)"
"""Most of an error: passed over in one step, which halves the time."""
_DATE: Final = r"\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"

# The first alternative that fits wins, so that a URL is not a path and a date is not three numbers.
_MASKED: Final = re.compile(
    rf"""
      (?P<keep>    (?<![\w/]){_MEDIA_TYPE}                                # what a file claims to be is a cause
                 | (?<!\w)(?:{_CODE} | errno[\s:=#]*\d+ )                 # so is 404, or errno 13
                 | {_PLAIN} )
    | (?P<quoted>  (?<!\w)'[^'\n]*'(?!\w) | "[^"\n]*" | `[^`\n]*` | “[^”\n]*” | ‘[^’\n]*’(?!\w) | «[^»\n]*» )
    | (?P<url>     \b[a-z][a-z0-9+.-]{{1,15}}://[^\s<>"')\]]+ | \bdata:[^\s<>"')\]]+ )
    | (?P<mail>    (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]{{1,64}} )
    | (?P<time>    \b{_DATE} | \b\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?\b )
    | (?P<id>      \b[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b
                 | \b[a-z]{{2,12}}_(?=\w*\d)[0-9a-z]{{6,64}}\b )          # ast_…, task_…, as the API makes them
    | (?P<path>    (?<![\w/])~?(?:/[\w.@%+=:,~-]+){{2,}}/? | (?<![\w/])~?/[\w@%+=~-][\w.@%+=:,~-]*
                 | \b[A-Z]:\\[^\s"'<>|]+ | (?<!\w)\\\\[\w.$-]+\\[^\s"'<>|]+
                 | (?<![\w.@%+=~()\[\]/-])(?:[\w.@%+=~-]+/)*[\w@%+=~()\[\]-][\w.@%+=~()\[\]-]*\.{_ENDING}\b )
    | (?P<host>    \b(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?::\d+)?\b )
    | (?P<hash>    \b0x[0-9a-f]+\b | \b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-f]{{8,128}}\b
                 | \b(?=[a-z]*\d)(?=[0-9]*[a-z])[\w+-]{{24,}}(?:=|\b) )
    | (?P<n>       (?<![\w.])[-+]?\d+(?:[.,_]\d+)*(?:e[-+]?\d+)?(?=[a-z%°]{{0,3}}(?!\w)|x\d) | (?<=\dx)\d+(?!\w) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MASKS: Final = {"quoted": "<text>", "mail": "<mail>", "hash": "<id>"}


def signature(error: JsonValue) -> str:
    """Give the signature of an error as it came: `type: text` with ids, numbers, paths, URLs, quoted values masked."""
    return signature_of(read_error(error))


def signature_of(error: ErrorText) -> str:
    """Give the signature of an error that was read; its type is a cause and stays, even where it is a number."""
    return f"{error.type}: {mask(error.text)}" if error.type else mask(error.text)


@lru_cache(maxsize=4096)
def mask(text: str) -> str:
    """Replace what differs from asset to asset by what it is, such as `<n>`.

    Media types and the numbers of statuses stay: they are causes.
    """
    return _MASKED.sub(_word, text)


def _word(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return match[0] if kind == "keep" else _MASKS.get(kind, f"<{kind}>")
