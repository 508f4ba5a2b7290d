"""The service answers mixpeek-api.md in shape and meaning: sections 3 to 5 and 8, on the demo library."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.service import Service

MEDIA = {"X-Namespace": "media"}


def listed(http: httpx.Client, body: dict[str, Any], *, search: bool = False, **params: int) -> dict[str, Any]:
    answer = http.post("/v1/assets/search" if search else "/v1/assets", json=body, params=params, headers=MEDIA)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def everything(http: httpx.Client, body: dict[str, Any]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = listed(http, body, page_size=1000)["results"]
    return results


def error_of(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    body = answer.json()
    assert (body["success"], body["status"]) == (False, status)
    assert set(body["error"]) == {"message", "type", "details"}
    error: dict[str, Any] = body["error"]
    return error


def test_health_needs_no_key(demo: Service) -> None:
    assert httpx.get(f"{demo.base_url}/healthcheck").json() == {"status": "ok"}


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer nope"}, {"Authorization": "Basic nope"}])
def test_everything_else_needs_the_key(demo: Service, header: dict[str, str]) -> None:
    answer = httpx.get(f"{demo.base_url}/v1/namespaces", headers=header)
    assert error_of(answer, 401)["type"] == "UnauthorizedError"


def test_another_host_is_refused(http: httpx.Client) -> None:
    for bad in (
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1:80@evil.example",
        "127.0.0.1:x",
        "::1",
        "[::1",
        "",
    ):
        answer = http.get("/v1/namespaces", headers={"Host": bad})
        assert error_of(answer, 400)["details"] == {"host": bad}
    for good in ("localhost:1", "LOCALHOST", "127.0.0.1", "[::1]:80"):
        assert http.get("/v1/namespaces", headers={"Host": good}).status_code == 200


def test_namespaces_are_a_bare_list(http: httpx.Client) -> None:
    media, archive = http.get("/v1/namespaces").json()
    assert [media["namespace_name"], archive["namespace_name"]] == ["media", "archive"]
    types = {index["field_name"]: index["type"] for index in media["payload_indexes"]}
    assert types["metadata.width"] == "integer"
    assert types["metadata.title"] == "keyword"
    for name in (media["namespace_id"], "media"):
        assert http.get(f"/v1/namespaces/{name}").json() == media
    assert http.get("/v1/namespaces/models").json()["embedding_models"] == {}
    assert error_of(http.get("/v1/namespaces/nope"), 404)["details"] == {"namespace_id": "nope"}


def test_ids_of_the_demo_do_not_depend_on_where_it_lies(http: httpx.Client) -> None:
    [media, archive] = http.get("/v1/namespaces").json()
    assert media["namespace_id"] == "ns_6b30491377856d1f87ea6fd1"
    assert archive["namespace_id"] == "ns_4d66e0dfc37dc8a5c4f0b358"


def test_collections_by_page_by_id_and_by_name(http: httpx.Client) -> None:
    first = http.get("/v1/collections", params={"page_size": 2}, headers=MEDIA).json()
    assert first["pagination"]["total"] == 4
    assert first["pagination"]["next_page"]
    assert first["pagination"]["previous_page"] is None
    rows = http.get("/v1/collections", params={"page_size": 1000}, headers=MEDIA).json()["results"]
    assert rows[:2] == first["results"]
    for row in rows:
        by_id = http.get(f"/v1/collections/{row['collection_id']}/details").json()
        by_name = http.get(f"/v1/collections/{row['collection_name']}", headers=MEDIA).json()
        assert {name: by_id[name] for name in row} == row
        assert by_name["unique_hashes"] == by_id["unique_hashes"] <= row["count"]
        assert listed(http, {"collections": [row["collection_id"]]})["pagination"]["total"] == row["count"]
    sizes = [sum(a["file_data"]["file_size_bytes"] for a in everything(http, {"collections": ["photos"]}))]
    assert sizes == [row["size_bytes"] for row in rows if row["collection_name"] == "photos"]


def test_a_namespace_scopes_a_request(http: httpx.Client) -> None:
    [photo] = listed(http, {"collections": ["photos"]}, page_size=1)["results"]
    path = f"/v1/assets/{photo['asset_id']}"
    assert http.get(path, headers={"X-Namespace": "archive"}).status_code == 404
    assert http.get(path).json() == photo
    assert error_of(http.get(path, headers={"X-Namespace": "nope"}), 404)["details"] == {"namespace_id": "nope"}
    answer = http.post("/v1/assets", json={"collections": ["photos"]}, headers={"X-Namespace": "archive"})
    assert error_of(answer, 404)["details"] == {"collection_id": "photos"}


def test_pages_put_together_are_the_whole(http: httpx.Client) -> None:
    body = {"collections": ["photos", "notes"], "sort": {"field": "metadata.title", "direction": "desc"}}
    whole = [asset["asset_id"] for asset in everything(http, body)]
    pages = [listed(http, body, page=page, page_size=50) for page in range(1, 6)]
    assert [asset["asset_id"] for page in pages for asset in page["results"]] == whole
    assert pages[-1]["pagination"]["next_page"] is None
    assert listed(http, body, page=99)["results"] == []


def test_status_is_what_the_file_is(http: httpx.Client) -> None:
    names = [row["collection_name"] for row in http.get("/v1/collections", headers=MEDIA).json()["results"]]
    assets = everything(http, {"collections": names})
    for asset in assets:
        assert (asset["status"] == "FAILED") is ("error" in asset)
        assert asset["metadata"]["path"].endswith(asset["metadata"]["file_name"])
    assert {asset["status"] for asset in assets} == {"DONE", "FAILED"}
    failed = everything(http, {"collections": names, "filters": {"AND": [{"key": "status", "value": "failed"}]}})
    assert failed == [asset for asset in assets if asset["status"] == "FAILED"]


def test_duplicates_point_at_the_oldest_of_the_same_content(http: httpx.Client) -> None:
    names = [row["collection_name"] for row in http.get("/v1/collections", headers=MEDIA).json()["results"]]
    groups: dict[str, list[dict[str, Any]]] = {}
    for asset in everything(http, {"collections": names}):
        if "file_hash" in asset:
            groups.setdefault(asset["file_hash"], []).append(asset)
    assert any(len(group) > 2 for group in groups.values())
    for group in groups.values():
        oldest, *others = sorted(group, key=lambda asset: (asset["created_at"], asset["metadata"]["path"].encode()))
        assert "duplicate_of" not in oldest
        assert {asset["duplicate_of"] for asset in others} <= {oldest["asset_id"]}
        if others:
            task = http.get(f"/v1/tasks/{others[0]['task_id']}").json()
            assert task["status"] == ("SKIPPED" if others[0]["status"] == "DONE" else "FAILED")


def test_select_gives_only_what_was_asked_for(http: httpx.Client) -> None:
    body = {"collections": ["photos"], "select": ["metadata.title", "file_data", "error.type"]}
    for asset in everything(http, body):
        assert set(asset) <= {"asset_id", "metadata", "file_data", "error"}
        assert set(asset["metadata"]) == {"title"}


def test_search_is_ranked_and_scored(http: httpx.Client) -> None:
    body: dict[str, Any] = {"collections": ["photos"], "query": {"key": ["*"], "value": "summits light"}}
    scores = [asset["score"] for asset in listed(http, body, search=True)["results"]]
    assert scores
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    body["query"]["key"] = ["metadata.camera_make"]
    assert listed(http, body, search=True)["results"] == []
    body["query"] = {"key": ["metadata.title", "metadata.camera_make"], "value": "SUMMITS"}
    assert listed(http, body, search=True)["results"]


def test_the_text_of_a_file_is_searched(http: httpx.Client) -> None:
    body: dict[str, Any] = {"collections": ["notes"], "select": ["features.text"]}
    feature = http.post(
        "/v1/features", json={"collections": ["notes"], "select": ["text", "asset_id"]}, headers=MEDIA
    ).json()["results"][0]
    word = max(feature["text"].split(), key=len).strip(".,:;*#")
    for key in ("*", "text"):
        body["query"] = {"key": [key], "value": word}
        found = listed(http, body, search=True, page_size=1000)["results"]
        assert feature["asset_id"] in [asset["asset_id"] for asset in found]


HARD_TERMS = (
    *("", " ", '"', '""', "'", "a AND", "NEAR(", "*", "title:x", "a\x00b", "-", "(", "^", "AND OR NOT", "--"),
    *("x" * 10_000, "a b " * 2500, "東京", "😀", "é́", ";DROP TABLE asset", "{a b}: c", "a + b"),
)


@pytest.mark.parametrize("term", HARD_TERMS)
def test_no_term_breaks_the_search(http: httpx.Client, term: str) -> None:
    for key in ("*", "metadata.title", "text"):
        body = {"collections": ["photos", "notes"], "query": {"key": [key], "value": term}}
        listed(http, body, search=True)
        condition = {"key": "metadata.title", "operator": "text", "value": term}
        listed(http, {"collections": ["photos"], "filters": {"AND": [condition]}})


def test_group_by_keeps_some_of_each(http: httpx.Client) -> None:
    names = [row["collection_name"] for row in http.get("/v1/collections", headers=MEDIA).json()["results"]]
    group = {"field": "modality", "max_assets": 2, "sort": {"field": "file_data.file_size_bytes", "direction": "desc"}}
    kept = everything(http, {"collections": names, "group_by": group})
    everyone = everything(http, {"collections": names})
    for modality in {asset["modality"] for asset in everyone if "modality" in asset}:
        sizes = sorted(
            (a["file_data"]["file_size_bytes"] for a in everyone if a.get("modality") == modality), reverse=True
        )
        assert [a["file_data"]["file_size_bytes"] for a in kept if a["modality"] == modality] == sizes[:2]
    answer = http.post("/v1/assets", json={"collections": names, "group_by": {"field": "metadata.nope"}}, headers=MEDIA)
    assert "indexed" in error_of(answer, 400)["message"]


def test_features_by_modality_and_by_id(http: httpx.Client) -> None:
    video = {"AND": [{"key": "modality", "value": "video"}, {"key": "status", "value": "DONE"}]}
    asset = everything(http, {"collections": ["clips"], "filters": video})[0]
    answer = http.get(f"/v1/assets/{asset['asset_id']}/features").json()
    assert answer["asset"] == asset
    assert set(answer["features"]) >= {"video", "image", "text", "audio"}
    feature = answer["features"]["video"][0]
    assert http.get(f"/v1/features/{feature['feature_id']}?include_vectors=true").json() == feature
    body = {"collections": ["clips"], "filters": {"AND": [{"key": "asset_id", "value": asset["asset_id"]}]}}
    page = http.post("/v1/features", json=body, headers=MEDIA).json()
    assert page["results"] == [feature for some in answer["features"].values() for feature in some]
    assert page["pagination"]["current_page"] == 1
    assert error_of(http.get("/v1/features/feat_00_0"), 404)["details"] == {"feature_id": "feat_00_0"}


def test_features_by_page_and_from_an_id_on(http: httpx.Client) -> None:
    def page(**params: int | str) -> dict[str, Any]:
        answer = http.post("/v1/features", json={"collections": ["clips"]}, params=params, headers=MEDIA)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    total = page()["pagination"]["total"]
    pages = [page(page=number, page_size=7) for number in range(1, -(-total // 7) + 1)]
    ids = [feature["feature_id"] for found in pages for feature in found["results"]]
    assert len(ids) == len(set(ids)) == total
    for before, after in pairwise(pages):
        assert page(page_size=7, offset_feature_id=before["pagination"]["next_page"]) == after
        assert page(page_size=7, offset_feature_id=after["pagination"]["previous_page"]) == before
    assert pages[-1]["pagination"]["next_page"] is None
    behind = page(page=99, page_size=7)
    assert behind["results"] == []
    assert behind["pagination"]["previous_page"] == pages[-1]["results"][0]["feature_id"]
    for unknown in ("", "nope", "feat_00_0", ids[0] + "0" * 10):
        answer = http.post("/v1/features", json={"collections": ["clips"]}, params={"offset_feature_id": unknown})
        assert error_of(answer, 404)["details"] == {"feature_id": unknown}


def test_resources_are_found_by_name(http: httpx.Client) -> None:
    found = http.post("/v1/resources/search", json={"query": "NOTES"}, headers=MEDIA).json()
    assert [row["resource_name"] for row in found["results"]] == ["notes"]
    assert {row["resource_type"] for row in _resources(http, "e")} == {"collection", "taxonomy", "namespace"}
    assert {row["resource_type"] for row in _resources(http, "e", resource_types=["taxonomy"])} == {"taxonomy"}
    assert _resources(http, "e", resource_types=["bucket"]) == []
    assert http.post("/v1/resources/search", json={"query": "e"}).status_code == 422


def _resources(http: httpx.Client, query: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    found: list[dict[str, Any]] = http.post(
        "/v1/resources/search", json={"query": query, **more}, headers=MEDIA
    ).json()["results"]
    return found


@pytest.mark.parametrize(
    ("body", "loc", "kind"),
    [
        ({}, ["body", "collections"], "missing"),
        ({"collections": "photos"}, ["body", "collections"], "type_error"),
        ({"collections": ["photos", 7]}, ["body", "collections", 1], "type_error"),
        ({"collections": [], "color": 1}, ["body", "color"], "extra_forbidden"),
        ({"collections": [], "sort": {"field": "a", "by": 1}}, ["body", "sort", "by"], "extra_forbidden"),
        ({"collections": [], "sort": {"field": "a", "direction": "up"}}, ["body", "sort", "direction"], "type_error"),
        ({"collections": [], "filters": {"XOR": []}}, ["body", "filters", "XOR"], "value_error"),
        ({"collections": [], "filters": {"AND": [{"key": 1}]}}, ["body", "filters", "AND", 0, "key"], "value_error"),
    ],
)
def test_what_is_no_request_is_422(http: httpx.Client, body: dict[str, Any], loc: list[Any], kind: str) -> None:
    answer = http.post("/v1/assets", json=body)
    assert answer.status_code == 422
    [detail] = answer.json()["detail"]
    assert (detail["loc"], detail["type"]) == (loc, kind)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"collections": ["\xff"]}', b"[" * 100_000, b"1e999"])
def test_what_is_no_json_is_422(http: httpx.Client, body: bytes) -> None:
    assert http.post("/v1/assets", content=body).status_code == 422


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "99999999999999999999"])
def test_what_is_no_page_is_422(http: httpx.Client, page: str) -> None:
    answer = http.post("/v1/assets", json={"collections": []}, params={"page": page})
    assert answer.json()["detail"][0]["loc"] == ["query", "page"]


@pytest.mark.parametrize(
    "condition",
    [
        {"operator": "gt", "value": True},
        {"operator": "lte", "value": None},
        {"operator": "in", "value": "x"},
        {"operator": "eq", "value": {"a": 1}},
        {"operator": "eq", "value": [1]},
        {"operator": "in", "value": [[1]]},
        {"operator": "text", "value": 7},
        {"operator": "exists", "value": "yes"},
    ],
)
def test_an_impossible_value_is_400(http: httpx.Client, condition: dict[str, Any]) -> None:
    filters = {"AND": [{"key": "metadata.a", **condition}]}
    error_of(http.post("/v1/assets", json={"collections": ["photos"], "filters": filters}, headers=MEDIA), 400)


def test_the_limits_of_a_filter_are_400_and_named(http: httpx.Client) -> None:
    long = {"OR": [{"key": "status", "value": "x"}] * 21}
    deep: dict[str, Any] = {"AND": [{"key": "status", "value": "DONE"}]}
    for _ in range(20):
        deep = {"AND": [deep]}
    for filters in (long, deep):
        body = {"collections": ["photos"], "filters": filters}
        error = error_of(http.post("/v1/assets", json=body, headers=MEDIA), 400)
        assert error["details"] == {"limit": 20}
        assert "20" in error["message"]


def test_a_filter_at_its_limits_is_answered(http: httpx.Client) -> None:
    leaf = {"key": "metadata.nested.thing[]", "operator": "ne", "value": "x"}
    tree: dict[str, Any] = {"NOR": [leaf] * 20}
    for level in range(19):
        tree = {("AND", "OR", "NOR")[level % 3]: [leaf] * 19 + [tree], "case_sensitive": level % 2 == 0}
    listed(http, {"collections": ["photos"], "filters": tree})
    many = {"key": "asset_id", "operator": "in", "value": [f"ast_{number}" for number in range(20_000)]}
    assert listed(http, {"collections": ["photos"], "filters": {"AND": [many]}})["pagination"]["total"] == 0


def test_a_body_over_the_limit_is_413(http: httpx.Client) -> None:
    answer = http.post("/v1/assets", content=b"x" * (5 * 1024 * 1024))
    assert error_of(answer, 413)["details"]["limit_bytes"]


def test_an_id_may_be_percent_encoded(http: httpx.Client) -> None:
    [asset] = listed(http, {"collections": ["photos"]}, page_size=1)["results"]
    encoded = "".join(f"%{byte:02x}" for byte in asset["asset_id"].encode())
    assert http.get(f"/v1/assets/{encoded}").json() == asset
    for name, meant in (("a%2Fb", "a/b"), ("%2F", "/"), ("a%252Fb", "a%2Fb"), ("%00", "\0"), ("%FF", "\ufffd")):
        assert error_of(http.get(f"/v1/collections/{name}"), 404)["details"] == {"collection_id": meant}


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/nothing"), ("GET", "/"), ("POST", "/v1/assets/x/y"), ("GET", "/v1/assets/nope")]
)
def test_what_is_not_there_is_404(http: httpx.Client, method: str, path: str) -> None:
    assert error_of(http.request(method, path), 404)["type"] == "NotFoundError"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/assets", {"POST"}),
        ("DELETE", "/v1/tasks", {"GET", "HEAD"}),
        ("PATCH", "/v1/collections", {"GET", "HEAD", "POST"}),
        ("OPTIONS", "/v1/features/search", {"POST"}),
        ("GET", "/v1/features/extractors/embed", {"POST"}),
        ("PUT", "/v1/entities/taxonomies/x/classify", {"POST"}),
        ("NONSENSE", "/healthcheck", {"GET", "HEAD"}),
    ],
)
def test_another_method_is_405(http: httpx.Client, method: str, path: str, allowed: set[str]) -> None:
    answer = http.request(method, path)
    assert error_of(answer, 405)["type"] == "MethodNotAllowedError"
    assert set(answer.headers["allow"].split(", ")) == allowed
