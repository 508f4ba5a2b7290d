"""`peekui search` against the demo: the assets the API has, in every form."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from typing import TYPE_CHECKING, Final

from peekui.browse.query import Sort, TextQuery
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.search.history import history_path, read_history
from peekui.search.searches import Search
from peekui.search.writing import to_line
from tests.cli.asking import asked, ids

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.cli.asking import Peekui
    from tests.service import Service


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


def test_a_saved_search_brings_its_columns(own_files: Path, peekui: Peekui) -> None:
    (own_files / "config/peekui/searches").mkdir(parents=True)
    file = own_files / "config/peekui/searches/late.toml"
    file.write_text('line = "status = DONE in:photos"\ncolumns = ["title", "file_data.file_type"]\n')
    rows = list(csv.DictReader(io.StringIO(peekui("search", "@late", "-o", "csv").stdout)))
    assert rows
    assert [*rows[0]] == ["title", "file_data.file_type"]
    assert peekui("search", "@late").stdout.split()[:2] == ["TITLE", "FILE_TYPE"]
