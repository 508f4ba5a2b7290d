"""Resource search through the vendor's current client library, which speaks a later API but shares that operation.

It has the same import name as the release the other tests use, so it is installed into a folder of its own, for a
process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service

RELEASE: Final = "mixpeek>=1.3,<2"
SCRIPT: Final = """
import json, os, sys
from mixpeek import ApiClient, Configuration
from mixpeek.api.resource_search_api import ResourceSearchApi
from mixpeek.models.search_request import SearchRequest

configuration = Configuration(
    host=os.environ["LIBRARY"], access_token=os.environ["KEY"], api_key={"NamespaceHeader": "media"}
)
with ApiClient(configuration) as client:
    for request in json.loads(sys.argv[1]):
        print(ResourceSearchApi(client).search_resources(SearchRequest.from_dict(request)).model_dump_json())
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client library in a folder; what it needs is installed already."""
    folder = tmp_path_factory.mktemp("mixpeek")
    options = ["--quiet", "--no-deps", "--no-compile", "--retries", "1", "--target", str(folder)]
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, RELEASE], capture_output=True, text=True, check=False
    )
    if installed.returncode:
        pytest.skip(f"{RELEASE} cannot be installed: {installed.stderr.strip().splitlines()[-1]}")
    return folder


def test_resource_search(demo: Service, packages: Path) -> None:
    # In one process: the client takes seconds to import.
    one, everything, second, taxonomies = _search(
        demo,
        packages,
        {"query": "CLIPS"},
        {"query": "e", "limit": 100},
        {"query": "e", "limit": 1, "offset": 1},
        {"query": "e", "resource_types": ["taxonomy"]},
    )
    assert _kinds_and_names(one) == [("collection", "clips")]
    assert (one["total"], one["limit"], one["offset"]) == (1, 20, 0)
    assert {"collection", "taxonomy"} <= {kind for kind, _ in _kinds_and_names(everything)}
    assert second["results"] == everything["results"][1:2]
    assert {kind for kind, _ in _kinds_and_names(taxonomies)} == {"taxonomy"}


def _kinds_and_names(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["resource_type"], one["resource_name"]) for one in found["results"]]


def _search(demo: Service, packages: Path, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(packages),
        "LIBRARY": demo.base_url,
        "KEY": demo.api_key.reveal(),
    }
    command = [sys.executable, "-c", SCRIPT, json.dumps(requests)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert not ended.returncode, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]
