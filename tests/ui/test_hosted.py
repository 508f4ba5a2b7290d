"""A hosted service: its key is asked for where the user keeps it, after the first frame, and again on retry."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from peekui.config import Settings
from peekui.ui.app import PeekApp
from peekui.ui.session import HostedSource, Session
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service


def settings(demo: Service, script: Path, *, calls_per_minute: int | None = None) -> Settings:
    """Settings whose command runs a script."""
    return Settings(
        "default",
        demo.base_url,
        api_key_command=shlex.join([sys.executable, str(script)]),
        calls_per_minute=calls_per_minute,
        origins={"api_key_command": "config.toml:5"},
    )


async def test_a_command_that_fails_is_told_and_asked_again_on_retry(demo: Service, tmp_path: Path) -> None:
    script = tmp_path / "key.py"
    script.write_text("raise SystemExit('the vault is sealed')")
    app = PeekApp(HostedSource(settings(demo, script)))
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: "ended with status 1" in " ".join(driver.text().split()))
        assert "sealed" not in driver.text()
        script.write_text(f"print({demo.api_key.reveal()!r})")
        await driver.press("escape", "r")
        await driver.until_rows()
        assert demo.api_key.reveal() not in driver.text()


async def test_the_profiles_calls_a_minute_are_the_clients(demo: Service, tmp_path: Path) -> None:
    script = tmp_path / "key.py"
    script.write_text(f"print({demo.api_key.reveal()!r})")
    session = Session(HostedSource(settings(demo, script, calls_per_minute=60)))
    client = await session.client()
    assert client.budget.state.limit == 60
    assert await client.namespaces()
    await session.aclose()
