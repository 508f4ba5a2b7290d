"""`peekui web`: the browser of assets in a page."""

from __future__ import annotations

import asyncio
import os
import socket
from functools import partial
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import click

from peekui.cli.browsing import OPENER, browse_hosted, demo, local
from peekui.cli.common import Mistake, load_settings

if TYPE_CHECKING:
    from peekui.cli.browsing import Choose
    from peekui.cli.common import Flags
    from peekui.ui.session import Source
    from peekui.web.session import WebSession

__all__ = ["web"]

_BACKLOG: Final = 128
_FROM_AFAR: Final = (
    "Other machines reach it too, and nothing is encrypted: whoever sees the address on its way browses with your key."
)


@click.group(invoke_without_command=True, commands={"demo": demo, "local": local})
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser of this desktop too.")
@click.pass_context
def web(context: click.Context, *, port: int, host: str, opens: bool) -> None:
    """Browse in a page of a web browser: the same program, served from this machine.

    Prints the address, and stops with ctrl+c. Whoever has the address with its token browses with your key. Without a
    command: the hosted service.
    """
    if find_spec("textual_serve") is None:
        raise Mistake("`peekui web` needs textual-serve: install it with pip install 'peekui[web]'.")
    context.meta[OPENER] = partial(_open_pages, host=host, port=port, opens=opens)
    if context.invoked_subcommand is None:
        browse_hosted(context.obj)


def _open_pages(flags: Flags, choose: Choose, *, host: str, port: int, opens: bool) -> None:
    settings = load_settings(flags)
    with _listen(host, port) as listener:
        from peekui.ui.sources import Sources

        sources = Sources(settings)
        try:
            source = choose(sources)
            asyncio.run(_serve(flags, source, listener, host, opens=opens))
        finally:
            sources.close()


async def _serve(flags: Flags, source: Source | None, listener: socket.socket, host: str, *, opens: bool) -> None:
    from peekui.surroundings import WEB_SESSION
    from peekui.web.guard import Guard
    from peekui.web.server import PageServer

    # The programs behind the pages inherit it, as they do the key of the hosted service: arguments can be seen by all.
    os.environ[WEB_SESSION] = (await _session(flags, source)).written()
    own_address, port = listener.getsockname()[:2]
    guard = Guard(port, host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/?token="

    def ready() -> None:
        click.echo(f"peekui on {address}{guard.token}")
        if not ip_address(own_address).is_loopback:
            click.echo(_FROM_AFAR, err=True)
        if opens:
            click.launch(address + guard.ticket())

    await PageServer(guard).run(listener, ready)


async def _session(flags: Flags, source: Source | None) -> WebSession:
    from peekui.api.errors import MixpeekError
    from peekui.ui.session import EmbeddedSource
    from peekui.web.session import LentLibrary, WebSession

    if not isinstance(source, EmbeddedSource):
        return WebSession(flags)
    click.echo(source.starting, err=True)
    try:
        base_url, key = await source.address()
    except MixpeekError as error:
        raise Mistake(error.what.removeprefix("peekui: ")) from error
    return WebSession(flags, LentLibrary(source.name, source.account, base_url, key))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError) as error:
        raise Mistake(f"cannot listen on port {port} of {host}: {error}.") from error
