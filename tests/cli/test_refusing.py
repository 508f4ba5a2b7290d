"""What goes wrong, in words and as exit statuses; and what came before it is there."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.answering import Answering
    from tests.cli.asking import Peekui


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "status ="], "column 9: expected"),
        (["search", "--where", "a ="], "column 4: expected"),
        (["search", "a = 1", "--limit=5", "--all"], "contradict"),
        (["search", "--where", "a = 1", "--filters", "{}"], "use one of them"),
        (["search", "--filters", "{"], "is not JSON"),
        (["search", "--filters", '{"a": 1}'], "is no filter"),
        (["search", "--filters", "@/nowhere.json"], "cannot be read"),
        (["search", '{"AND": ['], "not JSON yet"),
        (["search", "--key", "title"], "there are none"),
        (["search", "@unheard-of"], "no saved search 'unheard-of'"),
        (["search", "a", "--save", "../x"], "cannot name a search"),
        (["search", "-o", "xml"], "xml"),
        (["explain"], "nothing to explain"),
        (["get", "https://b/x.mp4?X-Amz-Signature=1"], "does not name its asset"),
    ],
)
def test_wrong_usage_is_status_2(peekui: Peekui, arguments: list[str], said: str) -> None:
    result = peekui(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    as_json = json.loads(peekui(*arguments, "--json-errors").stderr)
    assert as_json["exit_status"] == 2
    assert said in as_json["message"]


def test_an_error_stands_under_its_character(peekui: Peekui) -> None:
    assert peekui("search", "sunset in:photos size:x").stderr.splitlines()[1:] == [
        "  sunset in:photos size:x",
        " " * 24 + "^",
    ]


@pytest.mark.parametrize(
    ("status", "exit_code", "error"), [(401, 4, "Unauthorized"), (403, 4, "Forbidden"), (500, 3, "ServerFailed")]
)
def test_what_the_service_says_is_the_exit_status(
    answering: Answering, peekui: Peekui, status: int, exit_code: int, error: str
) -> None:
    url = answering(status)
    for command in (
        ["search", "a", "-c", "x"],
        ["get", "ast_1"],
        ["find", "x"],
        ["namespaces"],
        ["collections"],
        ["tasks"],
    ):
        result = peekui("--base-url", url, *command, "--json-errors")
        assert (result.exit_code, result.stdout) == (exit_code, ""), command
        told = json.loads(result.stderr)
        assert (told["error"], told["exit_status"]) == (error, exit_code)


def test_a_rest_longer_than_wait_is_status_5(answering: Answering, peekui: Peekui) -> None:
    for retry_after, wait in (("3", "1"), ("1000", "1"), ("1000", "500")):
        url = answering(429, retry_after=retry_after)
        result = peekui("--base-url", url, "search", "a", "-c", "x", "--wait", wait)
        assert (result.exit_code, result.stdout) == (5, ""), result.stderr


def test_no_key_is_status_4(peekui: Peekui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIXPEEK_API_KEY")
    assert peekui("search", "a").exit_code == 4


def test_rows_that_came_stay_when_a_later_page_fails(answering: Answering, peekui: Peekui) -> None:
    first = {"results": [{"asset_id": "ast_1"}], "pagination": {"page": 1, "page_size": 1, "total": 3}}
    url = answering(500, {"/v1/assets?page=1&page_size=1": first})
    result = peekui("--base-url", url, "search", "in:x size:1", "--all", "-o", "jsonl")
    assert (result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]) == (3, first["results"])


def test_a_service_that_gives_one_page_only_is_called_partial(answering: Answering, peekui: Peekui) -> None:
    page = {"results": [{"asset_id": f"ast_{number}"} for number in range(3)]}
    url = answering(500, {"/v1/assets": page})
    result = peekui("--base-url", url, "search", "in:x size:3", "--all", "-o", "ids")
    assert (result.exit_code, result.stdout) == (0, "ast_0\nast_1\nast_2\n")
    assert result.stderr.startswith("Partial: 3 assets")
    assert peekui("--base-url", url, "search", "in:x", "--count").stdout == "3\n"


def test_hostile_text_is_exact_in_a_pipe(answering: Answering, peekui: Peekui) -> None:
    name = "\x1b[31mred\u202e\r\n.exe"
    url = answering(500, {"/v1/assets": {"results": [{"asset_id": name, "metadata": {"title": name}}]}})
    assert json.loads(peekui("--base-url", url, "search", "in:x", "-o", "json").stdout)[0]["metadata"]["title"] == name
    [row] = csv.DictReader(
        io.StringIO(peekui("--base-url", url, "search", "in:x", "-o", "csv").stdout_bytes.decode(), newline="")
    )
    assert row["title"] == name
    table = peekui("--base-url", url, "search", "in:x").stdout
    assert "\x1b" not in table
    assert len(table.splitlines()) == 2
