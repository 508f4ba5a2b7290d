"""Pictures on screen: drawn when there are some, a reason when there are not, and never in the way."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import pytest
from textual import events

from peekui.api.client import MixpeekClient
from peekui.api.secret import Secret
from peekui.browse.pictures.gallery import Gallery
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.widgets.detail_panel import DetailPanel
from peekui.ui.widgets.picture_view import PictureView
from tests.browse.pictures.hostile_store import KINDS, hostile_store
from tests.ui.inspecting import inspect, inspector
from tests.ui.test_failures import Nowhere, shows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.api.models import AssetFeatures
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

HALF = "▀"


class Traps(Nowhere):
    """A source whose pictures are out to harm."""

    name = "traps"

    def __init__(self, origin: str) -> None:
        self._origin = origin

    async def address(self) -> tuple[str, Secret]:
        """Give the address of the store."""
        return self._origin, Secret("sk_test")


@pytest.fixture(scope="module")
def traps() -> Iterator[Traps]:
    with hostile_store() as store:
        yield Traps(store.origin)


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "pictures", always=True, patience=6.0)


def in_detail(driver: Driver) -> PictureView:
    return driver.browse.panes.detail.query_one(DetailPanel).query_one(PictureView)


async def test_the_detail_follows_with_a_picture(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        await driver.press("/", *"Lofoten", "enter")
        await driver.until_rows()
        view = in_detail(driver)
        await driver.until(lambda: view.raster)
        first = view.raster
        assert HALF * 10 in driver.text()
        await driver.pilot.press("down")
        await driver.until(lambda: view.raster and view.raster is not first)
        driver.browse.panes.rows.cursor = 0
        await driver.until(lambda: view.raster is first)  # from memory


async def test_one_picture_never_stands_for_another(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        screen = await inspect(driver, "Lofoten teaser")
        await driver.press("2")
        view = screen.panel.features.detail.query_one(PictureView)
        await driver.until(lambda: view.raster)
        first = view.raster
        await driver.pilot.press("down")
        assert view.raster is not first
        await driver.until(lambda: view.raster)
        assert view.raster is not first


async def test_without_pictures_nothing_is_fetched_and_it_is_said(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        assert not in_detail(driver).display
        screen = await inspect(driver, "Lofoten teaser")
        await driver.until(lambda: "switched off" in screen.panel.picture.reason)
        assert not [call for call in await called(driver) if "return_url" in call]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("Lofoten teaser", ["return_url=true"]),  # its segments have pictures of their own
        ("Insurance", [""]),  # there is no picture of text
        ("Lost footage", [""]),  # nor of what failed
    ],
)
async def test_addresses_come_with_the_one_call_where_there_can_be_pictures(
    driving: Driving, demo: Service, gallery: Gallery, words: str, query: list[str]
) -> None:
    rationed = replace(demo, calls_per_minute=1000)  # so that the detail panel asks for none
    async with driving(rationed, gallery=gallery) as driver:
        before = len(await called(driver))
        screen = await inspect(driver, words)
        view = screen.panel.picture
        await driver.until(lambda: view.raster or view.reason not in {"", "…"})
        assert bool(view.raster) is (query != [""])
        assert (await called(driver))[before + 1 :] == query  # after the search


async def test_a_still_whose_address_is_known_is_asked_for_without(
    driving: Driving, demo: Service, gallery: Gallery
) -> None:
    async with driving(demo, gallery=gallery) as driver:
        await driver.press("/", *"Lofoten", "enter", "down")
        await driver.until_rows()
        asset = driver.browse.panes.asset()
        assert asset
        assert asset.modality == "image"
        view = in_detail(driver)
        await driver.until(lambda: view._wanted and view._wanted.asset is asset and view.raster)
        before = len(await called(driver))
        await driver.press("enter")
        await driver.until(lambda: inspector(driver).panel.picture.raster)
        assert (await called(driver))[before:] == [""]


async def test_an_asset_is_asked_for_before_its_picture(
    driving: Driving, demo: Service, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    rationed = replace(demo, calls_per_minute=1000)
    async with driving(rationed, gallery=gallery) as driver:
        await driver.press("/", *"Lofoten teaser", "enter")
        await driver.until_rows()
        before = len(await called(driver))
        gate = asyncio.Event()
        ask = MixpeekClient.features

        async def slowly(
            self: MixpeekClient, asset_id: str, *, namespace: str | None, return_url: bool
        ) -> AssetFeatures:
            await gate.wait()
            return await ask(self, asset_id, namespace=namespace, return_url=return_url)

        monkeypatch.setattr(MixpeekClient, "features", slowly)
        await driver.pilot.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
        view = inspector(driver).panel.picture
        await driver.until(lambda: view.reason == "…")
        for _ in range(30):  # longer than a picture rests before it is asked for
            await driver.pilot.pause(0.01)
        assert len(await called(driver)) == before
        gate.set()
        await driver.until(lambda: view.raster)
        await driver.press("2")
        of_segment = inspector(driver).panel.features.detail.query_one(PictureView)
        await driver.until(lambda: of_segment.raster)
        assert len(await called(driver)) == before + 1


async def called(driver: Driver) -> list[str]:
    return [str(call.query) for call in (await driver.session.client()).calls]


async def test_calls_are_not_spent_on_passing_by(driving: Driving, traps: Traps, gallery: Gallery) -> None:
    rationed = Traps(traps._origin)
    rationed.calls_per_minute = 10  # type: ignore[assignment]
    async with driving(rationed, gallery=gallery) as driver:
        await driver.until(lambda: "takes a call" in in_detail(driver).reason)
        await driver.press("enter")
        await driver.until(lambda: inspector(driver).panel.picture.raster)
        await driver.press("escape", "down", "up")
        await driver.until(lambda: in_detail(driver).raster)  # its address is known now


async def test_hostile_pictures_are_reasons_and_keys_go_on(driving: Driving, traps: Traps, gallery: Gallery) -> None:
    async with driving(traps, gallery=gallery) as driver:
        view, rows = in_detail(driver), driver.browse.panes.rows
        for number, kind in enumerate(KINDS):
            rows.cursor = number
            await driver.until(lambda: view._wanted and view._wanted.asset.asset_id == kind)  # noqa: B023  (awaited)
            took = [await one_key(driver, key) for key in ("2", "3") * 5]
            assert median(took) < 0.5, kind
            await driver.until(lambda: view.raster or view.reason)
            assert bool(view.raster) is (kind == "good"), view.reason
        assert shows(driver, "The picture cannot be shown")


async def one_key(driver: Driver, key: str) -> float:
    """Press a key, and give the seconds until what it does was done and drawn."""
    began = time.perf_counter()
    driver.app.post_message(events.Key(key, key))
    await driver.pilot._wait_for_screen()
    return time.perf_counter() - began
