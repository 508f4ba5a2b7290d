"""What is pasted in place of a line."""

from __future__ import annotations

import json

import pytest

from peekui.api.calls import as_curl
from peekui.browse.query import AssetQuery, Sort, TextQuery
from peekui.filters.expression.parse import parse
from peekui.search.pasted import (
    AssetId,
    BadPaste,
    FileHash,
    Pasted,
    PastedFilter,
    PastedRequest,
    SignedLink,
    recognise,
)
from peekui.search.records import list_request
from peekui.search.searches import Search
from peekui.search.writing import to_line

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SIGNED = "?X-Amz-Algorithm=A&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=0123abc"
QUERY = AssetQuery(
    "films & more",
    ("photos", "it's"),
    TextQuery("golden gate", ("title",)),
    parse("status = DONE and (a > 1 or b exists)"),
    Sort("created_at", descending=True),
    ("asset_id", "metadata.title"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" ast_5e8db45c583f \n", AssetId("ast_5e8db45c583f")),
        (UUID, AssetId(UUID)),
        ("E3B0" + "0" * 60, FileHash("e3b0" + "0" * 60)),
        (f"sha256:{'a' * 64}", FileHash("a" * 64)),
        (f"http://127.0.0.1:8700/files/ast_1/original{SIGNED}", SignedLink("ast_1", "original")),
        (f"https://b.s3.amazonaws.com/ns_1/{UUID}/clip%20one.mp4{SIGNED}", SignedLink(UUID, "clip one.mp4")),
        (f"https://b.s3.amazonaws.com/x/clip%20one.mp4{SIGNED}", SignedLink(None, "clip one.mp4")),
        (f"https://api.mixpeek.com/v1/assets/{UUID}/features", AssetId(UUID)),
        ("https://api.mixpeek.com/v1/assets/odd%20id", AssetId("odd id")),
        (f"curl -H 'Authorization: Bearer sk_1' https://api.mixpeek.com/v1/assets/{UUID}", AssetId(UUID)),
        ('{"AND": [{"key": "a", "value": 1}]}', PastedFilter(parse("a = 1"))),
        ('[{"key": "a", "value": 1}]', PastedFilter(parse("a = 1"), ("read a list as all of it",))),
        ('{"query": {"value": "sea"}}', PastedRequest(Search(TextQuery("sea")))),
        ('{"sort": {"field": "a"}, "page": 1}', PastedRequest(Search(sort=Sort("a")), notes=("left out page",))),
        ("sunset beach", None),
        ("curl up with a book", None),
        ("ast_", None),
        ("{cat}", None),
        ("https://example.org/cats?page=1", None),
        ("https://[", None),
    ],
)  # fmt: skip
def test_what_it_is_is_told_from_its_look(text: str, found: Pasted | None) -> None:
    assert recognise(text) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"AND": [', "not JSON yet"),
        ('{"AND": [{"key": 1}]}', "expected the name of a field"),
        ('{"query": 7}', "query is not what the API takes"),
        ('{"sort": {"field": "a", "direction": "up"}}', "sort is not what"),
        ('{"collections": ["a", 1]}', "collections is not what"),
        ("curl https://x -d 'open", "cannot be read"),
        ("curl https://x -d 'not json'", "not JSON"),
        ("curl https://x --data={}", "no search for assets"),
    ],
)
def test_what_looks_pasted_and_cannot_be_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadPaste, match=why):
        recognise(text)


def test_a_body_comes_back_whole() -> None:
    found = recognise(json.dumps(QUERY.body()))
    assert found == PastedRequest(Search.of(QUERY))


def test_a_curl_command_comes_back_whole_without_its_key() -> None:
    command = as_curl(list_request(QUERY, 1, 20), "https://api.mixpeek.com")
    assert recognise(command) == PastedRequest(Search.of(QUERY, 20), "films & more", origin="https://api.mixpeek.com")
    in_lines = command.replace(" --", " \\\n  --").replace("--data-raw", "-d").replace("$MIXPEEK_API_KEY", "sk_secret")
    found = recognise(in_lines)
    assert isinstance(found, PastedRequest)
    assert found.search == Search.of(QUERY, 20)
    assert "sk_secret" not in repr(found)


def test_what_is_found_by_it() -> None:
    lines = {
        f"https://b/{UUID}/x.mp4{SIGNED}": f"asset_id = {UUID}",
        f"https://b/x%20y.mp4{SIGNED}": "x y.mp4",
        "a" * 64: f"file_hash = {'a' * 64}",
        "ast_1": "asset_id = ast_1",
        '{"OR": [{"key": "a"}]}': "any(a = null)",
    }
    for text, line in lines.items():
        found = recognise(text)
        assert found is not None
        assert to_line(found.search) == line
