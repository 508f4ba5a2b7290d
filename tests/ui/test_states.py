"""States that are neither rows nor an error: no key yet, a wrong key, out of reach, out of calls; and a crash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from peekui.api.client import MixpeekClient
from peekui.api.errors import BadRequest, CannotConnect, RateLimited, ServerFailed, Unauthorized
from peekui.api.secret import Secret
from peekui.config.settings import Settings
from peekui.ui.app import PeekApp
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.key import KeyScreen
from peekui.ui.screens.welcome import WelcomeScreen
from peekui.ui.session import HostedSource
from peekui.ui.sources import Sources
from peekui.ui.widgets.notice import Tone
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving


def settings(demo: Service, key: str | None) -> Settings:
    return Settings("default", demo.base_url, api_key=None if key is None else Secret(key))


async def test_a_wrong_key_is_asked_for_and_the_right_one_opens_the_service(driving: Driving, demo: Service) -> None:
    async with driving(HostedSource(settings(demo, "wrong")), rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, KeyScreen))
        assert driver.browse.panes.assets.notice.tone is Tone.LOCKED
        line = driver.app.screen.query_one(Input)
        line.value = demo.api_key.reveal()
        assert demo.api_key.reveal() not in driver.text()
        await driver.pilot.press("enter")
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count > 0


async def test_the_question_for_a_key_can_be_left_and_asked_again(driving: Driving, demo: Service) -> None:
    async with driving(HostedSource(settings(demo, "wrong")), rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, KeyScreen))
        await driver.press("escape")
        assert "A enter key" in driver.text().splitlines()[-1]
        await driver.press("A")
        assert isinstance(driver.app.screen, KeyScreen)


async def test_what_cannot_be_a_key_is_refused_at_once(driving: Driving, demo: Service) -> None:
    async with driving(HostedSource(settings(demo, "wrong")), rows=False) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, KeyScreen))
        driver.app.screen.query_one(Input).value = "two words"
        await driver.press("enter")
        assert isinstance(driver.app.screen, KeyScreen)
        assert "has characters no key has" in driver.text()


async def test_a_local_library_needs_no_key(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("A")
        assert driver.app.screen is driver.browse


async def test_without_a_source_the_user_chooses_a_folder(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("one", encoding="utf-8")
    sources = Sources(Settings("default", "https://api.mixpeek.com"))
    app = PeekApp(None, sources=sources)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: isinstance(app.screen, WelcomeScreen))
            await driver.press("down", "enter")
            line = app.screen.query_one(Input)
            line.value = str(tmp_path / "nowhere")
            await driver.press("enter")
            assert "There is no folder" in driver.text()
            line.value = str(tmp_path / "files")
            await driver.pilot.press("enter")
            await driver.until(lambda: isinstance(app.screen, BrowseScreen))
            await driver.until_rows()
            await driver.until(lambda: driver.browse.panes.rows.row_count == 1)
    finally:
        sources.close()


async def test_without_a_source_the_user_connects_with_a_key(demo: Service) -> None:
    app = PeekApp(None, sources=Sources(settings(demo, None)))
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: isinstance(app.screen, WelcomeScreen))
        await driver.press("end", "enter")
        await driver.until(lambda: isinstance(app.screen, KeyScreen))
        app.screen.query_one(Input).value = demo.api_key.reveal()
        await driver.pilot.press("enter")
        await driver.until(lambda: isinstance(app.screen, BrowseScreen))
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count > 0


async def test_what_is_not_installed_cannot_be_chosen(demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peekui.ui.screens.welcome.find_spec", lambda _: None)
    app = PeekApp(None, sources=Sources(settings(demo, None)))
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: isinstance(app.screen, WelcomeScreen))
        options = app.screen.query_one(OptionList)
        assert [options.get_option(name).disabled for name in ("demo", "folder", "hosted")] == [True, True, False]
        assert "pip install 'peekui[local]'" in driver.text()


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """While the list holds something, asset calls find nobody there; a healthy service cannot be made to."""
    down: list[bool] = []
    real = MixpeekClient.assets

    async def assets(self: MixpeekClient, *arguments: object, **more: object) -> object:
        if down:
            raise CannotConnect("Cannot reach the service.")
        return await real(self, *arguments, **more)  # type: ignore[arg-type]  # (passed through as it came)

    monkeypatch.setattr(MixpeekClient, "assets", assets)
    return down


async def test_out_of_reach_the_last_rows_stay_dimmed_with_their_age(
    driving: Driving, demo: Service, unreachable: list[bool]
) -> None:
    async with driving(demo) as driver:
        browse, rows = driver.browse, driver.browse.panes.rows
        before, asset = browse.place, rows.asset_at(0)
        unreachable.append(True)
        await driver.press("b")
        await driver.until(lambda: "offline" in driver.text())
        assert rows.stale
        assert rows.asset_at(0) is asset
        assert browse.place == before, "what is on show must be what the crumbs and the filter say"
        assert not browse.panes.pills.region
        await driver.press("]")
        await driver.until(lambda: len(driver.app._notifications) > 1)
        assert browse.place == before, "going forward asks again, and is as far off as before"
        unreachable.clear()
        await driver.press("]")
        await driver.until_rows()
        assert browse.place.failed_only
        await driver.press("[")
        await driver.until_rows()
        unreachable.append(True)
        await driver.press("b")
        await driver.until(lambda: "offline" in driver.text())
        unreachable.clear()
        await driver.press("r")
        await driver.until(lambda: not rows.stale)
        assert "offline" not in driver.text()
        await driver.press("b")
        await driver.until_rows()
        assert browse.place.failed_only


async def test_a_question_that_fails_does_not_pass_the_old_rows_for_its_answer(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes

        async def refuse(*_: object, **__: object) -> None:
            raise BadRequest("that filter is refused", status=400)

        monkeypatch.setattr(MixpeekClient, "assets", refuse)
        await driver.press("b")
        await driver.until(lambda: panes.assets.problem)
        assert not panes.shows_rows
        assert "that filter is refused" in driver.text()
        monkeypatch.undo()
        await driver.press("escape")
        await driver.until(lambda: panes.shows_rows)
        assert not driver.browse.place.failed_only


async def test_a_key_that_expires_meanwhile_is_asked_for(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(HostedSource(settings(demo, demo.api_key.reveal()))) as driver:
        rows = driver.browse.panes.rows

        async def expired(*_: object, **__: object) -> None:
            raise Unauthorized("the key has expired", status=401)

        monkeypatch.setattr(MixpeekClient, "assets", expired)
        await driver.press("r")
        await driver.until(lambda: isinstance(driver.app.screen, KeyScreen))
        monkeypatch.undo()
        driver.app.screen.query_one(Input).value = demo.api_key.reveal()
        await driver.pilot.press("enter")
        await driver.until(lambda: driver.app.screen is driver.browse)
        await driver.until_rows()
        assert rows.asset_at(0)
        assert not driver.browse.panes.assets.problem


async def test_a_cancelled_wait_leaves_everything_as_it_was(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=3)) as driver:
        browse, rows = driver.browse, driver.browse.panes.rows
        before, count = browse.place, rows.row_count
        await driver.pilot.press("b")
        await driver.until(lambda: "1 call waits" in driver.text())
        await driver.until(lambda: "Esc cancel wait" in driver.text())
        await driver.pilot.press("escape")
        await driver.until(lambda: not rows.stale)
        assert (browse.place, rows.row_count) == (before, count)
        assert "cancel wait" not in driver.text()


async def test_a_pane_that_waits_for_a_call_counts_down(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=3)) as driver:
        panes = driver.browse.panes
        await driver.press("1")
        await driver.pilot.press("down", "enter")
        await driver.until(lambda: panes.collections.shows(Tone.WAITING))
        assert "◔ Waiting " in driver.text()
        await driver.pilot.press("escape")
        await driver.until(lambda: panes.collections.problem)
        assert "was cancelled" in driver.text()


async def test_rows_that_are_only_part_of_the_answer_say_so(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:

        async def fail(*_: object, **__: object) -> None:
            raise ServerFailed("the service failed", status=503)

        assert driver.browse.panes.rows.row_count > 300
        monkeypatch.setattr(MixpeekClient, "assets", fail)
        await driver.press("end")
        await driver.until(lambda: "partial: 2 pages could not be loaded" in driver.text())
        monkeypatch.undo()
        await driver.press("r")
        await driver.until_rows()
        assert "partial" not in driver.text()


async def test_too_many_calls_have_a_look_of_their_own(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:

        async def refuse(*_: object, **__: object) -> None:
            raise RateLimited("that was one call too many", status=429)

        monkeypatch.setattr(MixpeekClient, "assets", refuse)
        await driver.press("b")
        await driver.until(lambda: driver.browse.panes.assets.problem)
        assert "◔ that was one call too many" in driver.text()


async def test_the_calls_that_are_left_are_shown(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=60)) as driver:
        await driver.until(lambda: "/60 calls" in driver.text())
        client = await driver.session.client()
        assert f"{client.budget.state.left}/60 calls" in driver.text()


def report_named_in(sentence: str) -> str:
    return Path(sentence.split(" is in ")[1].split(";", maxsplit=1)[0]).read_text(encoding="utf-8")


async def test_a_crash_says_one_sentence_and_keeps_a_report_without_locals(
    demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("peekui.own_files.state_folder", lambda: tmp_path)
    app = PeekApp(demo)
    said: list[str] = []
    panic = app.panic

    def keep(*texts: object) -> None:
        said.extend(map(str, texts))
        panic(*map(str, texts))

    monkeypatch.setattr(app, "panic", keep)

    def broken() -> None:
        _held = f"sk_live_{4242}"
        raise RuntimeError("it broke")

    async def run() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            app.call_later(broken)
            await pilot.pause()

    with pytest.raises(RuntimeError, match="it broke"):
        await run()
    [sentence] = said
    text = report_named_in(sentence)
    assert "sk_live_4242" not in text + sentence
    assert "RuntimeError: it broke" in text
