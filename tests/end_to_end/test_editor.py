"""A real editor on a real terminal: it gets the terminal, and peekui has it back afterwards."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
print("The editor has:", path.read_text(), flush=True)
path.write_text(path.read_text() + " and " + input())
"""


def test_an_expression_is_edited_in_the_users_editor(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / "editor.py").write_text(EDITOR, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MIXPEEK", "PEEKUI", "XDG"))}
    environment = {**kept, "HOME": str(tmp_path), "VISUAL": f"{sys.executable} {tmp_path / 'editor.py'}"}
    command = [sys.executable, "-m", "peekui", "local", str(tmp_path / "files")]
    with Terminal(command, environment=environment) as terminal:
        terminal.until_shows("a.txt")
        terminal.send("f")
        terminal.until_shows("Expression", "1 match")
        terminal.send("3status = done")
        terminal.until_shows("status = done")
        terminal.send("\x1bOS")  # F4
        terminal.until_shows("The editor has: status = done")
        terminal.send("modality = text\n")
        terminal.until_shows("status = done and modality = text", "Expression", "1 match")
