"""Running the app in tests."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from peekui.filters.expression.parse import parse
from peekui.ui import describe
from peekui.ui.app import PeekApp
from peekui.ui.inspector import leaves
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.session import Session
from tests.service import serving
from tests.ui.building import Building
from tests.ui.driver import Driver
from tests.ui.pictures import TextPictures
from tests.ui.small_library import NOW, write_small_library

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from syrupy.assertion import SnapshotAssertion

    from peekui.api.models import Asset
    from peekui.browse.pictures.gallery import Gallery
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path
    from peekui.ui.session import Source
    from tests.service import Service
    from tests.ui.building import Open

Driving: TypeAlias = "Callable[..., AbstractAsyncContextManager[Driver]]"


@pytest.fixture
def driving() -> Driving:
    """Open the app on a source, with the first rows on show."""

    @asynccontextmanager
    async def drive(
        source: Source,
        *,
        size: tuple[int, int] = (120, 40),
        theme: str = "peekui-dark",
        rows: bool = True,
        gallery: Gallery | None = None,
    ) -> AsyncIterator[Driver]:
        app = PeekApp(source, theme=theme, gallery=gallery)
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.until_browsing()
            if rows:
                await driver.until_rows()
            yield driver

    return drive


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = write_small_library(tmp_path_factory.mktemp("small"))
    yield from serving(root, "--data-dir", tmp_path_factory.mktemp("index"))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clocks, and level the ids: they come from where the library lies, which is another place every time."""
    monkeypatch.setattr("peekui.ui.formats.now", lambda: NOW)
    monkeypatch.setattr(Session, "latency_ms", property(lambda _: 12.0))
    shown = describe._code
    level = re.compile("(?<=_)[0-9a-f]{24}")
    monkeypatch.setattr(describe, "_code", lambda code: shown(level.sub("0" * 24, code)))
    text = leaves._text
    monkeypatch.setattr(leaves, "_text", lambda name, value: level.sub("0" * 24, text(name, value)))


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextPictures)


@pytest.fixture
def building(driving: Driving, demo: Service) -> Open:
    """Open the builder over the demo's rows, with the focus in the tree."""

    @asynccontextmanager
    async def build(
        text: str = "", *, size: tuple[int, int] = (120, 40), path: Path = (), more: tuple[Asset, ...] = ()
    ) -> AsyncIterator[Building]:
        async with driving(demo, size=size) as driver:
            place = driver.browse.place
            applied: list[Group | None] = []
            query = place.query()
            assert query
            query = replace(query, filter=parse(text) if text else None)
            rows = (*more, *driver.browse.panes.rows.window.held())
            screen = FilterScreen(driver.session, place.namespace, query, rows, applied.append, path=path)
            await driver.app.push_screen(screen)
            await driver.pilot.pause()
            yield Building(driver, screen, applied)

    return build
