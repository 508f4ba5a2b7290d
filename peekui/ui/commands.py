"""The one registry of what a user can do.

Bindings, footer, palette, help screen and the README's key table are all made from `COMMANDS`. A command names no
code: the part of the screen it applies to has a method `command_<id>` with the dots as underscores. This module
imports no Textual, so that `peekui keys` is quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["COMMANDS", "Command", "Situation", "Where", "by_id", "commands_for", "key_name", "key_table"]


class Where(StrEnum):
    """The part of the program a command applies to; the value is its heading in the help."""

    ANYWHERE = "Anywhere"
    BROWSE = "Browsing"
    PANES = "Going from pane to pane"
    COLLECTIONS = "In the list of collections"
    ROWS = "In any list"
    ASSET = "Looking at one asset"
    VIEW = "Browsing, or looking at one asset"
    VALUE = "Looking at a whole value"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command can be run now.

    Attributes:
        asset: An asset is under the cursor or open.
        narrowed: A search or a filter is active.
        collections: Collections were loaded.
        problem: A failure is on show where the focus is.
    """

    asset: bool = False
    narrowed: bool = False
    collections: bool = False
    problem: bool = False


def _always(_: Situation) -> str | None:
    return None


def _needs_asset(now: Situation) -> str | None:
    return None if now.asset else "there is no asset under the cursor"


def _needs_narrowing(now: Situation) -> str | None:
    return None if now.narrowed else "no search or filter is active"


def _needs_collections(now: Situation) -> str | None:
    return None if now.collections else "no collections are loaded yet"


def _needs_problem(now: Situation) -> str | None:
    return None if now.problem else "nothing has failed here"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a user can do.

    Attributes:
        id: Stable name such as `assets.search`; also the id of its binding.
        title: One to three words, for footer and palette.
        help: One sentence for the help screen.
        keys: In Textual's names; the first is shown.
        where: The part of the program it applies to.
        footer: Rank in the footer, lowest first; None keeps it out.
        why_not: Gives the reason why it cannot be run now, or None when it can.
        opens_line: It opens a line to type in, and what is typed right after its key belongs there.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: Where
    footer: int | None = None
    why_not: Callable[[Situation], str | None] = _always
    opens_line: bool = False

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return f"command_{self.id.replace('.', '_')}"


COMMANDS: tuple[Command, ...] = (
    Command(
        "assets.search", "search", "Search the text of the chosen collections.", ("/",), Where.BROWSE, 10,
        _needs_collections, opens_line=True,
    ),
    Command(
        "assets.failed", "failed", "Show only failed assets, or all again.", ("F",), Where.BROWSE, 30,
        _needs_collections,
    ),
    Command(
        "assets.sort", "sort", "Sort by the next of: newest, oldest, largest, title; then as the service does.",
        ("s",), Where.BROWSE, 40, _needs_collections,
    ),
    Command(
        "assets.clear", "clear", "Take away the filter, then the search.", ("escape",), Where.BROWSE, 60,
        _needs_narrowing,
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
        _needs_asset,
    ),
    Command("view.copy_id", "copy id", "Put the asset's id on the clipboard.", ("y",), Where.VIEW, None, _needs_asset),
    Command("view.reload", "reload", "Ask the service again for what has the focus.", ("r",), Where.VIEW, 70),
    Command(
        "view.copy_problem", "copy problem", "Copy all that is known of the failure on show.", ("E",), Where.VIEW, 5,
        _needs_problem,
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
_KEY_NAMES = {
    "slash": "/", "question_mark": "?", "colon": ":", "escape": "Esc", "enter": "⏎", "space": "Space", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "tab": "Tab", "shift+tab": "Shift+Tab", "backspace": "Backspace", "f1": "F1",
}  # fmt: skip


def by_id(command_id: str) -> Command:
    """Give the command of an id; KeyError when there is none."""
    return _BY_ID[command_id]


def commands_for(*places: Where) -> Iterable[Command]:
    """Give the commands of some parts of the program, in the registry's order."""
    return (command for command in COMMANDS if command.where in places)


def key_name(key: str) -> str:
    """Give a key's name as people write it: `Ctrl+p` for `ctrl+p`, `⏎` for `enter`."""
    return _KEY_NAMES.get(key, key.replace("ctrl+", "Ctrl+"))


def key_table() -> str:
    """Give all commands as a Markdown table, for the README and `peekui keys`."""
    rows = ["| Where | Key | What it does |", "| --- | --- | --- |"]
    for where in Where:
        for command in commands_for(where):
            keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
            rows.append(f"| {where.value} | {keys} | {command.help} |")
    return "\n".join(rows)
