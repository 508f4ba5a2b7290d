"""The call log, and calls as curl commands that a shell reads back to the letter."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.calls import Call, CallLog, as_curl
from peekui.api.client import MixpeekClient

if TYPE_CHECKING:
    from tests.service import Service

CALL = Call(
    at=datetime(2026, 1, 2, tzinfo=UTC),
    method="POST",
    path="/v1/assets",
    query="page=1&page_size=100",
    namespace="ns_1",
    body='{"collections": ["a"]}',
    status=200,
    error="",
    milliseconds=12.4,
    received=2048,
    attempt=1,
    waited=0.0,
)


def words(command: str) -> list[str]:
    """What curl is given when a shell reads the command."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}\n{command}"
    run = subprocess.run(["sh", "-c", script], env={"MIXPEEK_API_KEY": "sk_x"}, capture_output=True, check=True)
    return run.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def test_the_newest_calls_are_kept_and_each_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="peekui.api")
    assert CallLog().newest is None
    log, seen = CallLog(), []
    stop = log.on_change(lambda: seen.append(log.newest))
    calls = [replace(CALL, attempt=number) for number in range(1, 700)]
    for call in calls:
        log.add(call)
    assert seen == calls
    assert list(log) == calls[-500:]
    assert (len(log), log.newest) == (500, calls[-1])
    stop()
    log.add(replace(CALL, status=None, error="Cannot reach it."))
    assert len(seen) == len(calls)
    assert caplog.messages[0] == "POST /v1/assets 200 12 ms 2048 bytes"
    assert caplog.messages[-1] == "POST /v1/assets Cannot reach it. 12 ms 2048 bytes"


def test_a_call_as_curl() -> None:
    assert as_curl(CALL, "https://api.example") == (
        "curl --globoff --request POST 'https://api.example/v1/assets?page=1&page_size=100'"
        " --header \"Authorization: Bearer $MIXPEEK_API_KEY\" --header 'X-Namespace: ns_1'"
        " --header 'Content-Type: application/json' --data-raw '{\"collections\": [\"a\"]}'"
    )
    plain = replace(CALL, method="GET", path="/v1/namespaces", query="", namespace=None, body=None)
    assert as_curl(plain, "https://api.example") == (
        "curl --globoff --request GET https://api.example/v1/namespaces"
        ' --header "Authorization: Bearer $MIXPEEK_API_KEY"'
    )


HOSTILE = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)  # each starts a shell
@given(namespace=HOSTILE, value=HOSTILE)
def test_a_shell_reads_every_word_as_it_was_sent(namespace: str, value: str) -> None:
    body = json.dumps({"query": value + "'\"$(id)`id`\\\n!"})
    command = as_curl(replace(CALL, namespace=namespace, body=body), "http://[::1]:8700")
    assert words(command) == [
        *("--globoff", "--request", "POST", "http://[::1]:8700/v1/assets?page=1&page_size=100"),
        *("--header", "Authorization: Bearer sk_x", "--header", f"X-Namespace: {namespace}"),
        *("--header", "Content-Type: application/json", "--data-raw", body),
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_curl_gets_what_the_client_got(demo: Service) -> None:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        [scope, *_] = await client.namespaces()
        collections = (await client.collections(namespace=scope.key)).results
        page = await client.assets({"collections": [item.key for item in collections]}, namespace=scope.key)
        calls = list(client.calls)
        command = as_curl(calls[-1], client.base_url)
    assert [call.path for call in calls] == ["/v1/namespaces", "/v1/collections", "/v1/assets"]
    assert demo.api_key.reveal() not in command
    environment = {"MIXPEEK_API_KEY": demo.api_key.reveal(), "PATH": "/usr/bin:/bin", "no_proxy": "*"}
    curl = await asyncio.create_subprocess_exec(
        "sh", "-c", f"{command} --silent", env=environment, stdout=subprocess.PIPE
    )
    said, _ = await curl.communicate()
    assert [row["asset_id"] for row in json.loads(said)["results"]] == [row.asset_id for row in page.results]
    assert calls[-1].received == len(said)
