"""What hides secrets must be tried on known ones."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_other_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the secrets of other tests in this process: they may be parts of what is expected here."""
    monkeypatch.setattr("peekui.api.secret._seen", set())
