"""What was asked, as something to run elsewhere: a peekui command, Python, HTTP; for curl see `api.calls`.

None of them holds the key.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pprint import pformat
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote

from peekui.search.bodies import BadBody, read_body
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.calls import Call
    from peekui.api.sending import Request
    from peekui.search.searches import Search

__all__ = [
    "Command",
    "command_for",
    "explain_command",
    "get_command",
    "python_for",
    "request_for",
    "search_command",
    "triage_command",
]

_WIDTH: Final = 100
_LISTS: Final = frozenset({"/v1/assets", "/v1/assets/search"})
_ASSET: Final = re.compile(r"/v1/assets/([^/]+)(/features)?")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of peekui.

    Attributes:
        words: From its name on.
        namespace: It is scoped to; None leaves that to the profile.
    """

    words: tuple[str, ...]
    namespace: str | None = None

    def line(self, flags: Sequence[str] = ()) -> str:
        """Write it for a POSIX shell.

        Args:
            flags: Of `peekui`, that lead to the service.
        """
        scope = ("--namespace", self.namespace) if self.namespace else ()
        return shlex.join(("peekui", *flags, *scope, *self.words))


def search_command(search: Search, namespace: str | None = None, options: Sequence[str] = ()) -> Command:
    """Give the command that carries out a search; muted conditions and relative times stay in it.

    Args:
        search: What is asked for.
        namespace: It is scoped to; None leaves that to the profile.
        options: Of the command.
    """
    line = to_line(search)
    return Command(("search", *options, *_argument(line)), namespace)


def get_command(asset_id: str, namespace: str | None = None, options: Sequence[str] = ()) -> Command:
    """Give the command that prints an asset."""
    return Command(("get", *options, *_argument(asset_id)), namespace)


def explain_command(expression: str, namespace: str | None = None, asset_id: str = "") -> Command:
    """Give the command that says what a filter asks for, and with an asset what it makes of it."""
    return Command(("explain", f"--where={expression}", *_argument(asset_id)), namespace)


def triage_command(
    subject: str, namespace: str | None = None, collections: Sequence[str] = (), options: Sequence[str] = ()
) -> Command:
    """Give the command that prints failed assets by cause, or duplicates.

    Args:
        subject: `failed` or `duplicates`.
        namespace: It is scoped to; None leaves that to the profile.
        collections: Ids or names; none for all.
        options: Of the command.
    """
    named = (f"--collection={name}" for name in collections)
    return Command(("triage", subject, *options, *named), namespace)


def command_for(call: Call | Request) -> Command | None:
    """Give the command that makes a call and prints what comes of it; None where no command does."""
    if call.method == "POST" and call.path in _LISTS and call.body:
        try:
            asked = read_body(json.loads(call.body))
        except BadBody:
            return None
        return search_command(asked.search, call.namespace) if asked else None
    found = _ASSET.fullmatch(call.path) if call.method == "GET" else None
    return get_command(unquote(found[1]), call.namespace, ("--features",) if found[2] else ()) if found else None


def python_for(asked: Call | Request, base_url: str) -> str:
    """Give Python that asks the same with httpx and prints what comes, of assets the ids.

    The key is read from the environment.

    Args:
        asked: A call that was made, or one to make.
        base_url: Origin of the service, without a trailing slash.
    """
    headers = ['"Authorization": f"Bearer {os.environ[\'MIXPEEK_API_KEY\']}"']
    if asked.namespace:
        # httpx takes text in ASCII, and anything as bytes.
        name = asked.namespace if asked.namespace.isascii() else asked.namespace.encode("utf-8", "surrogatepass")
        headers.append(f'"X-Namespace": {name!r}')
    arguments = [
        repr(base_url + asked.path),
        *([f"params={dict(parse_qsl(asked.query))!r}"] if asked.query else []),
        f"headers={{{', '.join(headers)}}}",
        *(["json=query"] if asked.body else []),
        "timeout=30",
    ]
    query = f"query = {pformat(json.loads(asked.body), width=_WIDTH, sort_dicts=False)}\n" if asked.body else ""
    reading = (
        'for asset in answer.json()["results"]:\n    print(asset["asset_id"])'
        if asked.path in _LISTS
        else "print(answer.text)"
    )
    return f"""\
import os

import httpx

{query}answer = httpx.{asked.method.lower()}(
{"".join(f"    {argument},{chr(10)}" for argument in arguments)})
answer.raise_for_status()
{reading}
"""


def request_for(asked: Call | Request, base_url: str) -> str:
    """Give the request as HTTP writes it, without the key.

    Args:
        asked: A call that was made, or one to make.
        base_url: Origin of the service, without a trailing slash.
    """
    address = f"{base_url}{asked.path}?{asked.query}" if asked.query else f"{base_url}{asked.path}"
    lines = [f"{asked.method} {address}", "Authorization: Bearer ****"]
    if asked.namespace:
        lines.append(f"X-Namespace: {asked.namespace}")
    if asked.body:
        lines += ["Content-Type: application/json", "", json.dumps(json.loads(asked.body), indent=2)]
    return "\n".join([*lines, ""])


def _argument(text: str) -> tuple[str, ...]:
    """Give an argument, nothing for none; what begins with a minus would be taken for an option."""
    return (*(("--",) if text.startswith("-") else ()), text) if text else ()
