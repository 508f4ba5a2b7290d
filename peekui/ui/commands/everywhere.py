"""The commands of any list, of any asset, of small dialogs, and of the app."""

from __future__ import annotations

from peekui.ui.commands.command import Command, Where
from peekui.ui.commands.reasons import (
    needs_asset,
    needs_asset_or_marks,
    needs_call,
    needs_marks,
    needs_problem,
    needs_unstarted,
    needs_waiting_call,
)

__all__ = ["EVERYWHERE"]

EVERYWHERE: tuple[Command, ...] = (
    Command("rows.open", "open", "Open what is under the cursor.", ("enter",), Where.ROWS, 0),
    Command("rows.down", "down", "One row down.", ("down", "j"), Where.ROWS),
    Command("rows.up", "up", "One row up.", ("up", "k"), Where.ROWS),
    Command("rows.page_down", "page down", "One screen down.", ("pagedown", "ctrl+f"), Where.ROWS),
    Command("rows.page_up", "page up", "One screen up.", ("pageup", "ctrl+b"), Where.ROWS),
    Command("rows.first", "first", "To the first row.", ("home", "g"), Where.ROWS),
    Command("rows.last", "last", "To the last row.", ("end", "G"), Where.ROWS),
    Command(
        "view.copy_url", "copy URL", "Put a fresh presigned URL of the asset on the clipboard.", ("c",), Where.VIEW, 50,
        needs_asset,
    ),
    Command("view.copy_id", "copy id", "Put the asset's id on the clipboard.", ("y",), Where.VIEW, None, needs_asset),
    Command("view.copy_menu", "copy…", "Choose what to copy: of the asset, or of those that are marked.", ("C",),
            Where.VIEW, 55, needs_asset_or_marks),
    Command("view.open", "open", "Open the asset in the desktop's browser or viewer.", ("o",), Where.VIEW, None,
            needs_asset),
    Command("view.download", "download", "Download the file of the asset.", ("d",), Where.VIEW, None, needs_asset),
    Command("view.download_marked", "download marked", "Download the files of all marked assets.", ("D",), Where.VIEW,
            None, needs_marks),
    Command("view.reload", "reload", "Ask the service again for what has the focus.", ("r",), Where.VIEW, 70),
    Command(
        "view.copy_problem", "copy problem", "Copy all that is known of the failure on show.", ("E",), Where.VIEW, 5,
        needs_problem,
    ),
    Command("value.close", "back", "Close the dialog.", ("escape", "q", "enter"), Where.VALUE, 0),
    Command("value.copy", "copy", "Copy the whole value.", ("c",), Where.VALUE, 10),
    Command("value.save", "write to file", "Write the whole value to a file in the current folder.", ("w",),
            Where.VALUE, 20),
    Command("work.start", "begin", "Begin, at the cost that is shown.", ("enter",), Where.WORK, 0, needs_unstarted),
    Command("work.stop", "leave", "Stop what is under way, and go back.", ("escape", "q"), Where.WORK, 10,
            instead_of="app.quit"),
    Command("calls.curl", "copy curl", "Copy the call as a curl command, with a variable in place of the key.", ("c",),
            Where.CALLS, 10, needs_call),
    Command("calls.cancel", "cancel", "Cancel the call under the cursor that waits, else the one whose turn is last.",
            ("x",), Where.CALLS, 20, needs_waiting_call),
    Command("calls.close", "back", "Close the call log.", ("escape", "@"), Where.CALLS, 30,
            instead_of="app.calls"),
    Command("answer.copy", "copy as", "Copy what is asked here as a command, as curl or as Python.", ("f6", "ctrl+y"),
            Where.ANSWER),
    Command("app.help", "all keys", "Show every command with its keys; run one with Enter.", ("?", "f1"),
            Where.ANYWHERE, 90),
    Command("app.palette", "find anything", "Find a command, a collection, a search, a place; or go to a row.",
            (":", "ctrl+p"), Where.ANYWHERE),
    Command("app.calls", "calls", "Show the calls made, and those that wait for their turn.", ("@",), Where.ANYWHERE),
    Command("app.theme", "theme", "Change to the next theme: dark, light, the terminal's own colours.", ("T",),
            Where.ANYWHERE),
    Command("app.themes", "themes", "Choose one of all themes.", ("f8",), Where.ANYWHERE),
    Command("app.jump", "jump", "Put a letter on every part of the screen; typing one goes there.", ("'", "ctrl+o"),
            Where.ANYWHERE),
    Command("app.quit", "quit", "Leave peekui; Ctrl+C twice does so too.", ("q", "ctrl+q"), Where.ANYWHERE, 80),
)  # fmt: skip
"""In the order of the help screen."""
