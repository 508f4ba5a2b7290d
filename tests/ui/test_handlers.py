"""Handlers of messages."""

from __future__ import annotations

import re
from pathlib import Path

import peekui.ui

_CALLS_ITS_BASE = re.compile(r"super\(\)\.on_\w+\(")


def test_none_calls_that_of_its_base_which_textual_runs_as_well() -> None:
    files = Path(peekui.ui.__path__[0]).rglob("*.py")
    assert [file.name for file in files if _CALLS_ITS_BASE.search(file.read_text("utf-8"))] == []
