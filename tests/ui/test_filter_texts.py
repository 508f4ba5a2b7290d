"""A filter as text below its tree, and in an editor outside."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from textual.app import App

from peekui.filters import edits
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.wire import to_json
from tests.ui.building import Building

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.service import Service
    from tests.ui.conftest import Driving


# -- the texts ---------------------------------------------------------------------------------------------


async def test_the_filter_follows_the_text_as_soon_as_it_can_be_read(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)
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
        builder = await Building.opened(driver)
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
        builder = await Building.opened(driver, "status = failed")
        area = builder.panels.expression.area
        builder.draft.apply(edits.mute(builder.draft.tree, (0,)))
        await driver.until(lambda: area.text == "muted(status = failed)")


async def test_a_text_that_cannot_be_read_stays_until_the_filter_changes_and_can_be_had_back(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = failed")
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
        builder = await Building.opened(driver)
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
        builder = await Building.opened(driver)
        builder.panels.expression.area.write_as_user('status = "a\x1b[31m\u202eb"')
        await driver.until(lambda: builder.draft.tree.children)
        assert "\x1b" not in builder.panels.expression.area.text
        assert "\u202e" not in driver.text()


async def test_json_is_read_leniently_and_says_so(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver)
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
        builder = await Building.opened(driver, "status = failed")
        await builder.pilot.press("3", "f2")
        for text, said, fault in NO_FILTERS:
            builder.panels.json.area.write_as_user(text)
            await builder.until_said(said)
            assert builder.panels.json.area.fault == fault
            assert builder.draft.tree == parse("status = failed")


async def test_an_edit_of_the_json_keeps_what_json_cannot_hold(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        builder = await Building.opened(driver, "status = failed and muted(modality = image) and created_at > -7d")
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
        builder = await Building.opened(driver, "status = failed and created_at > -7d")
        await builder.pilot.press("f2", "f2")
        await builder.until_said("Failed, and created in the last 7 days.")


async def test_a_click_on_a_name_shows_its_panel(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(40, 15)) as driver:
        builder = await Building.opened(driver, "status = failed")
        await builder.pilot.press("3")
        assert "Expr │ JSON │ Words │ Why" in driver.text()
        await builder.pilot.click("#filter-tabs", offset=(16, 0))
        await builder.until_said("Failed.")


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
        builder = await Building.opened(driver, "status = failed")
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
        builder = await Building.opened(driver)
        await builder.pilot.press("f4")
        await builder.until_said("Set $VISUAL or $EDITOR to the editor to use.")
