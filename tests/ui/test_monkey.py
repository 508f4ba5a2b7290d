"""Nothing random breaks it; `python -m tests.ui.monkey` plays longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.monkey import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_a_monkey_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # it may write values to files
    monkey = await run(tmp_path, 1000, seed=7)
    assert monkey.checked > 0
