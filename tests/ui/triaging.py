"""What the tests of the triage screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service import serving
from tests.triage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf", "shows"]


@pytest.fixture(autouse=True)
def a_state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep notes, plans and rules of one test from the next."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A library of one test's own that deletes; what is deleted goes to a trash of its own."""
    root = tmp_path / "shelf"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "trash"))
        for service in serving(root, "--allow-delete", "--data-dir", tmp_path / "data"):
            yield Shelf(service, root)


def shows(driver: Driver, *words: str) -> bool:
    """Whether all of some words are on screen, wherever lines break."""
    text = " ".join(driver.text().split())
    return all(word in text for word in words)
