"""The vendor's own client library works against the embedded library, unchanged.

The releases 0.16 to 0.20 and 0.30 speak the generation of the API that the library serves (mixpeek-api.md, sections
4 to 6); 0.30 is the last of them. What a folder cannot have (vectors, classification, ingestion, users) raises the
client's own typed error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import httpx
import pytest
from mixpeek import Mixpeek
from mixpeek.models import (
    AssetsModelSearchQuery,
    Direction,
    ErrorResponse,
    FilterCondition,
    GroupByOptionsAsset,
    HTTPValidationError,
    InputType,
    LogicalOperator,
    Operator,
    SortOption,
    TaskStatus,
    VectorModel,
)

from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.service import Service

COLLECTION = "clips"
FAILED = FilterCondition(key="status", operator=Operator.EQ, value="FAILED")


@pytest.fixture(scope="module", autouse=True)
def close_at_once() -> Iterator[None]:
    """Leave nothing to the client's finalizer: collected inside another test's event loop it waits for ever."""
    with patch("mixpeek.sdk.close_clients", lambda *_: None):
        yield


@pytest.fixture(scope="module")
def client(demo: Service) -> Iterator[Mixpeek]:
    """The client, set up as its users do, on the demo's first library."""
    with Mixpeek(token=demo.api_key.reveal(), server_url=demo.base_url, x_namespace="media") as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Mixpeek]:
    """The client on a library of one note, which may be changed."""
    root = tmp_path / "notes"
    (root / "ideas").mkdir(parents=True)
    (root / "ideas" / "first.txt").write_text("A library is a folder.\n", "utf-8")
    services = serving(root, "--data-dir", tmp_path / "data")
    service = next(services)
    with Mixpeek(token=service.api_key.reveal(), server_url=service.base_url) as client:
        yield client
    services.close()  # type: ignore[attr-defined]  # serving() is a generator


def test_health(client: Mixpeek) -> None:
    assert client.health.check().status


def test_namespaces(client: Mixpeek) -> None:
    namespaces = client.namespaces.list()
    assert [namespace.namespace_name for namespace in namespaces] == ["media", "archive"]
    media = namespaces[0]
    assert client.namespaces.get(namespace="media") == media
    assert client.namespaces.get(namespace=media.namespace_id) == media
    kinds = {kind.type for kind in client.namespaces.list_models().payload_indexes}
    assert {"keyword", "integer", "float", "bool", "datetime", "text"} <= kinds


def test_collections(client: Mixpeek) -> None:
    page = client.collections.list(page_size=2)
    assert len(page.results) == 2
    assert page.pagination.total > 2
    assert client.collections.list(page=2, page_size=2).results[0] not in page.results
    for collection in page.results:
        details = client.collections.get(collection=collection.collection_id)
        assert details.collection_name == collection.collection_name
        assert details.count
        assert details.count > 0


def test_list_pages_in_order(client: Mixpeek) -> None:
    order = SortOption(field="created_at", direction=Direction.DESC)
    first, second = (
        client.assets.list(collections=[COLLECTION], sort=order, page=page, page_size=5) for page in (1, 2)
    )
    times = [asset.created_at for asset in first.results + second.results]
    assert len({asset.asset_id for asset in first.results + second.results}) == 10
    assert times == sorted(times, key=str, reverse=True)
    assert first.pagination.total == second.pagination.total
    assert first.pagination.next_page


def test_filters(client: Mixpeek) -> None:
    def total(filters: LogicalOperator | None) -> int:
        return client.assets.list(collections=[COLLECTION], filters=filters).pagination.total

    duplicate = FilterCondition(key="duplicate_of", operator=Operator.EXISTS, value=True)
    failed = client.assets.list(collections=[COLLECTION], filters=LogicalOperator(and_=[FAILED]), page_size=100)
    assert failed.results
    assert all(asset.status == "FAILED" and asset.error for asset in failed.results)
    neither = LogicalOperator(nor=[FAILED, LogicalOperator(or_=[duplicate])])
    either = LogicalOperator(or_=[FAILED, duplicate])
    assert total(neither) + total(either) == total(None)


def test_select_and_group(client: Mixpeek) -> None:
    titles = client.assets.list(collections=[COLLECTION], select=["metadata.title", "status"]).results
    assert titles
    assert not any(title.file_hash for title in titles)
    group = GroupByOptionsAsset(field="modality", max_assets=1)
    grouped = client.assets.list(collections=[COLLECTION], group_by=group, page_size=100).results
    modalities = [asset.modality for asset in grouped]
    assert len(modalities) == len(set(modalities)) > 1


def test_search(client: Mixpeek) -> None:
    collections = [str(collection.collection_id) for collection in client.collections.list(page_size=100).results]
    query = AssetsModelSearchQuery(key=["*"], value="harbour")
    found = client.assets.search(collections=collections, query=query)
    assert found.results
    scores = [asset.score for asset in found.results if isinstance(asset.score, float)]
    assert len(scores) == len(found.results)
    assert all(0 < score <= 1 for score in scores)


def test_presigned_url_opens_without_a_key(client: Mixpeek) -> None:
    listed = client.assets.list(collections=[COLLECTION], page_size=1).results[0]
    asset = client.assets.get(asset_id=str(listed.asset_id), return_url=True)
    assert asset.asset_id == listed.asset_id
    answer = httpx.get(str(asset.url), headers={"Range": "bytes=0-9"}, trust_env=False)
    assert answer.status_code == httpx.codes.PARTIAL_CONTENT
    assert len(answer.content) == 10


def test_features(client: Mixpeek) -> None:
    feature = client.features.list(collections=[COLLECTION], page_size=1).results[0].additional_properties
    one = client.features.get(feature_id=feature["feature_id"], return_vectors=True)
    assert one.additional_properties == feature
    grouped = client.assets.get_with_features(asset_id=feature["asset_id"], return_url=True)
    assert grouped.asset.asset_id == feature["asset_id"]
    same_modality = getattr(grouped.features, feature["modality"])
    assert feature["feature_id"] in {found.additional_properties["feature_id"] for found in same_modality}
    assert all(found.url for found in same_modality)


def test_features_page_by_offset(client: Mixpeek) -> None:
    first = client.features.list(collections=[COLLECTION], page_size=2)
    second = client.features.list(collections=[COLLECTION], page_size=2, offset_feature_id=first.pagination.next_page)
    assert second.results
    assert second.results[0] not in first.results


def test_tasks(client: Mixpeek) -> None:
    assert client.tasks.list_active().results == []
    asset = client.assets.list(collections=[COLLECTION], filters=LogicalOperator(and_=[FAILED])).results[0]
    assert client.tasks.get(task_id=str(asset.task_id)).status is TaskStatus.FAILED


def test_taxonomies(client: Mixpeek) -> None:
    taxonomies = client.taxonomy_entities.list().results
    assert taxonomies
    taxonomy = client.taxonomies.get(taxonomy=str(taxonomies[0].taxonomy_id))
    assert taxonomy.nodes
    assert client.taxonomies.get(taxonomy=taxonomy.taxonomy_name) == taxonomy


def test_taxonomies_page_by_offset(client: Mixpeek) -> None:
    first = client.taxonomy_entities.list(page_size=1)
    second = client.taxonomy_entities.list(page_size=1, offset_id=first.pagination.next_page)
    assert second.results
    assert second.results[0] not in first.results


def test_a_node_of_a_taxonomy(client: Mixpeek) -> None:
    nodes = [node for taxonomy in client.taxonomy_entities.list().results for node in taxonomy.nodes or ()]
    slashed = next(node for node in nodes if "/" in str(node.node_id))
    assert client.taxonomy_entities.get_node(node=str(slashed.node_id)) == slashed
    assert client.taxonomy_entities.get_node(node=slashed.node_name).node_name == slashed.node_name


def test_metadata_merges_and_is_replaced(own: Mixpeek) -> None:
    # This client drops what is in `metadata` before it sends it, so what arrives is an empty object.
    def named() -> list[str]:
        condition = FilterCondition(key="metadata.file_name", operator=Operator.EQ, value="first.txt")
        page = own.assets.list(collections=["ideas"], filters=LogicalOperator(and_=[condition]))
        return [str(asset.asset_id) for asset in page.results]

    [asset_id] = named()
    assert own.assets.partial_update(asset_id=asset_id, metadata={}).asset_id == asset_id
    assert named() == [asset_id]
    assert own.assets.update(asset_id=asset_id, metadata={}).asset_id == asset_id
    assert named() == []


def test_delete_needs_leave(own: Mixpeek) -> None:
    asset_id = str(own.assets.list(collections=["ideas"]).results[0].asset_id)
    with pytest.raises(ErrorResponse) as raised:
        own.assets.delete(asset_id=asset_id)
    assert raised.value.data.status == httpx.codes.FORBIDDEN


def test_unknown_asset(client: Mixpeek) -> None:
    with pytest.raises(ErrorResponse) as raised:
        client.assets.get(asset_id="ast_nowhere")
    assert raised.value.data.status == httpx.codes.NOT_FOUND
    assert "ast_nowhere" in raised.value.data.error.message


def test_malformed_request(client: Mixpeek) -> None:
    with pytest.raises(HTTPValidationError) as raised:
        client.assets.list(collections=[COLLECTION], page_size=5000)
    assert raised.value.data.detail
    assert raised.value.data.detail[0].loc == ["query", "page_size"]


def test_wrong_key(demo: Service) -> None:
    wrong = demo.api_key.reveal() + "x"
    with Mixpeek(token=wrong, server_url=demo.base_url) as client, pytest.raises(ErrorResponse) as raised:
        client.namespaces.list()
    assert raised.value.data.status == httpx.codes.UNAUTHORIZED


@pytest.mark.parametrize(
    "change",
    [
        lambda client: client.namespaces.delete(namespace="media"),
        lambda client: client.collections.create(collection_name="new"),
        lambda client: client.collections.delete(collection=COLLECTION),
        lambda client: client.ingest_assets.ingest_text(collection=COLLECTION),
        lambda client: client.ingest_assets.ingest_image_url(url="http://localhost/a.png", collection=COLLECTION),
        lambda client: client.tasks.delete(task_id="task_0"),
        lambda client: client.feature_extractors.extract_embeddings(
            type_=InputType.TEXT, embedding_model=VectorModel.MULTIMODAL, value="x"
        ),
        lambda client: client.organizations.get(),
    ],
    ids=["namespace", "new collection", "collection", "text", "image", "task", "embedding", "organisation"],
)
def test_what_a_folder_does_not_do_is_refused(client: Mixpeek, change: Callable[[Mixpeek], object]) -> None:
    with pytest.raises(ErrorResponse) as raised:
        change(client)
    assert raised.value.data.status == httpx.codes.FORBIDDEN
    assert raised.value.data.error.type == "ForbiddenError"
