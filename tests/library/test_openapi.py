"""The service publishes its OpenAPI document and keeps to it, whatever is thrown at it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.service import Service


def test_the_document_needs_no_key_and_names_every_error(demo: Service) -> None:
    document = httpx.get(f"{demo.base_url}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert {"200", "400"} <= set(operation["responses"])
            assert ("401" in operation["responses"]) is (path != "/healthcheck")


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Service]:
    """A demo of this test's own: what it is sent edits metadata, which other tests read."""
    yield from serving("--demo", "--data-dir", tmp_path / "data")


def test_schemathesis_finds_no_5xx_and_no_answer_out_of_shape(own_demo: Service, tmp_path: Path) -> None:
    # Coverage is left out: on Python 3.11 it runs into "AST constructor recursion depth mismatch" of the interpreter.
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{own_demo.base_url}/openapi.json"]
    options = ["--phases", "fuzzing,stateful", "--max-examples", "8", "--seed", "7", "--no-color"]
    key = ["--header", f"Authorization: Bearer {own_demo.api_key.reveal()}"]
    ended = subprocess.run([*command, *options, *key], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
