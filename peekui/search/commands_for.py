"""A search as something to run elsewhere: a peekui command, curl, Python. None of them holds the key."""

from __future__ import annotations

import json
import shlex
from pprint import pformat
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from peekui.api.calls import as_curl
from peekui.search.records import list_request
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.browse.query import AssetQuery
    from peekui.search.searches import Search

__all__ = ["curl_for", "peekui_command", "python_for", "request_for"]

_WIDTH: Final = 100


def peekui_command(search: Search, *, namespace: str | None = None, flags: Sequence[str] = ()) -> str:
    """Give the command for a POSIX shell that carries out a search; muted conditions and relative times stay in it.

    Args:
        search: What is asked for.
        namespace: It is scoped to; None leaves that to the profile.
        flags: Of `peekui`, that lead to the service.
    """
    line = to_line(search)
    scope = ("--namespace", namespace) if namespace else ()
    # What begins with a minus would be taken for an option.
    end_of_options = ("--",) if line.startswith("-") else ()
    return shlex.join(("peekui", *flags, *scope, "search", *end_of_options, *([line] if line else [])))


def curl_for(query: AssetQuery, base_url: str, *, page: int = 1, page_size: int = 100, urls: bool = False) -> str:
    """Give the curl command that asks for a page, with `$MIXPEEK_API_KEY` in place of the key.

    Args:
        query: What is asked for; its relative times become instants.
        base_url: Origin of the service, without a trailing slash.
        page: Number from 1.
        page_size: Rows to ask for.
        urls: With presigned URLs.
    """
    return as_curl(list_request(query, page, page_size, urls=urls), base_url)


def python_for(query: AssetQuery, base_url: str, *, page: int = 1, page_size: int = 100, urls: bool = False) -> str:
    """Give Python that asks for a page with httpx and prints its ids; the key is read from the environment.

    Args:
        query: What is asked for; its relative times become instants.
        base_url: Origin of the service, without a trailing slash.
        page: Number from 1.
        page_size: Rows to ask for.
        urls: With presigned URLs.
    """
    asked = list_request(query, page, page_size, urls=urls)
    headers = ['"Authorization": f"Bearer {os.environ[\'MIXPEEK_API_KEY\']}"']
    if asked.namespace:
        # httpx takes text in ASCII, and anything as bytes.
        name = asked.namespace if asked.namespace.isascii() else asked.namespace.encode("utf-8", "surrogatepass")
        headers.append(f'"X-Namespace": {name!r}')
    return f"""\
import os

import httpx

query = {pformat(json.loads(asked.body or "{}"), width=_WIDTH, sort_dicts=False)}
answer = httpx.post(
    {base_url + asked.path!r},
    params={dict(parse_qsl(asked.query))!r},
    headers={{{", ".join(headers)}}},
    json=query,
    timeout=30,
)
answer.raise_for_status()
for asset in answer.json()["results"]:
    print(asset["asset_id"])
"""


def request_for(query: AssetQuery, base_url: str, *, page: int = 1, page_size: int = 100, urls: bool = False) -> str:
    """Give the request as HTTP writes it, without the key.

    Args:
        query: What is asked for; its relative times become instants.
        base_url: Origin of the service, without a trailing slash.
        page: Number from 1.
        page_size: Rows to ask for.
        urls: With presigned URLs.
    """
    asked = list_request(query, page, page_size, urls=urls)
    namespace = [f"X-Namespace: {asked.namespace}"] if asked.namespace else []
    body = json.dumps(json.loads(asked.body or "{}"), indent=2)
    lines = [f"{asked.method} {base_url}{asked.path}?{asked.query}", "Authorization: Bearer ****", *namespace]
    return "\n".join([*lines, "Content-Type: application/json", "", body, ""])
