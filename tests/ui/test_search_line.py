"""The search line: what it says and sets, what it offers, what is wrong, what comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.content import Content
from textual.widgets import Static

from peekui.browse.query import TextQuery
from peekui.filters.expression.parse import parse
from peekui.ui.lines import line_of
from peekui.ui.widgets.detail_panel import DetailPanel
from tests.ui.searching import offered, rows, run, said, search_line

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving


# -- two ways ---------------------------------------------------------------------------------------------


async def test_the_line_says_what_is_asked_and_takes_other_words(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        browse = driver.browse
        photos = next(item.key for item in browse.place.collections if item.title == "photos")
        browse.go(browse.place.with_only(photos).with_filter(parse("status = DONE")))
        await driver.until_rows()
        await driver.press("/")
        assert search_line(driver).value == " status = DONE in:photos"
        await driver.press(*"lofoten", "enter")
        await driver.until_rows()
        assert line_of(browse.place) == "lofoten status = DONE in:photos"
        await driver.press("/", *"skye", "enter")
        await driver.until_rows()
        assert line_of(browse.place) == "skye status = DONE in:photos"
        assert "skye" in driver.text()


async def test_a_line_sets_everything_it_can_say(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "the file_data.file_size_bytes > 5kB in:photos,clips key:metadata.title sort:-created_at")
        place, panes = driver.browse.place, driver.browse.panes
        assert place.text == TextQuery("the", ("metadata.title",))
        assert {item.title for item in place.collections if item.key in place.chosen} == {"photos", "clips"}
        assert panes.pills.filter == parse("file_data.file_size_bytes > 5kB")
        assert panes.table.sort == place.sort
        titles = [asset.title for index in range(rows(driver)) if (asset := panes.rows.asset_at(index))]
        assert titles
        assert all("the" in title.casefold() for title in titles)
        await run(driver, "case:on status = done")
        assert "Nothing matches case(status = done)" in driver.text()
        assert str(panes.assets.border_title).startswith("Assets: 0 in ")
        await run(driver, "")
        assert not driver.browse.place.narrowed


async def test_fields_and_page_size_reach_the_service(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "select:status size:5 in:photos")
        client = await driver.session.client()
        first = next(call for call in client.calls if "page_size=5" in call.query)
        assert json.loads(first.body or "")["select"] == ["status", "asset_id"]
        assets = driver.browse.panes.rows
        await driver.until(lambda: all(assets.asset_at(index) for index in range(30)))
        asset = assets.asset_at(0)
        assert asset
        assert (asset.status, asset.metadata) == ("DONE", None)
        before = len(client.calls)
        await driver.pilot.pause()
        await driver.app.workers.wait_for_complete()
        assert len(client.calls) == before, "pages in view must stay, however small they are"


async def test_words_are_added_within_the_present_results(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "lofoten status = DONE")
        everything = rows(driver)
        await driver.press("|", *"aurora", "enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "lofoten aurora status = DONE"
        assert 0 < rows(driver) < everything


async def test_back_and_forward_carry_searches_whole(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        line = "the in:photos key:metadata.title sort:-created_at select:metadata size:50"
        await run(driver, line)
        found = rows(driver)
        await run(driver, "aurora")
        await driver.press("[")
        await driver.until_rows()
        assert (line_of(driver.browse.place), rows(driver)) == (line, found)
        await driver.press("]")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "aurora"


# -- offers -----------------------------------------------------------------------------------------------


async def test_fields_operators_values_and_options_are_offered(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/", *"lofoten stat")
        await driver.until(lambda: "status" in offered(driver))
        assert driver.browse.panes.search.offers.region.y > driver.browse.panes.search.region.y
        await driver.press("tab")
        assert search_line(driver).value == "lofoten status "
        assert {"=", "!="} <= {*offered(driver)}
        await driver.press(*"= D")
        assert "DONE" in offered(driver)
        await driver.press("tab", *"in:ph", "down", "enter")
        assert search_line(driver).value == "lofoten status = DONE in:photos "
        await driver.press(*"sort:sc", "tab", *"ca", "tab", *"o", "tab")
        assert search_line(driver).value == "lofoten status = DONE in:photos sort:score case:on "
        client = await driver.session.client()
        calls = len(client.calls)
        await driver.press("enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "lofoten case(status = DONE) in:photos sort:score"
        assert len(client.calls) == calls + 1, "offers cost nothing"


async def test_an_offer_is_taken_by_a_click(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/", *"si")
        await driver.until(lambda: offered(driver))
        index = offered(driver).index("size:")
        await driver.pilot.click("SearchLine OfferList", offset=(3, index))
        await driver.until(lambda: search_line(driver).value == "size:")
        assert search_line(driver).has_focus_within


async def test_escape_peels_off_one_layer_at_a_time(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "lofoten status = DONE select:status,metadata")
        await driver.press("/", *"sta")
        await driver.until(lambda: offered(driver))
        layers = []
        for _ in range(5):
            await driver.press("escape")
            await driver.until_rows()
            line = search_line(driver)
            layers.append((bool(line.offers.offers), line.display, line_of(driver.browse.place)))
        assert layers == [
            (False, True, "lofoten status = DONE select:status,metadata"),
            (False, False, "lofoten status = DONE select:status,metadata"),
            (False, False, "lofoten select:status,metadata"),
            (False, False, "select:status,metadata"),
            (False, False, ""),
        ]


# -- what is wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "position", "reason"),
    [
        ("sunset status =", 15, "column 16: expected a value"),
        ("sunset sort:a,b", 14, "column 15: “sort:” takes one value"),
        ("in:photos,nowhere", 10, "column 11: there is no collection “nowhere” here"),
    ],
)
async def test_an_error_is_under_its_character_and_nothing_typed_is_lost(
    driving: Driving, demo: Service, line: str, position: int, reason: str
) -> None:
    async with driving(demo) as driver:
        before = line_of(driver.browse.place)
        await driver.press("/", *line)
        await driver.press(*(["escape"] if offered(driver) else []), "enter")
        there = search_line(driver)
        assert (there.display, there.value, there.input.fault) == (True, line, position)
        assert reason in said(driver)
        assert line_of(driver.browse.place) == before
        strip = there.input.render_line(0)
        styles = [segment.style for segment in strip.crop(position, position + 1) if segment.text]
        assert all(style and style.underline for style in styles)
        await driver.press("backspace")
        assert there.input.fault is None


async def test_what_is_half_typed_is_not_called_wrong(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/")
        for letter in 'status = DONE and modality = "image" sort:-created_at ':
            await driver.press("space" if letter == " " else letter)
            assert "✗" not in said(driver), search_line(driver).value
        await driver.press(*"size:many ")
        assert "column 60: expected a number from 1 to 1000" in said(driver)


# -- results ----------------------------------------------------------------------------------------------


async def test_total_latency_scores_and_words_are_seen(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await run(driver, "lofoten")
        title = str(panes.assets.border_title)
        assert title.startswith(f"Assets: {rows(driver):,} in ")
        assert title.endswith(" ms")
        scores = [asset.score for index in range(rows(driver)) if (asset := panes.rows.asset_at(index))]
        assert scores == sorted(filter(None, scores), reverse=True)
        marked = {
            segment.text.casefold()
            for y in range(5)
            for segment in panes.rows.render_line(y)
            if segment.style and segment.style.underline
        }
        assert marked == {"lofoten"}
        detail = panes.detail.query_one(DetailPanel)
        await driver.until(lambda: detail.asset is panes.asset())
        content = detail.query_one("#detail-text", Static).content
        assert isinstance(content, Content)
        assert {content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)} <= {
            "Lofoten",
            "lofoten",
        }
        assert "underline" in str(content.spans)
        await driver.press("escape")
        await driver.until_rows()
        assert str(panes.assets.border_title) == "Assets"
        assert not any(segment.style and segment.style.underline for segment in panes.rows.render_line(1))


async def test_the_score_column_sorts_by_rank_again(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "lofoten sort:created_at")
        panes = driver.browse.panes
        panes.table.current = "score"
        await driver.press("S")
        await driver.until_rows()
        assert driver.browse.place.sort is None
        scores = [asset.score for index in range(rows(driver)) if (asset := panes.rows.asset_at(index))]
        assert scores == sorted(filter(None, scores), reverse=True)


async def test_the_old_rows_stay_dimmed_until_the_new_ones_come(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        window = panes.rows.window
        await driver.pilot.press("/", *"lofoten", "enter")
        assert panes.rows.stale or panes.rows.window is not window
        await driver.until_rows()
        assert panes.rows.window is not window
