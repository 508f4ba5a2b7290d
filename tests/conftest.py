"""What all tests share: the demo library, served by one process for each process of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service import Service


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demo library, wholly indexed."""
    yield from serving("--demo", "--data-dir", tmp_path_factory.mktemp("demo"))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's settings out: a key, an address or NO_COLOR would change what is tested."""
    for name in ("MIXPEEK_API_KEY", "MIXPEEK_TOKEN", "MIXPEEK_BASE_URL", "MIXPEEK_NAMESPACE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
