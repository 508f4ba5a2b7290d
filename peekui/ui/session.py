"""The connection behind the screens: which service, and the one client that talks to it."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from peekui.api.errors import CannotConnect
from peekui.browse.embedded import LibraryStopped

if TYPE_CHECKING:
    from peekui.api.client import MixpeekClient
    from peekui.api.secret import Secret
    from peekui.browse.embedded import EmbeddedLibrary
    from peekui.config import Settings

__all__ = ["EmbeddedSource", "HostedSource", "Session", "Source"]


class Source(Protocol):
    """Where the assets come from.

    Attributes:
        name: What the breadcrumb calls it.
        starting: What to say until the first answer comes.
        namespace: Id or name of the namespace to open first, None for the first there is.
        indexes: Whether the service may still be indexing, so that its progress is worth asking for.
    """

    @property
    def starting(self) -> str:
        """What to say until the first answer comes."""

    @property
    def name(self) -> str:
        """What the breadcrumb calls it."""

    @property
    def namespace(self) -> str | None:
        """Id or name of the namespace to open first, None for the first there is."""

    @property
    def indexes(self) -> bool:
        """Whether the service may still be indexing, so that its progress is worth asking for."""

    async def address(self) -> tuple[str, Secret]:
        """Give base URL and key, waiting for the service to be up; raises MixpeekError."""


class HostedSource:
    """A service somewhere else."""

    indexes = False
    starting = "Loading…"

    def __init__(self, settings: Settings) -> None:
        """Take address, key and namespace from the settings."""
        self.name = settings.base_url.split("://", 1)[-1]
        self.namespace = settings.namespace
        self._settings = settings

    async def address(self) -> tuple[str, Secret]:
        """Give base URL and key."""
        return self._settings.base_url, self._settings.api_key


class EmbeddedSource:
    """A library of our own, in a child process."""

    namespace = None
    indexes = True

    def __init__(self, library: EmbeddedLibrary, name: str, starting: str) -> None:
        """Take a library that is starting.

        Args:
            library: The child process.
            name: What the breadcrumb calls it.
            starting: What to say until it answers.
        """
        self.name = name
        self.starting = starting
        self._library = library

    async def address(self) -> tuple[str, Secret]:
        """Wait for the library's own word on where it is."""
        try:
            return await self._library.address()
        except LibraryStopped as error:
            raise CannotConnect(str(error)) from error


class Session:
    """Makes the client once, when it is first asked for.

    httpx and pydantic are imported in a thread after the first frame: at the top of a module they would nearly
    double the time to it.
    """

    def __init__(self, source: Source) -> None:
        """Take a source; nothing is imported or sent yet."""
        self.source = source
        self._client: MixpeekClient | None = None
        self._lock = asyncio.Lock()

    async def client(self) -> MixpeekClient:
        """Give the client, waiting for the service to be up the first time; raises MixpeekError."""
        async with self._lock:
            if self._client is None:
                module = asyncio.to_thread(import_module, "peekui.api.client")
                imported, (base_url, key) = await asyncio.gather(module, self.source.address())
                self._client = imported.MixpeekClient(base_url, key)
            return self._client

    @property
    def latency_ms(self) -> float | None:
        """Milliseconds of the newest call, None when it got no answer."""
        call = self._client.last_call if self._client else None
        return call.milliseconds if call and call.status is not None else None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.aclose()
