"""`peekui get`, `find`, `namespaces`, `collections`, `tasks` and `explain` against the demo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from peekui.search.searches import Search
from tests.cli.asking import asked, ids

if TYPE_CHECKING:
    import httpx

    from tests.answering import Answering
    from tests.cli.asking import Peekui
    from tests.service import Service


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


def test_find(peekui: Peekui, service: Service, answering: Answering) -> None:
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
