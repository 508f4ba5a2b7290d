"""Below the tree of a filter: its counts, why an asset matches, and what would match instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import httpx

from peekui.api.client import MixpeekClient
from peekui.filters import edits
from peekui.filters.comparing import Verdict
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.ui.screens.doctor import DoctorScreen
from peekui.ui.screens.example import ExampleScreen
from tests.ui.building import Building
from tests.ui.filtered import total

if TYPE_CHECKING:
    import pytest

    from tests.service import Service
    from tests.ui.conftest import Driving


# -- counts ------------------------------------------------------------------------------------------------


async def test_the_total_is_one_call_a_meaning(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)
        calls = len(builder.counting_calls())
        await builder.write("status = failed and modality = image")
        await builder.until_counted()
        assert builder.draft.total == total(demo, parse("status = failed and modality = image"))
        assert len(builder.counting_calls()) == calls + 1
        builder.draft.apply(edits.wrap(builder.draft.tree, (0,)))
        await builder.until_counted()
        builder.draft.apply(edits.mute(builder.draft.tree, (1,)))
        await builder.until_counted()
        assert builder.draft.total == total(demo, parse("status = failed"))
        assert builder.draft.undo()
        await builder.until_counted()
        assert builder.draft.total == total(demo, parse("status = failed and modality = image"))
        assert len(builder.counting_calls()) == calls + 2


async def test_only_the_last_of_quick_changes_is_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)
        calls = len(builder.counting_calls())
        for size in range(1, 6):
            builder.draft.replace(parse(f"file_data.file_size_bytes > {size}kB"))
        await builder.until_counted()
        assert builder.draft.total == total(demo, parse("file_data.file_size_bytes > 5kB"))
        assert len(builder.counting_calls()) == calls + 1


async def test_without_calls_to_spare_the_total_waits(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=20)) as driver:
        builder = await Building.opened(driver)
        client = await driver.session.client()
        while client.budget.room_for():
            await client.health()
        calls = len(builder.counting_calls())

        def waiting() -> list[int]:
            return [call.place.number for call in client.budget.state.waiting]

        await builder.write("status = failed")
        await driver.until(waiting)
        await builder.until_said("not counted yet: the calls left are kept for what you do next")
        [first] = waiting()
        await builder.write("status = done")
        await driver.until(lambda: waiting() and first not in waiting())
        [second] = waiting()
        client.budget.cancel(second)
        await builder.until_said("✗ not counted: POST /v1/assets was cancelled")
        assert len(builder.counting_calls()) == calls


async def test_a_count_that_fails_says_why_and_nothing_else_is_lost(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)
        real = httpx.AsyncHTTPTransport.handle_async_request

        async def refuse(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            return httpx.Response(400, json={"detail": "no such [/] operator"})

        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", refuse)
        await builder.write("status = failed")
        await builder.until_said("✗ not counted: no such [/] operator")
        assert builder.panels.expression.area.text == "status = failed"
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", real)
        await builder.write("status = done")
        await builder.until_counted()
        assert "not counted" not in driver.text()


async def test_a_mistake_of_ours_is_said(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)

        async def wrong(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(MixpeekClient, "assets", wrong)
        await builder.write("status = failed")
        await builder.until_said("not counted: peekui made a mistake: ZeroDivisionError")


NODES = "status = failed and (modality = image or modality = video) and not metadata.camera.model exists"


async def test_each_node_is_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, NODES)
        calls = len(builder.counting_calls())
        await builder.pilot.press("#")
        await driver.until(builder.nodes_counted)
        notes = {path: note.text for path, note in builder.draft.notes.items()}
        every, rest = total(demo, parse(NODES)), total(demo, parse(NODES.removeprefix("status = failed and ")))
        assert notes[()] == f"{every:,}"
        assert notes[0,] == f"alone {total(demo, parse('status = failed')):,}  −{rest - every:,}"
        video = total(demo, parse(NODES)) - total(demo, parse(NODES.replace(" or modality = video", "")))
        both = total(demo, parse("modality in (image, video)"))
        assert notes[1, 1] == f"alone {total(demo, parse('modality = video')):,}  +{video:,}  so far {both:,}"
        assert notes[2, 0].startswith(f"alone {total(demo, parse('metadata.camera.model exists')):,}  ")
        assert len(builder.counting_calls()) - calls == 11, "each different question once; the total was known"


async def test_the_cost_of_counting_is_said_first_and_can_be_declined(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        builder = await Building.opened(driver, NODES)
        calls = len(builder.counting_calls())
        await builder.pilot.press("#")
        await builder.until_said("# again counts each node: 11 calls, no waiting at 100 a minute")
        await builder.pilot.press("escape")
        await driver.until(lambda: "again counts" not in driver.text())
        assert driver.app.screen is builder.screen
        await builder.pilot.press("#", "#")
        await driver.until(builder.nodes_counted)
        assert len(builder.counting_calls()) == calls + 11


async def test_counting_ends_with_an_edit(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, NODES)
        real = MixpeekClient.assets
        asked: list[object] = []

        async def assets(self: MixpeekClient, *arguments: object, **more: object) -> object:
            asked.append(arguments)
            if len(asked) == 3:
                builder.draft.replace(parse("status = done"))
            return await real(self, *arguments, **more)  # type: ignore[arg-type]  # (passed through as it came)

        monkeypatch.setattr(MixpeekClient, "assets", assets)
        await builder.pilot.press("#")
        await driver.until(lambda: builder.draft.total == total(demo, parse("status = done")))
        await driver.app.workers.wait_for_complete()
        assert not builder.panels.counts.busy
        assert not builder.draft.notes


# -- why (not) here ----------------------------------------------------------------------------------------


async def test_an_asset_says_what_it_makes_of_each_condition_and_what_keeps_it_out(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = failed and (modality = image or modality = video)")
        rows = builder.panels._rows
        asset = next(row for row in rows if row.status == "DONE" and row.modality == "video")
        await builder.pilot.press("Y")
        await driver.until(lambda: isinstance(driver.app.screen, ExampleScreen))
        await builder.pilot.press(*(asset.asset_id or ""), "enter")
        await builder.until_said("does not match")
        notes = builder.draft.notes
        assert {path: note.verdict for path, note in notes.items()} == {
            (): Verdict.FALSE,
            (0,): Verdict.FALSE,
            (1,): Verdict.TRUE,
            (1, 0): Verdict.FALSE,
            (1, 1): Verdict.TRUE,
        }
        assert (notes[0,].text, notes[1, 0].text) == ("DONE", "video")
        await builder.until_said("X mutes what keeps it out: status = failed")
        await builder.pilot.press("X")
        await builder.until_said("✓ ")
        assert to_expression(builder.draft.tree).startswith("muted(status = failed) and ")
        await driver.until(lambda: builder.draft.notes and builder.draft.notes[()].verdict is Verdict.TRUE)
        assert builder.draft.undo()
        assert to_expression(builder.draft.tree).startswith("status = failed and ")


async def test_an_asset_that_is_not_among_the_rows_is_got_by_its_id(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = failed")
        held = {row.asset_id for row in builder.panels._rows}
        with demo.http() as http:
            results = http.post("/v1/assets", params={"page_size": 1000}, json=builder.panels._query.body()).json()[
                "results"
            ]
        other = next(item for item in results if item["asset_id"] not in held)
        await builder.pilot.press("Y")
        await driver.until(lambda: isinstance(driver.app.screen, ExampleScreen))
        await builder.pilot.press(*other["asset_id"])
        assert "Get the asset with this id: 1 call." in driver.text()
        await builder.pilot.press("enter")
        await driver.until(lambda: builder.draft.notes)
        assert builder.draft.notes[0,].text == other["status"]
        await builder.pilot.press("escape")
        await driver.until(lambda: not builder.draft.notes)
        assert driver.app.screen is builder.screen


async def test_an_id_that_nothing_has_is_said(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = failed")
        await builder.pilot.press("Y", *"ast_none", "enter")
        await driver.until(lambda: builder.panels.why._trouble)
        assert "✗ " in driver.text()
        assert not builder.panels.why.busy


# -- what would match --------------------------------------------------------------------------------------


async def test_the_doctor_finds_what_was_meant_and_makes_the_change(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = faield and modality = image")
        await builder.until_said("○ nothing matches, H asks why")
        await builder.pilot.press("H")
        await driver.until(lambda: isinstance(driver.app.screen, DoctorScreen))
        await builder.until_said("Enter makes the change")
        screen = driver.app.screen
        assert isinstance(screen, DoctorScreen)
        found = {(remedy.before, remedy.after): count for remedy, count in screen.rows.remedies}
        assert found["status = faield", ""] == f"{total(demo, parse('modality = image')):,}"
        assert found["modality = image", ""] == "0"
        meant = ("status = faield", "status = FAILED")
        assert found[meant] == f"{total(demo, parse('status = FAILED and modality = image')):,}"
        await builder.pilot.press(*["down"] * list(found).index(meant), "enter")
        await driver.until(lambda: driver.app.screen is builder.screen)
        assert builder.draft.tree == parse("status = FAILED and modality = image")
        calls = len(builder.counting_calls())
        await builder.until_counted()
        assert len(builder.counting_calls()) == calls, "the doctor has counted it"


async def test_the_doctor_says_its_cost_first(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        builder = await Building.opened(driver, "status = faield and modality = imgae and metadata.rating = '5'")
        calls = len(builder.counting_calls())
        await builder.pilot.press("H")
        await builder.until_said("# counts these:")
        assert len(builder.counting_calls()) == calls
        await builder.pilot.press("#")
        await builder.until_said("Enter makes the change")
        assert len(builder.counting_calls()) > calls + 3
        await builder.pilot.press("escape")
        await driver.until(lambda: driver.app.screen is builder.screen)
        assert builder.draft.tree == parse("status = faield and modality = imgae and metadata.rating = '5'")
