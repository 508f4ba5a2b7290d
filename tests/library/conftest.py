"""Libraries of a test's own, and clients for them."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.library.serve_protocol import Serve
    from tests.service import Service


@pytest.fixture(scope="module")
def http(demo: Service) -> Iterator[httpx.Client]:
    """A client of the demo library, with its key."""
    with demo.http() as client:
        yield client


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve a folder, wholly indexed, until the test ends; gives a client with the key."""
    with ExitStack() as stack:

        def start(root: Path, *options: str) -> httpx.Client:
            service = stack.enter_context(_serving(root, "--data-dir", tmp_path / "data", *options))
            return stack.enter_context(service.http())

        yield start


@contextmanager
def _serving(*arguments: str | Path) -> Iterator[Service]:
    yield from serving(*arguments)
