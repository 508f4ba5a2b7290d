"""`peekui search` and what looks things up beside it, against the demo: data, narration, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import pytest
from click.testing import CliRunner, Result

from peekui.browse.query import Sort, TextQuery
from peekui.cli import cli
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.search.history import history_path, read_history
from peekui.search.searches import Search
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from tests.service import Service

    Peekui = Callable[..., Result]

PROGRAM: Final = (sys.executable, "-m", "peekui")


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Have nothing kept but by the commands of the same test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture(autouse=True)
def service(demo: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Be pointed at the demo."""
    monkeypatch.setenv("MIXPEEK_BASE_URL", demo.base_url)
    monkeypatch.setenv("MIXPEEK_API_KEY", demo.api_key.reveal())
    return demo


@pytest.fixture
def peekui() -> Iterator[Peekui]:
    """Run a command in this process."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        # `asyncio.run` takes the event loop of the tests away from the thread it is called in.
        return thread.submit(CliRunner().invoke, cli, [*arguments], input=stdin).result()

    with ThreadPoolExecutor(1) as thread:
        yield run


def ids(result: Result) -> list[str]:
    assert result.exit_code in {0, 1}, result.stderr
    return result.stdout.splitlines()


@pytest.fixture(scope="session")
def http(demo: Service) -> Iterator[httpx.Client]:
    """Ask the demo without peekui."""
    with demo.http() as client:
        yield client


def asked(http: httpx.Client, search: Search, namespace: str | None = None) -> list[str]:
    """Ask the service itself for the ids of all that match."""
    headers = {"X-Namespace": namespace} if namespace else {}
    there: list[dict[str, str]] = []
    if not search.collections:
        there = http.get("/v1/collections", params={"page_size": 1000}, headers=headers).json()["results"]
    query = search.query(namespace, [item["collection_id"] for item in there])
    path = "/v1/assets/search" if search.text else "/v1/assets"
    found = http.post(path, params={"page_size": 1000}, json=dict(query.body()), headers=headers).json()["results"]
    return [asset["asset_id"] for asset in found]


WORDS: Final = ["blue", "river", "a", "the sea", "jpg", "2024", "nothing-of-the-kind", '"old harbour"']
CONDITIONS: Final = [
    Condition("status", value="DONE"),
    Condition("status", Operator.NE, "DONE"),
    Condition("modality", Operator.IN, ["image", "text"]),
    Condition("file_data.file_size_bytes", Operator.GT, 20_000),
    Condition("file_data.file_type", value="image/jpeg"),
    Condition("metadata.title", Operator.TEXT, "the"),
    Condition("metadata.title", Operator.EXISTS, value=True),
    Condition("duplicate_of", Operator.IS_NULL, value=False),
    Condition("created_at", Operator.LT, "2024-06-01"),
]
COLLECTIONS: Final = ["photos", "clips", "notes", "Year 2019"]
SORTS: Final = [None, Sort("created_at", descending=True), Sort("file_data.file_size_bytes"), Sort("metadata.title")]


def random_search(random: Random) -> Search:
    conditions = random.sample(CONDITIONS, random.randint(0, 3))
    return Search(
        text=TextQuery(random.choice(WORDS)) if random.random() < 0.4 else None,
        filter=Group(random.choice(list(Kind)), tuple(conditions)) if conditions else None,
        collections=tuple(random.sample(COLLECTIONS, random.randint(1, 3))),
        sort=random.choice(SORTS),
    )


def test_the_ids_of_any_search_are_those_of_the_api(http: httpx.Client, peekui: Peekui) -> None:
    random = Random(11)  # noqa: S311 - the same searches every time
    found = 0
    for _ in range(200):
        search = random_search(random)
        wanted = asked(http, search)
        assert ids(peekui("search", "--all", "-o", "ids", to_line(search))) == wanted, to_line(search)
        found += bool(wanted)
    assert found > 100


def test_options_say_the_same_as_a_line(service: Service, peekui: Peekui) -> None:
    line = "the status = DONE in:photos,clips key:metadata.title sort:-created_at"
    options = ("the", "--where", "status = DONE", "-c", "photos", "--collection=clips", "--key", "metadata.title")
    wanted = ids(peekui("search", line, "-o", "ids"))
    assert wanted
    assert ids(peekui("search", *options, "--sort", "created_at:desc", "-o", "ids")) == wanted
    as_json = '{"AND": [{"key": "status", "value": "DONE"}]}'
    rest = ("search", "the in:photos,clips key:metadata.title sort:-created_at", "-o", "ids", "--filters")
    assert ids(peekui(*rest, as_json)) == wanted
    assert ids(peekui(*rest, "-", stdin=as_json)) == wanted
    narrowed = ids(peekui("search", line, "--where", "file_data.file_size_bytes > 20kB", "-o", "ids"))
    assert set(narrowed) < set(wanted)


def test_a_filter_in_a_file_may_be_another_generations(peekui: Peekui, tmp_path: Path) -> None:
    (tmp_path / "filter.json").write_text('{"NOT": [{"field": "status", "operator": "EQ", "value": "DONE"}]}')
    result = peekui("search", "--filters", f"@{tmp_path / 'filter.json'}", "-o", "ids")
    assert ids(result) == ids(peekui("search", "not status = DONE", "-o", "ids"))
    assert "Filter: read NOT as NOR." in result.stderr


def test_what_is_pasted_is_searched_for(http: httpx.Client, peekui: Peekui) -> None:
    asset = http.get(
        f"/v1/assets/{ids(peekui('search', 'in:photos', '-o', 'ids'))[0]}", params={"return_url": True}
    ).json()
    for pasted in (
        asset["asset_id"],
        asset["url"],
        json.dumps({"filters": {"AND": [{"key": "asset_id", "value": asset["asset_id"]}]}}),
    ):
        assert ids(peekui("search", pasted, "-o", "ids")) == [asset["asset_id"]]
    assert asset["asset_id"] in ids(peekui("search", asset["file_hash"], "-o", "ids"))
    assert json.loads(peekui("get", asset["url"]).stdout)["asset_id"] == asset["asset_id"]


def test_every_form_can_be_read(http: httpx.Client, peekui: Peekui) -> None:
    search = ("search", "status = DONE in:photos sort:-created_at size:5")
    wanted = asked(
        http,
        Search(filter=Group(Kind.AND, (Condition("status", value="DONE"),)), collections=("photos",), sort=SORTS[1]),
    )[:5]
    assert ids(peekui(*search, "-o", "ids")) == wanted
    as_json = json.loads(peekui(*search, "-o", "json").stdout)
    assert [row["asset_id"] for row in as_json] == wanted
    assert as_json[0] == {
        name: value
        for name, value in http.get(f"/v1/assets/{wanted[0]}").json().items()
        if name not in {"url", "preview_url"}
    }
    assert [json.loads(line) for line in peekui(*search, "-o", "jsonl").stdout.splitlines()] == as_json
    rows = list(
        csv.DictReader(
            io.StringIO(peekui(*search, "-o", "csv", "--select", "asset_id", "--select", "file_data.file_type").stdout)
        )
    )
    assert [[*row.values()] for row in rows] == [[row["asset_id"], row["file_data"]["file_type"]] for row in as_json]
    assert ids(peekui(*search, "-o", "ids", "--select", "metadata.title")) == wanted
    table = peekui(*search)
    assert [line.split()[0] for line in table.stdout.splitlines()] == ["ASSET_ID", *wanted]
    assert table.stderr.endswith("assets; --all prints all.\n")
    urls = peekui(*search, "-o", "urls").stdout.splitlines()
    assert len(urls) == 5
    assert all(name in url for name, url in zip(wanted, urls, strict=True))
    assert all("X-Amz-Signature" in row["url"] for row in json.loads(peekui(*search, "-o", "json", "--urls").stdout))


def test_nothing_found_can_be_read_too(peekui: Peekui) -> None:
    nothing = ("search", "nothing-of-the-kind", "in:photos")
    outputs = {form: peekui(*nothing, "-o", form) for form in ("table", "json", "jsonl", "csv", "ids", "urls")}
    assert {result.exit_code for result in outputs.values()} == {1}
    assert json.loads(outputs["json"].stdout) == []
    assert {outputs[form].stdout for form in ("table", "jsonl", "ids", "urls")} == {""}
    assert outputs["csv"].stdout.startswith("asset_id,")
    count = peekui(*nothing, "--count")
    assert (count.exit_code, count.stdout) == (1, "0\n")


def test_count_and_limit(http: httpx.Client, peekui: Peekui) -> None:
    total = len(asked(http, Search(collections=("photos",))))
    assert peekui("search", "in:photos", "--count").stdout == f"{total}\n"
    limited = peekui("search", "in:photos size:10", "--limit=25", "-o", "ids")
    assert len(ids(limited)) == 25
    assert f"25 of {total} assets" in limited.stderr
    assert peekui("search", "in:photos", "--limit=25", "-o", "ids", "-q").stderr == ""


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


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Serve one status to every call, but for paths that are served something else."""
    servers = []

    def serve(status: int, answers: dict[str, Any] | None = None, retry_after: str | None = None) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                known = answers or {}
                found = known.get(self.path, known.get(self.path.partition("?")[0]))
                body = b"" if found is None else json.dumps(found).encode()
                self.send_response(200 if body else status)
                if retry_after and not body:
                    self.send_header("Retry-After", retry_after)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "exit_code", "error"), [(401, 4, "Unauthorized"), (403, 4, "Forbidden"), (500, 3, "ServerFailed")]
)
def test_what_the_service_says_is_the_exit_status(
    answering: Callable[..., str], peekui: Peekui, status: int, exit_code: int, error: str
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


def test_a_rest_longer_than_wait_is_status_5(answering: Callable[..., str], peekui: Peekui) -> None:
    for retry_after, wait in (("3", "1"), ("1000", "1"), ("1000", "500")):
        url = answering(429, retry_after=retry_after)
        result = peekui("--base-url", url, "search", "a", "-c", "x", "--wait", wait)
        assert (result.exit_code, result.stdout) == (5, ""), result.stderr


def test_no_key_is_status_4(peekui: Peekui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIXPEEK_API_KEY")
    assert peekui("search", "a").exit_code == 4


def test_rows_that_came_stay_when_a_later_page_fails(answering: Callable[..., str], peekui: Peekui) -> None:
    first = {"results": [{"asset_id": "ast_1"}], "pagination": {"page": 1, "page_size": 1, "total": 3}}
    url = answering(500, {"/v1/assets?page=1&page_size=1": first})
    result = peekui("--base-url", url, "search", "in:x size:1", "--all", "-o", "jsonl")
    assert (result.exit_code, result.stdout) == (3, '{"asset_id":"ast_1"}\n')


def test_a_service_that_gives_one_page_only_is_called_partial(answering: Callable[..., str], peekui: Peekui) -> None:
    page = {"results": [{"asset_id": f"ast_{number}"} for number in range(3)]}
    url = answering(500, {"/v1/assets": page})
    result = peekui("--base-url", url, "search", "in:x size:3", "--all", "-o", "ids")
    assert (result.exit_code, result.stdout) == (0, "ast_0\nast_1\nast_2\n")
    assert result.stderr.startswith("Partial: 3 assets")
    assert peekui("--base-url", url, "search", "in:x", "--count").stdout == "3\n"


def test_hostile_text_is_exact_in_a_pipe(answering: Callable[..., str], peekui: Peekui) -> None:
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


def test_get(http: httpx.Client, peekui: Peekui) -> None:
    [asset_id] = ids(peekui("search", "in:photos", "--limit=1", "-o", "ids"))
    assert json.loads(peekui("get", asset_id).stdout) == http.get(f"/v1/assets/{asset_id}").json()
    whole = http.get(f"/v1/assets/{asset_id}/features").json()
    assert json.loads(peekui("get", asset_id, "--features").stdout) == whole
    assert "X-Amz-Signature" in json.loads(peekui("get", asset_id, "--urls").stdout)["url"]
    unknown = peekui("get", "ast_0")
    assert (unknown.exit_code, unknown.stdout) == (1, "")


def test_lists(http: httpx.Client, peekui: Peekui) -> None:
    spaces = http.get("/v1/namespaces").json()
    there = http.get("/v1/collections", params={"page_size": 1000}).json()["results"]
    assert json.loads(peekui("namespaces", "-o", "json").stdout) == spaces
    assert json.loads(peekui("collections", "-o", "json").stdout) == there
    space = spaces[1]["namespace_name"]
    assert set(ids(peekui("collections", "-n", space, "-o", "ids"))) < {item["collection_id"] for item in there}
    tasks = peekui("tasks", "-o", "json")
    assert (tasks.exit_code, json.loads(tasks.stdout)) == (1, [])
    assert asked(http, Search(), space) == ids(peekui("search", "-n", space, "--all", "-o", "ids"))


def test_find(peekui: Peekui, service: Service, answering: Callable[..., str]) -> None:
    found = json.loads(peekui("find", "photos", "-o", "json").stdout)
    assert (found[0]["resource_type"], found[0]["resource_name"]) == ("collection", "photos")
    assert {
        row["resource_type"] for row in json.loads(peekui("find", "e", "--type", "namespace", "-o", "json").stdout)
    } == {"namespace"}
    assert peekui("find", "nothing-of-the-kind").exit_code == 1
    lists = {
        "/v1/namespaces": [{"namespace_id": "ns_1", "namespace_name": "photograph"}],
        "/v1/collections": {
            "results": [{"collection_id": "col_1", "collection_name": "Photo"}, {"collection_id": "col_2"}]
        },
    }
    without = peekui("--base-url", answering(404, lists), "find", "photo", "-o", "ids")
    assert (without.exit_code, without.stdout) == (0, "col_1\nns_1\n")
    assert "has no resource search" in without.stderr


def test_explain(peekui: Peekui) -> None:
    assert (
        peekui("explain", "--where", "status = FAILED and created_at > -7d").stdout
        == "failed, and created in the last 7 days\n"
    )
    [asset_id] = ids(peekui("search", "status = FAILED", "--limit=1", "-o", "ids"))
    does = peekui("explain", asset_id, "--where", "status = failed and muted(modality = nothing)")
    assert does.exit_code == 0
    assert does.stdout.splitlines()[1:4] == [f"{asset_id} matches", "✓ and of these", "  ✓ failed: it has FAILED"]
    assert "(muted)" in does.stdout
    does_not = peekui("explain", asset_id, "--where", "status = DONE", "-o", "json")
    told = json.loads(does_not.stdout)
    assert (does_not.exit_code, told["matches"], told["finding"]["children"][0]["actual"]) == (1, False, ["FAILED"])
    asks = peekui("explain", asset_id, "--where", 'metadata.title ~ "nothing-of-the-kind"')
    assert (asks.exit_code, asks.stdout.splitlines()[2]) == (1, "? and of these")
    assert peekui("explain", "ast_0", "--where", "a = 1").exit_code == 1


def test_a_saved_search_is_run_again_where_it_belongs(http: httpx.Client, peekui: Peekui) -> None:
    space = http.get("/v1/namespaces").json()[1]["namespace_name"]
    wanted = ids(peekui("search", "-n", space, "status = DONE", "--save", "late-ones", "--all", "-o", "ids"))
    assert ids(peekui("search", "@late-ones", "--all", "-o", "ids")) == wanted
    assert peekui("search", "other", "--save", "late-ones").exit_code == 2
    narrowed = ids(peekui("search", "@late-ones", "--where", "modality = image", "--all", "-o", "ids"))
    assert set(narrowed) < set(wanted)


def test_what_was_searched_for_is_kept(service: Service, peekui: Peekui, own_files: Path) -> None:
    found = ids(peekui("search", "status = DONE", "in:photos", "--all", "-o", "ids"))
    [entry] = read_history(history_path(own_files / "state/peekui", f"default@{service.base_url}"))
    assert (entry.line, entry.namespace, entry.found) == ("status = DONE in:photos", None, len(found))


@pytest.mark.parametrize(
    "line",
    [
        "blue in:photos,clips sort:-created_at",
        'status = DONE and metadata.title ~ "the" size:7',
        'in:"Year 2019" it\'s',
    ],
)
def test_a_printed_command_gives_the_same_ids(service: Service, peekui: Peekui, line: str, tmp_path: Path) -> None:
    wanted = ids(peekui("search", line, "-o", "ids"))
    _, *arguments = shlex.split(peekui("search", line, "--as", "command").stdout)
    assert ids(peekui(*arguments, "-o", "ids")) == wanted
    curl = subprocess.run(["sh", "-c", peekui("search", line, "--as", "curl").stdout], capture_output=True, check=True)
    assert [asset["asset_id"] for asset in json.loads(curl.stdout)["results"]] == wanted
    python = subprocess.run(
        [sys.executable, "-c", peekui("search", line, "--as", "python").stdout],
        capture_output=True,
        text=True,
        check=True,
    )
    assert python.stdout.split() == wanted


def test_a_dry_run_prints_the_request_and_sends_none(answering: Callable[..., str], peekui: Peekui) -> None:
    result = peekui("--base-url", answering(500), "search", "sunset", "-c", "photos", "-n", "films", "--dry-run")
    head, _, body = result.stdout.partition("\n\n")
    assert head.splitlines()[0].endswith("/v1/assets/search?page=1&page_size=100")
    assert "X-Namespace: films" in head
    assert json.loads(body) == {"collections": ["photos"], "query": {"key": ["*"], "value": "sunset"}}
    assert "sk_" not in result.stdout.replace("****", "")


def completed(*words: str) -> list[str]:
    environment = {
        **os.environ,
        "_PEEKUI_COMPLETE": "bash_complete",
        "COMP_WORDS": shlex.join(["peekui", *words]),
        "COMP_CWORD": str(len(words)),
    }
    code = (
        "import sys\n"
        "from peekui.cli import main\n"
        "try: main()\n"
        "except SystemExit: assert not {'httpx', 'pydantic', 'textual', 'asyncio'} & {*sys.modules}, 'heavy'\n"
    )
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in result.stdout.splitlines() if line]


def test_a_shell_completes_names_that_were_listed_before(peekui: Peekui) -> None:
    assert completed("search", "-c", "ph") == []
    peekui("namespaces")
    peekui("collections")
    peekui("collections", "-n", "archive")
    peekui("search", "in:photos", "--save", "late-ones", "-q")
    assert completed("search", "-c", "ph") == ["photos"]
    assert completed("search", "-n", "archive", "-c", "ph") == []
    assert completed("search", "-n", "") == ["media", "archive"]
    assert completed("search", "@la") == ["@late-ones"]
    for shell in ("bash", "zsh", "fish"):
        environment = {**os.environ, "_PEEKUI_COMPLETE": f"{shell}_source"}
        assert (
            "_PEEKUI_COMPLETE"
            in subprocess.run(PROGRAM, env=environment, capture_output=True, text=True, check=True).stdout
        )


def test_the_reader_may_go_at_any_time() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:50", "-o", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())
        process.stdout.close()
        assert process.wait(20) == 0
        assert b"Traceback" not in process.stderr.read()


def test_ctrl_c_ends_it_between_rows() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:5", "-o", "jsonl", "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        lines = [process.stdout.readline()]
        process.send_signal(signal.SIGINT)
        lines += process.stdout.readlines()
        assert process.wait(20) in {0, 130}  # all rows may have been out
        assert process.stderr.read() == b""
    assert all(json.loads(line)["asset_id"] for line in lines)


def test_ctrl_c_ends_it_although_nobody_reads() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:100", "-o", "jsonl", "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", ["search", "get", "find", "namespaces", "collections", "tasks", "explain"])
def test_help_needs_nothing_heavy(command: str) -> None:
    code = (
        "import sys\n"
        "from peekui.cli import cli\n"
        f"cli([{command!r}, '--help'], standalone_mode=False)\n"
        "heavy = {'textual', 'httpx', 'pydantic', 'rich', 'lark', 'asyncio'} & {*sys.modules}\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


def test_a_search_needs_no_textual() -> None:
    code = (
        "import sys\n"
        "from peekui.cli import cli\n"
        "try: cli(['search', 'status = DONE', '-q'])\n"
        "finally: print('textual' in sys.modules, file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr == "False\n"
