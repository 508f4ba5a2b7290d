"""The service publishes its OpenAPI document and keeps to it, whatever is thrown at it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import settings

from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis.schemas import BaseSchema

    from tests.service import Service

pytestmark = pytest.mark.xdist_group("openapi")

COVERED_BY_LISTING_ASSETS: Final = ["/v1/assets/search", "/v1/features"]
"""Their filters are those of POST /v1/assets: the same two thousand requests once more would find nothing new."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A demo of this module's own: what it is sent edits metadata, which other tests read."""
    yield from serving("--demo", "--data-dir", tmp_path_factory.mktemp("openapi"))


def test_the_document_needs_no_key_and_names_every_error(own: Service) -> None:
    document = httpx.get(f"{own.base_url}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        assert ":" not in path
        for operation in operations.values():
            assert "400" in operation["responses"]
            assert ("401" in operation["responses"]) is (path != "/healthcheck")
            assert ("200" in operation["responses"]) is (operation["summary"] != "Not for a folder")


@pytest.fixture(scope="module")
def api(own: Service) -> BaseSchema:
    """What the service says of itself."""
    once: dict[str, Any] = {"include-path": COVERED_BY_LISTING_ASSETS, "phases": {"coverage": {"enabled": False}}}
    key = {"openapi": {"key": {"bearer": own.api_key.reveal()}}}
    config = schemathesis.Config.from_dict({"auth": key, "operations": [once]})
    return schemathesis.openapi.from_url(f"{own.base_url}/openapi.json", config=config)


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, database=None)
def test_no_request_finds_a_5xx_or_an_answer_out_of_shape(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


def test_no_order_of_requests_does(own: Service, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{own.base_url}/openapi.json"]
    options = ["--phases", "stateful", "--max-examples", "8", "--seed", "7", "--no-color"]
    key = ["--header", f"Authorization: Bearer {own.api_key.reveal()}"]
    ended = subprocess.run([*command, *options, *key], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
