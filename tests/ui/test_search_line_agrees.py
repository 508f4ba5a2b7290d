"""The browser and the command line find the same assets by the same line."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from textual import events

from peekui.api.client import MixpeekClient
from peekui.browse.place import Place
from peekui.cli import cli
from peekui.search.writing import to_line
from peekui.ui.lines import line_of, read_line
from tests.cli.test_searching import random_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from peekui.api.models import Asset
    from peekui.search.searches import Search
    from tests.service import Service
    from tests.ui.conftest import Driving

    Found = Callable[[str], list[str]]

_MOST = 1000


@pytest.fixture
def by_command(demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Found]:
    """Find with `peekui search`, in this process."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MIXPEEK_BASE_URL", demo.base_url)
    monkeypatch.setenv("MIXPEEK_API_KEY", demo.api_key.reveal())

    def found(line: str) -> list[str]:
        arguments = ["search", "-n", "media", "--all", "-o", "ids", "--", line]
        # `asyncio.run` takes the event loop of the tests away from the thread it is called in.
        result = thread.submit(CliRunner().invoke, cli, arguments).result()
        assert result.exit_code in {0, 1}, result.stderr
        return result.stdout.splitlines()

    with ThreadPoolExecutor(1) as thread:
        yield found


def lines(seed: int, count: int) -> list[str]:
    random = Random(seed)  # noqa: S311 - the same searches every time
    return [to_line(_in_media(random, random_search(random))) for _ in range(count)]


def _in_media(random: Random, search: Search) -> Search:
    """Search collections of the namespace alone, now and then all of them: the browser refuses those of another."""
    names = tuple(name for name in search.collections if name != "Year 2019")
    return replace(search, collections=names if random.random() < 0.7 else ())


async def test_200_lines_lead_to_places_with_the_ids_of_the_command(demo: Service, by_command: Found) -> None:
    client = MixpeekClient(demo.base_url, demo.api_key)
    try:
        place = Place().with_namespaces(await client.namespaces(), "media")
        place = place.with_collections((await client.collections(namespace=place.scope)).results)
        found = 0
        for line in lines(23, 200):
            asked = read_line(place, line)
            assert read_line(place, line_of(asked)) == asked
            query = asked.query()
            assert query
            page = await client.assets(query.body(), namespace=query.namespace, page_size=_MOST)
            ids = [asset.asset_id for asset in page.results]
            assert ids == await asyncio.to_thread(by_command, line), line
            found += bool(ids)
        assert found > 100
    finally:
        await client.aclose()


async def test_a_dozen_lines_entered_show_the_rows_that_the_command_prints(
    driving: Driving, demo: Service, by_command: Found
) -> None:
    async with driving(demo) as driver:
        for line in lines(29, 12):
            await driver.press("/", "end", "ctrl+u")
            driver.app.post_message(events.Paste(line))
            await driver.press("enter")
            await driver.until_rows()
            expected = await asyncio.to_thread(by_command, line)
            panes = driver.browse.panes
            rows: list[Asset | None] = [panes.rows.asset_at(index) for index in range(min(len(expected), 100))]
            assert [asset and asset.asset_id for asset in rows] == expected[:100], line
            assert panes.shows_rows == bool(expected)
            assert str(panes.assets.border_title).partition(" in ")[0] in {"Assets", f"Assets: {len(expected):,}"}
