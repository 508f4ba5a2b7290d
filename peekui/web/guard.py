"""Who may talk to `peekui web`: whoever has its token, from the page it served."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import hdrs, web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

__all__ = ["Guard"]

_STRANGE: Final = "peekui answers only what its own page asks.\n"
_LOCKED: Final = "Open the address that peekui printed: the token in it is what lets you in.\n"
_HEADERS: Final = {
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.X_CONTENT_TYPE_OPTIONS: "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # xterm.js styles its rows in place.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}


class Guard:
    """Lets in who comes with the token, and then with the cookie that stands for it.

    A page elsewhere can make a browser send requests here. Three things keep it out: the Host header must be an
    address or a name of this machine, which that of a site is not whose name was made to point at loopback (DNS
    rebinding); whatever says where it comes from must come from here, and a websocket has to say it; and the cookie
    goes along with nothing that begins elsewhere (SameSite).
    """

    def __init__(self, port: int, host: str) -> None:
        """Make up the token.

        Args:
            port: It is served on: cookies know hosts only, and each `peekui web` of a machine needs its own.
            host: Name it goes by, beside `localhost` and all addresses.
        """
        self.token = secrets.token_urlsafe(24)
        self._tickets: set[str] = set()
        self._cookie = f"peekui-{port}"
        self._names = {"localhost", host.lower()}

    def ticket(self) -> str:
        """Make up a token that lets in once: it may be seen by others where it is used, such as among processes."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    @property
    def middleware(self) -> Middleware:
        """What stands before every handler of an application."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            return self._refusal(request) or self._entry(request) or await handler(request)

        return guard

    async def add_headers(self, _: web.Request, response: web.StreamResponse) -> None:
        """Tell the browser to keep what it is served to itself; a signal of the application."""
        response.headers.update(_HEADERS)

    def _refusal(self, request: web.Request) -> web.Response | None:
        is_websocket = request.headers.get(hdrs.UPGRADE, "").lower() == "websocket"
        origin = request.headers.get(hdrs.ORIGIN, "" if is_websocket else f"http://{request.host}")
        if self._is_ours(request.host) and origin.partition("://")[2] == request.host:
            return None
        return web.Response(status=403, text=_STRANGE)

    def _entry(self, request: web.Request) -> web.Response | None:
        """Take a token out of the address and hand out the cookie; refuse who has neither."""
        if self._lets_in(request.query.get("token", "")):
            answer = web.Response(status=303, headers={hdrs.LOCATION: "/"})
            answer.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict")
            return answer
        if _same(request.cookies.get(self._cookie, ""), self.token):
            return None
        return web.Response(status=403, text=_LOCKED)

    def _lets_in(self, token: str) -> bool:
        if token in self._tickets:
            self._tickets.remove(token)
            return True
        return _same(token, self.token)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        return name is not None and (name in self._names or _is_address(name))


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
