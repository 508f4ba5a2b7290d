"""Running the app in tests."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import pytest

from peekui.ui.app import PeekApp
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from peekui.browse.pictures.gallery import Gallery
    from peekui.ui.session import Source

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
