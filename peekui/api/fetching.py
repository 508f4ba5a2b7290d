"""Fetches what presigned URLs lead to. The API key has no part in it: the URL itself is the key."""

from __future__ import annotations

from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx

from peekui import __version__
from peekui.api.errors import MixpeekError
from peekui.api.redaction import hide_secrets
from peekui.api.sending import LIMITS, no_answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from peekui.api.presigned import SignedUrl
    from peekui.api.signing import SignedFile, UrlBook

__all__ = ["FetchFailed", "FileFetcher"]

_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""Seconds, also between two parts of a file: a slow store goes on, a silent one does not."""
_LOOPBACK: Final = ("all://127.0.0.1", "all://localhost", "all://[::1]")
_MOST_REDIRECTS: Final = 5


class FetchFailed(MixpeekError):
    """A file could not be had."""


class FileFetcher:
    """Opens files of assets; use as an async context manager, or call `aclose`."""

    def __init__(self, urls: UrlBook, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Set up; nothing is sent.

        Args:
            urls: Where presigned URLs come from.
            transport: In place of the network.
        """
        self._urls = urls
        # A client of its own: no header of the API's goes along, wherever a URL or a redirect leads.
        self._http = httpx.AsyncClient(
            headers={"User-Agent": f"peekui/{__version__}", "Accept-Encoding": "identity"},
            timeout=_TIMEOUT,
            limits=LIMITS,
            transport=transport,
            # What is on this machine is not reached through a proxy, whatever the environment says.
            mounts=dict.fromkeys(_LOOPBACK, transport),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
        )

    async def __aenter__(self) -> FileFetcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    @asynccontextmanager
    async def open(
        self, asset_id: str, namespace: str | None, *, preview: bool = False, headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[tuple[SignedFile, httpx.Response]]:
        """Open the file of an asset; its body is read inside, as it comes (`aiter_raw`).

        A URL that is refused (403) is signed again, once.

        Args:
            asset_id: Of the asset.
            namespace: It is in.
            preview: The small picture in place of the file.
            headers: To send along, such as a range.

        Yields:
            What is known of the file, and a good answer (2xx).

        Raises:
            FetchFailed: There is no URL, or the store does not give the file.
            MixpeekError: The service did not sign, or the connection broke, also while the body was read.
        """
        files: list[SignedFile] = []

        async def sign(refused: SignedUrl | None) -> SignedUrl:
            file = await self._urls.get(asset_id, namespace, refused=refused)
            files.append(file)
            url = file.preview_url if preview else file.url
            if url is None:
                raise FetchFailed(f"The service gave no URL for {'a picture of ' if preview else ''}this asset.")
            return url

        async with self.fetch(sign, headers) as answer:
            yield files[-1], answer

    @asynccontextmanager
    async def fetch(
        self, sign: Callable[[SignedUrl | None], Awaitable[SignedUrl]], headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[httpx.Response]:
        """Open what a presigned URL leads to; its body is read inside, as it comes (`aiter_raw`).

        Args:
            sign: Gives a URL; asked a second time with the one that was refused (403), if it was.
            headers: To send along, such as a range.

        Yields:
            A good answer (2xx).

        Raises:
            FetchFailed: The store does not give the file.
            MixpeekError: What `sign` raised, or the connection broke, also while the body was read.
        """
        url = await sign(None)
        for refusals_left in (1, 0):
            async with self._stream(url, headers) as answer:
                if answer.status_code != HTTPStatus.FORBIDDEN or not refusals_left:
                    self._check(answer)
                    yield answer
                    return
            url = await sign(url)

    @asynccontextmanager
    async def _stream(self, url: SignedUrl, headers: Mapping[str, str] | None) -> AsyncIterator[httpx.Response]:
        try:
            async with self._http.stream("GET", url.reveal(), headers=headers) as answer:
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            address = hide_secrets(url.reveal().partition("?")[0])
            failure = no_answer(error, address, f"GET {address}")
            failure.redact(hide_secrets)
            raise failure from None  # the error's own text and request hold the URL

    def _check(self, answer: httpx.Response) -> None:
        if answer.is_success:
            return
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        what = f"The file's address answered {status}."
        raise FetchFailed(what, detail=hide_secrets(f"GET {str(answer.url).partition('?')[0]}\n{status}"))
