"""Ids, hashes, filters, commands and URLs pasted into the search line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.ui.lines import line_of
from peekui.ui.screens.asset import AssetScreen
from tests.ui.searching import offered, paste, rows, run, said, search_line

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving


@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        ("{}\n", "An asset’s id"),
        ("https://files.example/{}/x.mp4?X-Amz-Signature=s3cr3t", "A presigned URL"),
    ],
)
async def test_a_pasted_id_or_presigned_url_opens_its_asset_by_one_call(
    driving: Driving, demo: Service, pasted: str, kind: str
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.rows.asset_at(5)
        assert asset
        client = await driver.session.client()
        calls = len(client.calls)
        await paste(driver, pasted.format(asset.asset_id))
        assert said(driver).startswith(kind)
        assert "s3cr3t" not in driver.text()
        assert offered(driver) == []
        await driver.press("enter")
        assert isinstance(driver.app.screen, AssetScreen)
        await driver.until(lambda: len(client.calls) > calls)
        await driver.until(lambda: asset.title in driver.text())
        await driver.until_settled()
        assert len(client.calls) == calls + 1
        await driver.press("escape")
        assert not driver.browse.place.narrowed


async def test_a_pasted_hash_and_filter_take_the_place_of_the_line(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.rows.asset_at(5)
        assert asset
        await run(driver, "lofoten in:photos")
        await paste(driver, '{"AND": [\n  {"key": "status", "operator": "eq",\n   "value": "DONE"}\n]}')
        assert "A filter as JSON" in said(driver)
        await driver.press("enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "lofoten status = DONE in:photos"
        await paste(driver, f"  {asset.file_hash}  ")
        await driver.press("enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == f"file_hash = {asset.file_hash}"
        assert rows(driver) >= 1


async def test_a_pasted_command_is_asked_here_and_its_key_is_not_shown(driving: Driving, demo: Service) -> None:
    command = """curl -X POST 'https://api.mixpeek.com/v1/assets/search?page_size=20' \\
      -H 'Authorization: Bearer sk_not_to_be_seen' \\
      -d '{"collections": ["photos"],
           "query": {"key": ["*"], "value": "lofoten"}}'"""
    async with driving(demo) as driver:
        await paste(driver, command)
        assert "Enter asks it here, not at https://api.mixpeek.com" in said(driver)
        line = search_line(driver).input.value
        assert "sk_not_to_be_seen" not in line + driver.text()
        await driver.press("enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "lofoten in:photos size:20"
        client = await driver.session.client()
        assert all("sk_not_to_be_seen" not in repr(call) for call in client.calls)


async def test_words_of_several_lines_are_pasted_as_one(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await paste(driver, "sunset\n  beach\x1b[31m\r\n")
        assert search_line(driver).value == "sunset beach␛[31m"
        assert said(driver) == ""
