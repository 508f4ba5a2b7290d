"""A library whose files tests may add and delete, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service import serving
from tests.triage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """An empty library that deletes; what is deleted goes to a trash of its own."""
    root = tmp_path_factory.mktemp("shelf") / "shelf"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(root.parent / "trash"))
        for service in serving(root, "--allow-delete", "--data-dir", root.parent / "data"):
            yield Shelf(service, root)
