"""Every command there is, in the order of the help screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.commands.command import Command, Where
from peekui.ui.commands.reasons import (
    needs_ahead,
    needs_asset,
    needs_behind,
    needs_call,
    needs_collections,
    needs_filtered_names,
    needs_key,
    needs_marks,
    needs_names,
    needs_narrowing,
    needs_problem,
    needs_uncounted,
    needs_waiting_call,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COMMANDS", "by_id", "commands_for"]

COMMANDS: tuple[Command, ...] = (
    Command(
        "assets.search", "search", "Search the text of the chosen collections.", ("/",), Where.BROWSE, 10,
        needs_collections, opens_line=True,
    ),
    Command(
        "assets.failed", "failed", "Show only failed assets, or all again.", ("F",), Where.BROWSE, 30,
        needs_collections,
    ),
    Command(
        "assets.sort", "sort", "Sort by the next of: newest, oldest, largest, title; then as the service does.",
        ("s",), Where.BROWSE, 40, needs_collections,
    ),
    Command(
        "assets.clear", "clear", "Take away the filter, then the search.", ("escape",), Where.BROWSE, 60,
        needs_narrowing,
    ),
    Command("assets.columns", "columns", "Choose, order and size the columns of the table.", ("O",), Where.BROWSE),
    Command("assets.overview", "overview", "Count the assets of the chosen collections by status and type.", ("i",),
            Where.BROWSE, None, needs_collections),
    Command("places.back", "back", "Go back to the place before this one.", ("[", "alt+left"), Where.BROWSE, None,
            needs_behind),
    Command("places.forward", "forward", "Go to the place that was left by going back.", ("]", "alt+right"),
            Where.BROWSE, None, needs_ahead),
    Command("service.key", "enter key", "Type in another API key for the service.", ("A",), Where.BROWSE, 7, needs_key),
    Command("panes.larger", "larger", "Give the pane more room: wide, then the whole screen.", ("+", "="), Where.PANES),
    Command("panes.smaller", "smaller", "Give the other panes their room again.", ("_", "-"), Where.PANES),
    Command("panes.namespaces", "namespaces", "Go to the namespaces.", ("1",), Where.PANES),
    Command("panes.collections", "collections", "Go to the collections.", ("2",), Where.PANES),
    Command("panes.assets", "assets", "Go to the assets.", ("3",), Where.PANES),
    Command("panes.detail", "detail", "Go to the detail panel, or open the asset where there is no room for one.",
            ("4",), Where.PANES),
    Command("panes.next", "next pane", "Go to the pane on the right.", ("tab", "l", "right"), Where.PANES),
    Command("panes.previous", "previous pane", "Go to the pane on the left.", ("shift+tab", "h", "left"), Where.PANES),
    Command(
        "collections.toggle", "add/remove", "Add the collection to the chosen ones, or take it out.", ("space",),
        Where.COLLECTIONS, 20,
    ),
    Command(
        "names.filter", "filter", "List only the names with some letters.", ("/",), Where.NAMES, 10, needs_names,
        opens_line=True, instead_of="assets.search",
    ),
    Command(
        "names.unfilter", "all names", "List all names again.", ("escape",), Where.NAMES, 15, needs_filtered_names,
        instead_of="assets.clear",
    ),
    Command("marks.toggle", "mark", "Mark the asset or unmark it, and go to the next.", ("space",), Where.MARKS, 65,
            needs_asset),
    Command("marks.range", "mark range", "Mark all from the one marked last to the cursor.", ("V",), Where.MARKS, None,
            needs_asset),
    Command("marks.view", "mark view", "Mark all that are in view.", ("*",), Where.MARKS, None, needs_asset),
    Command("marks.invert", "invert marks", "Mark those in view that are not marked, and unmark the others.", ("~",),
            Where.MARKS, None, needs_asset),
    Command("marks.clear", "unmark all", "Unmark everything, in view or not.", ("M",), Where.MARKS, 45, needs_marks),
    Command("table.next_column", "next column", "Go to the column on the right.", (">", "shift+right"), Where.TABLE),
    Command("table.previous_column", "previous column", "Go to the column on the left.", ("<", "shift+left"),
            Where.TABLE),
    Command("table.value", "whole value", "Show all of what the current column says of the asset.", ("v",),
            Where.TABLE, None, needs_asset),
    Command("table.sort", "sort by column",
            "Sort by the current column; again, the other way round; again, as the service does.", ("S",), Where.TABLE),
    Command("columns.toggle", "show/hide", "Show the column, or hide it.", ("space",), Where.LAYOUT, 0),
    Command("columns.down", "down", "Move the column one place to the right in the table.", ("J",), Where.LAYOUT, 30),
    Command("columns.up", "up", "Move the column one place to the left in the table.", ("K",), Where.LAYOUT),
    Command("columns.wider", "wider", "Make the column wider.", ("+", "=", "right", "l"), Where.LAYOUT, 40),
    Command("columns.narrower", "narrower", "Make the column narrower; less than one cell is automatic.",
            ("-", "left", "h"), Where.LAYOUT),
    Command("columns.automatic", "automatic width", "Let the rows in view decide how wide the column is.", ("0",),
            Where.LAYOUT),
    Command("columns.sort", "sort", "Sort by the column; again, the other way round; again, as the service does.",
            ("s",), Where.LAYOUT, 20),
    Command("columns.add", "add path", "Add a column for any dotted path of the assets.", ("a",), Where.LAYOUT, 10,
            opens_line=True),
    Command("columns.remove", "remove", "Take away a column that was added.", ("d",), Where.LAYOUT),
    Command("columns.reset", "reset", "Show the columns as they are at first.", ("r",), Where.LAYOUT),
    Command("columns.close", "back", "Back to the table.", ("escape", "O", "q"), Where.LAYOUT, 50),
    Command("rows.open", "open", "Open what is under the cursor.", ("enter",), Where.ROWS, 0),
    Command("rows.down", "down", "One row down.", ("down", "j"), Where.ROWS),
    Command("rows.up", "up", "One row up.", ("up", "k"), Where.ROWS),
    Command("rows.page_down", "page down", "One screen down.", ("pagedown", "ctrl+f"), Where.ROWS),
    Command("rows.page_up", "page up", "One screen up.", ("pageup", "ctrl+b"), Where.ROWS),
    Command("rows.first", "first", "To the first row.", ("home", "g"), Where.ROWS),
    Command("rows.last", "last", "To the last row.", ("end", "G"), Where.ROWS),
    Command("asset.close", "back", "Back to the table.", ("escape", "backspace"), Where.ASSET, 0),
    Command("asset.next", "next", "The next asset of the table.", ("n", "J"), Where.ASSET, 10),
    Command("asset.previous", "previous", "The previous asset of the table.", ("p", "K"), Where.ASSET, 20),
    Command("asset.down", "down", "Scroll down.", ("j",), Where.ASSET),
    Command("asset.up", "up", "Scroll up.", ("k",), Where.ASSET),
    Command(
        "view.copy_url", "copy URL", "Put a fresh presigned URL of the asset on the clipboard.", ("c",), Where.VIEW, 50,
        needs_asset,
    ),
    Command("view.copy_id", "copy id", "Put the asset's id on the clipboard.", ("y",), Where.VIEW, None, needs_asset),
    Command("view.reload", "reload", "Ask the service again for what has the focus.", ("r",), Where.VIEW, 70),
    Command(
        "view.copy_problem", "copy problem", "Copy all that is known of the failure on show.", ("E",), Where.VIEW, 5,
        needs_problem,
    ),
    Command("value.close", "back", "Close the dialog.", ("escape", "q", "enter"), Where.VALUE, 0),
    Command("value.copy", "copy", "Copy the whole value.", ("c",), Where.VALUE, 10),
    Command("value.save", "write to file", "Write the whole value to a file in the current folder.", ("w",),
            Where.VALUE, 20),
    Command("overview.count", "count", "Count, at the cost that is shown.", ("enter",), Where.OVERVIEW, 10,
            needs_uncounted),
    Command("overview.close", "back", "Close the overview.", ("escape", "i"), Where.OVERVIEW, 20),
    Command("calls.curl", "copy curl", "Copy the call as a curl command, with a variable in place of the key.", ("c",),
            Where.CALLS, 10, needs_call),
    Command("calls.cancel", "cancel", "Cancel the call under the cursor that waits, else the one whose turn is last.",
            ("x",), Where.CALLS, 20, needs_waiting_call),
    Command("calls.close", "back", "Close the call log.", ("escape", "@"), Where.CALLS, 30,
            instead_of="app.calls"),
    Command("app.help", "all keys", "Show every command with its keys; run one with Enter.", ("?", "f1"),
            Where.ANYWHERE, 90),
    Command("app.palette", "palette", "Find a command by name and run it, or go to a row by its number.",
            (":", "ctrl+p"), Where.ANYWHERE),
    Command("app.calls", "calls", "Show the calls made, and those that wait for their turn.", ("@",), Where.ANYWHERE),
    Command("app.theme", "theme", "Change to the next theme: dark, light, the terminal's own colours.", ("T",),
            Where.ANYWHERE),
    Command("app.themes", "themes", "Choose one of all themes.", ("f8",), Where.ANYWHERE),
    Command("app.jump", "jump", "Put a letter on every part of the screen; typing one goes there.", ("'", "ctrl+o"),
            Where.ANYWHERE),
    Command("app.quit", "quit", "Leave peekui; Ctrl+C twice does so too.", ("q", "ctrl+q"), Where.ANYWHERE, 80),
)  # fmt: skip
"""Everything a user can do, in the order of the help screen."""

_BY_ID = {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """Give the command of an id; KeyError when there is none."""
    return _BY_ID[command_id]


def commands_for(*places: Where) -> Iterable[Command]:
    """Give the commands of some parts of the program, in the registry's order."""
    return (command for command in COMMANDS if command.where in places)
