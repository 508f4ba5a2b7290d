"""One written sample for all the tests that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.library.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a complete sample; not to be changed."""
    directory = tmp_path_factory.mktemp("sample")
    write_sample(directory)
    return directory
