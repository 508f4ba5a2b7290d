"""Every command there is, in the order of the help screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.commands.command import Command, Where
from peekui.ui.commands.reasons import needs_asset, needs_collections, needs_narrowing, needs_problem

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
    Command("app.help", "all keys", "Show every command with its keys; run one with Enter.", ("?", "f1"),
            Where.ANYWHERE, 90),
    Command("app.palette", "palette", "Find a command by name and run it.", (":", "ctrl+p"), Where.ANYWHERE),
    Command("app.theme", "theme", "Change to the next theme: dark, light, the terminal's own colours.", ("T",),
            Where.ANYWHERE),
    Command("app.quit", "quit", "Leave peekui.", ("q", "ctrl+q"), Where.ANYWHERE, 80),
)  # fmt: skip
"""Everything a user can do, in the order of the help screen."""

_BY_ID = {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """Give the command of an id; KeyError when there is none."""
    return _BY_ID[command_id]


def commands_for(*places: Where) -> Iterable[Command]:
    """Give the commands of some parts of the program, in the registry's order."""
    return (command for command in COMMANDS if command.where in places)
