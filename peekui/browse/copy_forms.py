"""The forms in which assets can be copied: what each is called, what it takes to know, and how it is written."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from peekui.browse.file_names import file_name_of, unlike_each_other

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from peekui.api.models import Asset
    from peekui.api.signing import SignedFile
    from peekui.filters.nodes import JsonValue

__all__ = ["COPY_FORMS", "ID_FORM", "URL_FORM", "CopyForm", "CopyItem", "Needs"]


class Needs(IntEnum):
    """What has to be known of an asset; each takes a call for an asset of which it is not."""

    ID = 0
    ASSET = 1
    URL = 2


@dataclass(frozen=True, slots=True)
class CopyItem:
    """An asset that is copied, as far as it is known.

    Attributes:
        asset_id: Of the asset.
        title: What a person calls it.
        namespace: It is in; None where the key has only one.
        flags: Of `peekui`, that lead to the service it is on.
        asset: All of it; None while only its id is known.
        file: Its URLs; None while none were asked for.
    """

    asset_id: str
    title: str
    namespace: str | None
    flags: tuple[str, ...] = ()
    asset: Asset | None = None
    file: SignedFile | None = None

    @property
    def url(self) -> str:
        """A presigned URL of the file; empty where there is none."""
        return self.file.url.reveal() if self.file and self.file.url else ""

    @property
    def preview_url(self) -> str:
        """A presigned URL of a small picture of it; empty where there is none."""
        return self.file.preview_url.reveal() if self.file and self.file.preview_url else ""

    @property
    def file_hash(self) -> str:
        """Its hash; empty where there is none."""
        return (self.asset and self.asset.file_hash) or ""

    @property
    def metadata(self) -> dict[str, JsonValue]:
        """Its metadata; empty where there is none."""
        return (self.asset and self.asset.metadata) or {}


@dataclass(frozen=True, slots=True)
class CopyForm:
    """A form.

    Attributes:
        title: What it is called in a sentence, with a capital first.
        help: What it is good for, one sentence.
        needs: What has to be known of every asset.
        value: Gives what an asset has to have for it; some have no preview, no hash.
        write: Gives the text for assets that have, in their order: a line each, where a line can say it.
        hosted: It is of use only with a service that can be reached from elsewhere.
    """

    title: str
    help: str
    needs: Needs
    value: Callable[[CopyItem], object]
    write: Callable[[Sequence[CopyItem]], str]
    hosted: bool = False


def _lines(line: Callable[[CopyItem], str]) -> Callable[[Sequence[CopyItem]], str]:
    return lambda items: "\n".join(map(line, items))


def _metadata(items: Sequence[CopyItem]) -> str:
    """One asset's to read, several as JSON lines."""
    indent = 2 if len(items) == 1 else None
    return "\n".join(json.dumps(item.metadata, ensure_ascii=False, indent=indent) for item in items)


def _markdown(item: CopyItem) -> str:
    # In text, a backslash before what is punctuation takes its meaning away (CommonMark, section 2.4).
    words = " ".join(item.title.split())
    text = "".join(f"\\{char}" if char in r"\`*_[]<>!&" else char for char in words if char.isprintable())
    return f"[{text}](<{item.url}>)" if {"(", ")"} & {*item.url} else f"[{text}]({item.url})"


def _named(items: Iterable[CopyItem]) -> Iterator[tuple[str, str]]:
    """Give name and URL of each file, no name twice."""
    files = [(item.file, item.url) for item in items if item.file]
    names = unlike_each_other(file_name_of(file) for file, _ in files)
    return ((name, url) for name, (_, url) in zip(names, files, strict=True))


def _curl(items: Sequence[CopyItem]) -> str:
    # Brackets in an address are its own, not a range to try (curl's globbing).
    return "\n".join(f"curl -L -o {shlex.quote(name)} --globoff {shlex.quote(url)}" for name, url in _named(items))


def _python(items: Sequence[CopyItem]) -> str:
    files = "".join(f"    {name!r}: {url!r},\n" for name, url in _named(items))
    return f"""\
import httpx

files = {{
{files}}}
for name, url in files.items():
    with httpx.stream("GET", url, follow_redirects=True) as answer, open(name, "xb") as file:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            file.write(part)
"""


def _command(item: CopyItem) -> str:
    namespace = ("--namespace", item.namespace) if item.namespace else ()
    end_of_options = ("--",) if item.asset_id.startswith("-") else ()
    return shlex.join(("peekui", *item.flags, *namespace, "url", *end_of_options, item.asset_id))


URL_FORM = CopyForm(
    "URL", "A presigned URL: whoever has it reads the file until it expires.", Needs.URL,
    lambda item: item.url, _lines(lambda item: item.url),
)  # fmt: skip
ID_FORM = CopyForm(
    "Id", "What names it to the service.", Needs.ID, lambda item: item.asset_id, _lines(lambda item: item.asset_id)
)
COPY_FORMS: tuple[CopyForm, ...] = (
    URL_FORM,
    CopyForm("Preview URL", "A presigned URL of a small picture of it.", Needs.URL,
             lambda item: item.preview_url, _lines(lambda item: item.preview_url)),
    ID_FORM,
    CopyForm("Hash", "Equal for byte-identical files.", Needs.ASSET,
             lambda item: item.file_hash, _lines(lambda item: item.file_hash)),
    CopyForm("Metadata", "Its metadata as JSON.", Needs.ASSET, lambda item: item.metadata, _metadata),
    CopyForm("Markdown link", "Its title, leading to a presigned URL.", Needs.URL,
             lambda item: item.url, _lines(_markdown)),
    CopyForm("curl command", "Downloads the file in a shell.", Needs.URL, lambda item: item.url, _curl),
    CopyForm("Python snippet", "Downloads the file with httpx.", Needs.URL, lambda item: item.url, _python),
    CopyForm("peekui command", "Prints a fresh URL whenever it is run.", Needs.ID,
             lambda item: item.asset_id, _lines(_command), hosted=True),
)  # fmt: skip
"""All forms, as the menu lists them."""
