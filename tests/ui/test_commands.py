"""The registry: complete, without clashes, and told the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from peekui.ui.app import PeekApp
from peekui.ui.commands import COMMANDS, Command, Keymap, Where, by_id, commands_for, key_name, key_table
from peekui.ui.commands.keymap import find_clashes
from peekui.ui.inspector.features_tab import FeaturesTab
from peekui.ui.inspector.json_pane import JsonPane
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.calls import CallsScreen
from peekui.ui.screens.columns import ColumnsScreen
from peekui.ui.screens.compare import CompareScreen
from peekui.ui.screens.contact_sheet import ContactSheet
from peekui.ui.screens.doctor import DoctorScreen
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.screens.history import HistoryScreen
from peekui.ui.screens.overview import OverviewScreen
from peekui.ui.screens.saved import SavedScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.screens.working import WorkingScreen
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.failures import FailuresScreen
from peekui.ui.triage.keep_rule import KeepRuleScreen
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.plans import PlansScreen
from peekui.ui.triage.review import ReviewScreen
from peekui.ui.widgets.asset_rows import AssetRows
from peekui.ui.widgets.asset_table import AssetTable
from peekui.ui.widgets.browse_panes import BrowsePanes, CollectionList
from peekui.ui.widgets.contact_grid import ContactGrid
from peekui.ui.widgets.filter_area import FilterArea
from peekui.ui.widgets.filter_pills import FilterPills
from peekui.ui.widgets.filter_tree import FilterTree
from peekui.ui.widgets.name_pane import NamePane
from peekui.ui.widgets.row_view import RowView
from peekui.ui.widgets.search_line import SearchLine

RUNNERS: dict[Where, list[type[RunsCommands]]] = {
    Where.ANYWHERE: [PeekApp],
    Where.BROWSE: [BrowseScreen],
    Where.VIEW: [BrowseScreen, AssetScreen, ContactSheet],
    Where.PANES: [BrowsePanes],
    Where.COLLECTIONS: [CollectionList],
    Where.MARKS: [AssetRows, ContactGrid],
    Where.SHEET: [ContactSheet],
    Where.TABLE: [AssetTable],
    Where.LAYOUT: [ColumnsScreen],
    Where.ROWS: [RowView, ContactGrid],
    Where.ASSET: [AssetScreen],
    Where.TREE: [JsonPane],
    Where.FEATURES: [FeaturesTab],
    Where.VALUE: [ValueScreen],
    Where.NAMES: [NamePane],
    Where.CALLS: [CallsScreen],
    Where.ANSWER: [
        BrowseScreen,
        ContactSheet,
        AssetScreen,
        FilterScreen,
        OverviewScreen,
        CallsScreen,
        FailuresScreen,
        DuplicatesScreen,
        SavedScreen,
        HistoryScreen,
    ],
    Where.SAVED: [SavedScreen],
    Where.HISTORY: [HistoryScreen],
    Where.OVERVIEW: [OverviewScreen],
    Where.WORK: [WorkingScreen],
    Where.PILLS: [FilterPills],
    Where.COMPARE: [CompareScreen],
    Where.FILTER: [FilterScreen],
    Where.FILTER_TREE: [FilterTree],
    Where.FILTER_TEXT: [FilterArea, SearchLine],
    Where.LINE: [SearchLine],
    Where.DOCTOR: [DoctorScreen],
    Where.TRIAGE: [FailuresScreen, DuplicatesScreen],
    Where.FAILURES: [FailuresScreen],
    Where.DUPLICATES: [DuplicatesScreen],
    Where.KEEP_RULE: [KeepRuleScreen],
    Where.REVIEW: [ReviewScreen],
    Where.PLANS: [PlansScreen],
    Where.PLAN: [PlanScreen],
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_carried_out_where_it_applies(command: Command) -> None:
    for runner in RUNNERS[command.where]:
        assert callable(getattr(runner, command.method))


def test_every_method_has_its_command() -> None:
    methods = {name for runners in RUNNERS.values() for one in runners for name in dir(one) if name[:8] == "command_"}
    assert methods == {command.method for command in COMMANDS}


def test_no_key_means_two_things_at_once() -> None:
    assert find_clashes(Keymap()) == set()


def test_what_takes_over_a_key_has_it() -> None:
    for command in COMMANDS:
        if command.instead_of:
            assert {*command.keys} & {*by_id(command.instead_of).keys}


def test_ids_are_unique_and_found() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert all(by_id(command.id) is command for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_a_route_without_ctrl(command: Command) -> None:
    assert not command.keys[0].startswith("ctrl")
    assert len(command.title) <= 15
    assert command.help[0].isupper()
    assert command.help.endswith(".")


def test_bindings_carry_the_ids() -> None:
    assert [binding.id for binding in bindings_for(Where.BROWSE)] == [c.id for c in commands_for(Where.BROWSE)]


def test_key_names() -> None:
    assert [key_name(key) for key in ("enter", "ctrl+p", "F", "slash", "/")] == ["⏎", "Ctrl+p", "F", "/", "/"]


def test_the_readme_has_the_table() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert key_table() in readme, "run `peekui keys` and paste the table into README.md"
