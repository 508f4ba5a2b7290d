"""What the commands share that ask the service: the client, and how what went wrong becomes an exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import click

from peekui.cli.common import Mistake, load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peekui.api.client import MixpeekClient
    from peekui.api.errors import MixpeekError
    from peekui.cli.common import Flags
    from peekui.config import Settings

__all__ = ["API_ERROR", "INTERRUPTED", "NOTHING_FOUND", "NotAuthorised", "ServiceProblem", "TooManyCalls", "ask", "say"]

NOTHING_FOUND: Final = 1
API_ERROR: Final = 3
INTERRUPTED: Final = 130
"""As shells count it: 128 and the number of the signal."""

Answer = TypeVar("Answer")


class ServiceProblem(Mistake):
    """The service did not do what was asked: one sentence, exit status 3."""

    exit_code = API_ERROR


class NotAuthorised(ServiceProblem):
    """There is no key for it, or the key may not do that: exit status 4."""

    exit_code = 4


class TooManyCalls(ServiceProblem):
    """The service wants a rest: exit status 5."""

    exit_code = 5


def ask(flags: Flags, work: Callable[[MixpeekClient, Settings], Awaitable[Answer]]) -> Answer:
    """Do something with the service that the settings name.

    Args:
        flags: Of the command line.
        work: What to do with the client.

    Raises:
        ServiceProblem: The service did not do it, or there is no key for it.
        Mistake: A setting is wrong.
    """
    settings = load_settings(flags)

    import asyncio

    from peekui.api.errors import MixpeekError

    try:
        return asyncio.run(_with_client(settings, work))
    except MixpeekError as error:
        raise _problem(error) from error
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


async def _with_client(settings: Settings, work: Callable[[MixpeekClient, Settings], Awaitable[Answer]]) -> Answer:
    from peekui.api.client import MixpeekClient
    from peekui.config import ConfigError
    from peekui.config.api_key import find_key, no_key_sentence

    try:
        key = await find_key(settings)
    except ConfigError as error:
        raise NotAuthorised(str(error)) from error
    if key is None:
        raise NotAuthorised(no_key_sentence(settings))
    async with MixpeekClient(settings.base_url, key, calls_per_minute=settings.calls_per_minute) as client:
        return await work(client, settings)


def _problem(error: MixpeekError) -> ServiceProblem:
    from peekui.api.errors import Forbidden, RateLimited, Unauthorized

    if isinstance(error, (Forbidden, Unauthorized)):
        return NotAuthorised(error.what)
    return TooManyCalls(error.what) if isinstance(error, RateLimited) else ServiceProblem(error.what)


def say(sentence: object) -> None:
    """Tell the user something that is no part of the data."""
    click.echo(str(sentence), err=True)
