"""The connection behind the screens: which service, and the one client that talks to it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from cachetools import TTLCache

from peekui.api.errors import CannotConnect, NoApiKey
from peekui.api.observable import Observable
from peekui.config.problems import ConfigError

if TYPE_CHECKING:
    from peekui.api.budget import BudgetState
    from peekui.api.client import MixpeekClient
    from peekui.api.secret import Secret
    from peekui.browse.embedded import EmbeddedLibrary
    from peekui.browse.inspecting.inspected import Inspected
    from peekui.config import Settings

__all__ = ["EmbeddedSource", "HostedSource", "Session", "Source", "flags_to"]

_KEPT: Final = 50
"""Assets that were inspected and are kept."""
_KEPT_SECONDS: Final = 300
"""How long: an asset changes while it is processed."""


class Source(Protocol):
    """Where the assets come from.

    Attributes:
        name: What the breadcrumb calls it.
        starting: What to say until the first answer comes.
        namespace: Id or name of the namespace to open first, None for the first there is.
        indexes: Whether the service may still be indexing, so that its progress is worth asking for.
        calls_per_minute: What the service allows, None for no limit.
        account: Whose places and columns are remembered.
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

    @property
    def calls_per_minute(self) -> int | None:
        """What the service allows, None for no limit."""

    @property
    def account(self) -> str:
        """Whose places and columns are remembered."""

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
        self.calls_per_minute = settings.calls_per_minute
        self.account = settings.account
        self.settings = settings

    async def address(self) -> tuple[str, Secret]:
        """Give base URL and key, asking for the key where the user keeps it."""
        # Not before the first frame: a password manager takes its time.
        from peekui.config.api_key import find_key, no_key_sentence  # noqa: PLC0415

        try:
            key = await find_key(self.settings)
        except ConfigError as error:
            raise NoApiKey(str(error)) from error
        if key is None:
            raise NoApiKey(no_key_sentence(self.settings))
        return self.settings.base_url, key

    def with_key(self, key: Secret) -> HostedSource:
        """Give the same service with another key."""
        return HostedSource(replace(self.settings, api_key=key))


class EmbeddedSource:
    """A library of our own, in a child process."""

    namespace = None
    indexes = True
    calls_per_minute = None

    def __init__(self, library: EmbeddedLibrary, name: str, starting: str, account: str) -> None:
        """Take a library that is starting.

        Args:
            library: The child process.
            name: What the breadcrumb calls it.
            starting: What to say until it answers.
            account: Whose places and columns are remembered.
        """
        self.name = name
        self.account = account
        self.starting = starting
        self._library = library

    async def address(self) -> tuple[str, Secret]:
        """Wait for the library's own word on where it is."""
        from peekui.browse.embedded import LibraryStopped  # noqa: PLC0415  (not for the hosted service)

        try:
            return await self._library.address()
        except LibraryStopped as error:
            raise CannotConnect(str(error)) from error


def flags_to(source: Source) -> tuple[str, ...]:
    """Give the flags that lead `peekui` to a service, as it was led there itself; none lead to a library of our own."""
    if not isinstance(source, HostedSource):
        return ()
    settings = source.settings
    profile = () if settings.profile == "default" else ("--profile", settings.profile)
    in_file = settings.origins.get("base_url", "default").partition(" ")[0] not in {"flag", "environment"}
    return (*profile, *(() if in_file else ("--base-url", settings.base_url)))


class Session(Observable):
    """Makes the client once, when it is first asked for; says so when it did.

    httpx and pydantic are imported in a thread after the first frame: at the top of a module they would nearly
    double the time to it.

    Attributes:
        source: What it talks to.
        inspected: Assets with their features, by namespace and id, as the service told of them lately.
    """

    def __init__(self, source: Source) -> None:
        """Take a source; nothing is imported or sent yet."""
        super().__init__()
        self.source = source
        self.forbidden: dict[str, str] = {}
        """HTTP methods of changes that the service does not let this key make, with its words."""
        self.inspected: TTLCache[tuple[str | None, str], Inspected] = TTLCache(_KEPT, _KEPT_SECONDS)
        self._client: MixpeekClient | None = None
        self._lock = asyncio.Lock()

    async def client(self) -> MixpeekClient:
        """Give the client, waiting for the service to be up the first time; raises MixpeekError."""
        async with self._lock:
            if self._client is None:
                module = asyncio.to_thread(import_module, "peekui.api.client")
                imported, (base_url, key) = await asyncio.gather(module, self.source.address())
                self._client = imported.MixpeekClient(base_url, key, calls_per_minute=self.source.calls_per_minute)
                self._tell()
            return self._client

    async def change_source(self, source: Source) -> None:
        """Talk to another service, or to the same with another key, from the next call on."""
        async with self._lock:
            old, self._client = self._client, None
            self.source = source
            self.forbidden.clear()
            self.inspected.clear()
        if old:
            await old.aclose()
        self._tell()

    @property
    def connected(self) -> MixpeekClient | None:
        """The client, None before it was first asked for."""
        return self._client

    @property
    def budget(self) -> BudgetState | None:
        """Calls that are left and those that wait, None before the client was first asked for."""
        return self._client.budget.state if self._client else None

    @property
    def latency_ms(self) -> float | None:
        """Milliseconds of the newest call, None when it got no answer."""
        call = self._client.last_call if self._client else None
        return call.milliseconds if call and call.status is not None else None

    def may_prefetch(self) -> bool:
        """Whether a call can be spared for what nobody waits for yet."""
        return self._client is not None and self._client.budget.room_for()

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.aclose()
