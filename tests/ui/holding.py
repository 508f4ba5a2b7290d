"""Answers that are held back."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from peekui.api.client import MixpeekClient

if TYPE_CHECKING:
    import pytest

__all__ = ["hold_answers"]


def hold_answers(monkeypatch: pytest.MonkeyPatch, asked: str) -> asyncio.Event:
    """Hold back the pages of assets whose request has some text in it, until the event is set."""
    real = MixpeekClient.assets
    held = asyncio.Event()

    async def slow(self: MixpeekClient, body: dict[str, object], **more: object) -> object:
        answer = await real(self, body, **more)  # type: ignore[arg-type]  # (passed through as it came)
        if asked in json.dumps(body):
            await held.wait()
        return answer

    monkeypatch.setattr(MixpeekClient, "assets", slow)
    return held
