"""Things that are pasted in place of a line: told from their look, whole or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote, urlsplit

from peekui.browse.query import TextQuery
from peekui.filters.nodes import Condition, Group, Kind
from peekui.search.bodies import BadBody, read_body, read_curl, read_filter
from peekui.search.searches import Search

if TYPE_CHECKING:
    from peekui.search.bodies import Request

__all__ = ["AssetId", "BadPaste", "FileHash", "Pasted", "PastedFilter", "PastedRequest", "SignedLink", "recognise"]

_ID: Final = re.compile(r"ast_[\w-]{1,200}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE | re.ASCII)
"""What ids of assets look like (mixpeek-api.md, section 9)."""
_HASH: Final = re.compile(r"(?:sha256:)?([\da-f]{64})", re.IGNORECASE | re.ASCII)
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_SIGNED: Final = re.compile(r"[?&](?:X-(?:Amz|Goog)-Signature|Signature|sig)=", re.IGNORECASE)
_CURL: Final = re.compile(r"curl\s.*https?://", re.IGNORECASE | re.DOTALL)
_JSON: Final = re.compile(r'\{\s*(?:"|\})|\[\s*\{')


class BadPaste(ValueError):
    """Something that looks pasted and cannot be read; the text says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class AssetId:
    """The id of an asset, alone or in the address of a call."""

    asset_id: str

    @property
    def search(self) -> Search:
        """The search that finds it."""
        return _with_field("asset_id", self.asset_id)


@dataclass(frozen=True, slots=True)
class FileHash:
    """A SHA-256 in lower case: all byte-identical files have it."""

    file_hash: str

    @property
    def search(self) -> Search:
        """The search that finds them."""
        return _with_field("file_hash", self.file_hash)


@dataclass(frozen=True, slots=True)
class SignedLink:
    """A presigned URL, of which neither address nor signature is kept.

    Attributes:
        asset_id: Of the asset, where the address names it.
        file_name: Of the file.
    """

    asset_id: str | None
    file_name: str

    @property
    def search(self) -> Search:
        """The search that finds the asset, by the name of its file where nothing better is known."""
        return _with_field("asset_id", self.asset_id) if self.asset_id else Search(TextQuery(self.file_name))


@dataclass(frozen=True, slots=True)
class PastedFilter:
    """A filter as JSON.

    Attributes:
        group: The filter.
        notes: What was changed to read it, in a few words each.
    """

    group: Group
    notes: tuple[str, ...] = ()

    @property
    def search(self) -> Search:
        """All that the filter lets pass."""
        return Search(filter=self.group)


@dataclass(frozen=True, slots=True)
class PastedRequest:
    """A request's body, or a curl command with one.

    Attributes:
        search: What it asks for.
        namespace: It is scoped to; None where that is not said.
        notes: What was changed to read it, and what was left out.
        origin: Of the service a command is meant for; None where that is not said.
    """

    search: Search
    namespace: str | None = None
    notes: tuple[str, ...] = ()
    origin: str | None = None


Pasted: TypeAlias = AssetId | FileHash | SignedLink | PastedFilter | PastedRequest


def recognise(text: str) -> Pasted | None:
    """Tell what was pasted; None for what is to be read as a line.

    Args:
        text: All that stands in the line.

    Raises:
        BadPaste: It is JSON or a curl command by its look, and cannot be read as a search.
    """
    text = text.strip()
    if _ID.fullmatch(text):
        return AssetId(text)
    if found := _HASH.fullmatch(text):
        return FileHash(found[1].lower())
    if _URL.fullmatch(text):
        return _recognise_url(text)
    try:
        if _CURL.match(text):
            return _recognise_curl(text)
        return _recognise_json(text) if _JSON.match(text) else None
    except BadBody as error:
        raise BadPaste(str(error)) from error


def _recognise_url(url: str) -> Pasted | None:
    try:
        steps = [unquote(step) for step in urlsplit(url).path.split("/") if step]
    except ValueError:  # such as an address in half a pair of brackets
        return None
    asset_id = _named_asset(steps)
    if _SIGNED.search(url):
        return SignedLink(asset_id, steps[-1] if steps else "") if steps else None
    return AssetId(asset_id) if asset_id else None


def _named_asset(steps: list[str]) -> str | None:
    behind = (after for before, after in pairwise(steps) if before == "assets" and after != "search")
    return next((step for step in steps if _ID.fullmatch(step)), None) or next(behind, None)


def _recognise_curl(text: str) -> Pasted | None:
    request, url = read_curl(text)
    return _as_pasted(request) if request else _recognise_url(url)


def _recognise_json(text: str) -> Pasted:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadPaste(
            f"it is not JSON yet: {error.msg.lower()} (line {error.lineno}, column {error.colno})"
        ) from error
    except RecursionError as error:
        raise BadPaste("it nests too deep") from error
    request = read_body(data)
    return _as_pasted(request) if request else PastedFilter(*read_filter(data))


def _as_pasted(request: Request) -> PastedRequest:
    return PastedRequest(request.search, request.namespace, request.notes, request.origin)


def _with_field(key: str, value: str) -> Search:
    return Search(filter=Group(Kind.AND, (Condition(key, value=value),)))
