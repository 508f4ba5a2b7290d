"""Below the tree of a filter: its texts, its counts, why an asset matches, and what would match instead."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
from textual.app import App

from peekui.api.client import MixpeekClient
from peekui.filters import edits
from peekui.filters.comparing import Verdict
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.wire import to_json
from peekui.ui.screens.doctor import DoctorScreen
from peekui.ui.screens.example import ExampleScreen
from peekui.ui.screens.filter import FilterScreen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from peekui.api.calls import Call
    from peekui.browse.filter_draft import FilterDraft
    from peekui.ui.widgets.filter_panels import FilterPanels
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


class Builder:
    """The filter builder under test."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    @classmethod
    async def opened(cls, driver: Driver, text: str = "") -> Builder:
        """Open the builder, and type a filter."""
        await driver.pilot.press("f")
        await driver.until(lambda: isinstance(driver.app.screen, FilterScreen))
        builder = cls(driver)
        await builder.until_counted()
        if text:
            await builder.write(text)
            await builder.until_counted()
        return builder

    @property
    def screen(self) -> FilterScreen:
        """The builder's screen."""
        return next(screen for screen in self.driver.app.screen_stack if isinstance(screen, FilterScreen))

    @property
    def panels(self) -> FilterPanels:
        """What is tested."""
        return self.screen.panels

    @property
    def draft(self) -> FilterDraft:
        """The filter."""
        return self.screen.draft

    @property
    def pilot(self) -> Pilot[None]:
        """Presses keys."""
        return self.driver.pilot

    async def write(self, text: str) -> None:
        """Put a text in, as if it were pasted into the expression."""
        self.panels.expression.area.write_as_user(text, len(text))
        await self.driver.until(lambda: to_expression(self.draft.tree) == to_expression(parse(text)))

    async def until_counted(self) -> None:
        """Wait until the total of the filter is there."""
        await self.driver.until(lambda: self.draft.total is not None)

    async def until_said(self, text: str) -> None:
        """Wait until something is on the screen."""
        await self.driver.until(lambda: text in " ".join(self.driver.text().split()))

    def nodes_counted(self) -> bool:
        """Whether all is known of each node."""
        notes = self.draft.notes
        return bool(notes) and not any("…" in note.text for note in notes.values())

    def counting_calls(self) -> list[Call]:
        """Calls for a page of one row."""
        client = self.driver.session.connected
        assert client
        return [call for call in client.calls if "page_size=1" in call.query.split("&")]


def counted(service: Service, text: str) -> int:
    """How many assets of the namespace that is opened first match, by the service itself."""
    with service.http() as http:
        namespace = http.get("/v1/namespaces").json()[0]["namespace_id"]
        headers = {"X-Namespace": namespace}
        collections = http.get("/v1/collections", params={"page_size": 100}, headers=headers).json()["results"]
        body = {"collections": [item["collection_id"] for item in collections], "filters": to_json(parse(text))}
        answer = http.post("/v1/assets", params={"page_size": 1}, headers=headers, json=body)
        total: int = answer.json()["pagination"]["total"]
        return total


# -- the texts ---------------------------------------------------------------------------------------------


async def test_the_filter_follows_the_text_as_soon_as_it_can_be_read(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        area = builder.panels.expression.area
        await builder.pilot.press("3", *"status   =  ")
        assert builder.draft.tree == parse("")
        assert (area.fault, area.text) == (12, "status   =  ")
        assert "column 13: expected a value" in driver.text()
        await builder.pilot.press(*"failed")
        assert builder.draft.tree == parse("status = failed")
        assert (area.fault, area.text) == (None, "status   =  failed"), "what is being typed stays as it is"
        await builder.pilot.press("escape")
        await driver.until(lambda: area.text == "status = failed")
        await builder.pilot.press("u")
        await driver.until(lambda: area.text == "")
        assert builder.draft.tree == parse(""), "what was typed in one go is undone in one go"


async def test_the_very_character_is_underlined(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        area = builder.panels.expression.area
        area.write_as_user("status = x\nand )")
        await driver.until(lambda: area.fault == 15)
        await builder.pilot.pause()
        line = area.get_line(1)
        [span] = line.spans
        assert (span.start, span.end) == (4, 5)
        assert not area.get_line(0).spans
        assert "line 2, column 5" in driver.text()


async def test_the_text_follows_the_tree(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed")
        area = builder.panels.expression.area
        builder.draft.apply(edits.mute(builder.draft.tree, (0,)))
        await driver.until(lambda: area.text == "muted(status = failed)")


async def test_a_text_that_cannot_be_read_stays_until_the_filter_changes_and_can_be_had_back(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed")
        area = builder.panels.expression.area
        await builder.pilot.press("3", "end", *" and (")
        await builder.pilot.press("escape")
        await builder.pilot.pause()
        assert area.text == "status = failed and ("
        builder.draft.apply(edits.mute(builder.draft.tree, (0,)))
        await builder.until_said("Ctrl+Z in it brings it back")
        assert area.text == "muted(status = failed)"
        await builder.pilot.press("3", "ctrl+z")
        assert area.text == "status = failed and ("


async def test_words_are_offered_and_tab_takes_one(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        area = builder.panels.expression.area
        await builder.pilot.press("3", *"stat")
        await builder.until_said("status keyword")
        await builder.pilot.press("tab", *"= ", "down", "tab")
        field = builder.draft.schema.find("status")
        assert field
        assert area.text == f"status = {field.seen[1]} "
        assert builder.draft.tree == parse(area.text)
        await builder.pilot.press("escape")
        assert not area.offers.choices
        await builder.pilot.press("3", "tab")
        assert not area.has_focus, "where nothing is offered, Tab goes on to the next part"


async def test_pasted_text_cannot_act_on_the_terminal(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        builder.panels.expression.area.write_as_user('status = "a\x1b[31m\u202eb"')
        await driver.until(lambda: builder.draft.tree.children)
        assert "\x1b" not in builder.panels.expression.area.text
        assert "\u202e" not in driver.text()


async def test_json_is_read_leniently_and_says_so(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        await builder.pilot.press("3", "f2")
        area = builder.panels.json.area
        area.write_as_user('{"filters": {"and": [{"field": "status", "operator": "neq", "value": "DONE"}]}}')
        await driver.until(lambda: builder.draft.tree == parse("status != DONE"))
        await builder.until_said("took `filters` out of a request body")
        assert "read neq as ne" in driver.text()
        await builder.pilot.press("escape")
        await driver.until(lambda: json.loads(area.text) == to_json(parse("status != DONE")))


NO_FILTERS = (
    ('{"AND": [}', "line 1, column 10: expecting value", 9),
    ('{"AND": [{"key": "a", "operator": "is"}]}', "AND.0.operator: unknown operator", None),
    ("[" * 100_000, "nests too deep", None),
    ('{"AND": [{"key": "a", "value": NaN}]}', "a number is finite in JSON", None),
    ('{"AND": [{"key": "a", "value": ' + "9" * 5000 + "}]}", "more digits than can be read", None),
)


async def test_json_that_is_no_filter_says_why(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed")
        await builder.pilot.press("3", "f2")
        for text, said, fault in NO_FILTERS:
            builder.panels.json.area.write_as_user(text)
            await builder.until_said(said)
            assert builder.panels.json.area.fault == fault
            assert builder.draft.tree == parse("status = failed")


async def test_an_edit_of_the_json_keeps_what_json_cannot_hold(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed and muted(modality = image) and created_at > -7d")
        await builder.pilot.press("3", "f2")
        await builder.until_said("An edit keeps what JSON cannot say: 1 muted part, relative times.")
        area = builder.panels.json.area
        area.write_as_user(area.text.replace("failed", "DONE"))
        wanted = "status = DONE and muted(modality = image) and created_at > -7d"
        await driver.until(lambda: to_expression(builder.draft.tree) == wanted)
        area.write_as_user("{}")
        await builder.until_said("gone with what was changed: 1 muted part, -7d")


async def test_it_is_said_in_words(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed and created_at > -7d")
        await builder.pilot.press("f2", "f2")
        await builder.until_said("Failed, and created in the last 7 days.")


async def test_a_click_on_a_name_shows_its_panel(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(40, 15)) as driver:
        builder = await Builder.opened(driver, "status = failed")
        await builder.pilot.press("3")
        assert "Expr │ JSON │ Words │ Why" in driver.text()
        await builder.pilot.click("#filter-tabs", offset=(16, 0))
        await builder.until_said("Failed.")


# -- counts ------------------------------------------------------------------------------------------------


async def test_the_total_is_one_call_a_meaning(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        calls = len(builder.counting_calls())
        await builder.write("status = failed and modality = image")
        await builder.until_counted()
        assert builder.draft.total == counted(demo, "status = failed and modality = image")
        assert len(builder.counting_calls()) == calls + 1
        builder.draft.apply(edits.wrap(builder.draft.tree, (0,)))
        await builder.until_counted()
        builder.draft.apply(edits.mute(builder.draft.tree, (1,)))
        await builder.until_counted()
        assert builder.draft.total == counted(demo, "status = failed")
        assert builder.draft.undo()
        await builder.until_counted()
        assert builder.draft.total == counted(demo, "status = failed and modality = image")
        assert len(builder.counting_calls()) == calls + 2


async def test_only_the_last_of_quick_changes_is_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        calls = len(builder.counting_calls())
        for size in range(1, 6):
            builder.draft.replace(parse(f"file_data.file_size_bytes > {size}kB"))
        await builder.until_counted()
        assert builder.draft.total == counted(demo, "file_data.file_size_bytes > 5kB")
        assert len(builder.counting_calls()) == calls + 1


async def test_without_calls_to_spare_the_total_waits(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=20)) as driver:
        builder = await Builder.opened(driver)
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
        builder = await Builder.opened(driver)
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
        builder = await Builder.opened(driver)

        async def wrong(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(MixpeekClient, "assets", wrong)
        await builder.write("status = failed")
        await builder.until_said("not counted: peekui made a mistake: ZeroDivisionError")


NODES = "status = failed and (modality = image or modality = video) and not metadata.camera.model exists"


async def test_each_node_is_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, NODES)
        calls = len(builder.counting_calls())
        await builder.pilot.press("#")
        await driver.until(builder.nodes_counted)
        notes = {path: note.text for path, note in builder.draft.notes.items()}
        total, rest = counted(demo, NODES), counted(demo, NODES.removeprefix("status = failed and "))
        assert notes[()] == f"{total:,}"
        assert notes[0,] == f"alone {counted(demo, 'status = failed'):,}  −{rest - total:,}"
        video = counted(demo, NODES) - counted(demo, NODES.replace(" or modality = video", ""))
        both = counted(demo, "modality in (image, video)")
        assert notes[1, 1] == f"alone {counted(demo, 'modality = video'):,}  +{video:,}  so far {both:,}"
        assert notes[2, 0].startswith(f"alone {counted(demo, 'metadata.camera.model exists'):,}  ")
        assert len(builder.counting_calls()) - calls == 11, "each different question once; the total was known"


async def test_the_cost_of_counting_is_said_first_and_can_be_declined(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        builder = await Builder.opened(driver, NODES)
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
        builder = await Builder.opened(driver, NODES)
        real = MixpeekClient.assets
        asked: list[object] = []

        async def assets(self: MixpeekClient, *arguments: object, **more: object) -> object:
            asked.append(arguments)
            if len(asked) == 3:
                builder.draft.replace(parse("status = done"))
            return await real(self, *arguments, **more)  # type: ignore[arg-type]  # (passed through as it came)

        monkeypatch.setattr(MixpeekClient, "assets", assets)
        await builder.pilot.press("#")
        await driver.until(lambda: builder.draft.total == counted(demo, "status = done"))
        await driver.app.workers.wait_for_complete()
        assert not builder.panels.counts.busy
        assert not builder.draft.notes


# -- why (not) here ----------------------------------------------------------------------------------------


async def test_an_asset_says_what_it_makes_of_each_condition_and_what_keeps_it_out(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed and (modality = image or modality = video)")
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
        builder = await Builder.opened(driver, "status = failed")
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
        builder = await Builder.opened(driver, "status = failed")
        await builder.pilot.press("Y", *"ast_none", "enter")
        await driver.until(lambda: builder.panels.why._trouble)
        assert "✗ " in driver.text()
        assert not builder.panels.why.busy


# -- what would match --------------------------------------------------------------------------------------


async def test_the_doctor_finds_what_was_meant_and_makes_the_change(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = faield and modality = image")
        await builder.until_said("○ nothing matches, H asks why")
        await builder.pilot.press("H")
        await driver.until(lambda: isinstance(driver.app.screen, DoctorScreen))
        await builder.until_said("Enter makes the change")
        screen = driver.app.screen
        assert isinstance(screen, DoctorScreen)
        found = {(remedy.before, remedy.after): count for remedy, count in screen.rows.remedies}
        assert found["status = faield", ""] == f"{counted(demo, 'modality = image'):,}"
        assert found["modality = image", ""] == "0"
        meant = ("status = faield", "status = FAILED")
        assert found[meant] == f"{counted(demo, 'status = FAILED and modality = image'):,}"
        await builder.pilot.press(*["down"] * list(found).index(meant), "enter")
        await driver.until(lambda: driver.app.screen is builder.screen)
        assert builder.draft.tree == parse("status = FAILED and modality = image")
        calls = len(builder.counting_calls())
        await builder.until_counted()
        assert len(builder.counting_calls()) == calls, "the doctor has counted it"


async def test_the_doctor_says_its_cost_first(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        builder = await Builder.opened(driver, "status = faield and modality = imgae and metadata.rating = '5'")
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


# -- the editor --------------------------------------------------------------------------------------------


async def test_the_text_on_show_is_edited_outside(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys; from pathlib import Path; path = Path(sys.argv[1]); "
        "path.write_text(path.read_text().replace('failed', 'done'))",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    monkeypatch.setattr(App, "suspend", lambda _: nullcontext())  # the terminal of a test cannot be handed over
    async with driving(demo) as driver:
        builder = await Builder.opened(driver, "status = failed")
        await builder.pilot.press("f4")
        await driver.until(lambda: builder.draft.tree == parse("status = done"))
        await builder.write("status = failed")
        await builder.pilot.press("f2", "f4")
        await driver.until(lambda: builder.draft.tree == parse("status = done"))
        assert builder.panels.current is builder.panels.json
        await builder.pilot.press("f4")
        await builder.until_said("The editor left the text as it was.")


async def test_why_nothing_was_edited_outside_is_said(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    async with driving(demo) as driver:
        builder = await Builder.opened(driver)
        await builder.pilot.press("f4")
        await builder.until_said("Set $VISUAL or $EDITOR to the editor to use.")
