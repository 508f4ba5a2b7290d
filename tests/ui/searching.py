"""The search line in tests: typed into, pasted into and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from peekui.ui.widgets.search_line import SearchLine
    from tests.ui.driver import Driver


def search_line(driver: Driver) -> SearchLine:
    return driver.browse.panes.search


async def run(driver: Driver, line: str) -> None:
    """Type a line in place of all that stands there, and run it."""
    await driver.press("/", "end", "ctrl+u", *line, "enter")
    await driver.until_rows()


async def paste(driver: Driver, text: str) -> None:
    await driver.press("/")
    driver.app.post_message(events.Paste(text))
    await driver.until(lambda: search_line(driver).value)
    await driver.pilot.pause()


def offered(driver: Driver) -> list[str]:
    return [offer.text for offer in search_line(driver).offers.offers]


def said(driver: Driver) -> str:
    remark = search_line(driver).remark
    return str(remark.content) if remark.display else ""


def rows(driver: Driver) -> int:
    return driver.browse.panes.rows.row_count
