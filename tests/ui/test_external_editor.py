"""A text is edited in the user's own editor, and every way in which that fails is told."""

from __future__ import annotations

import stat
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.app import App

from peekui.ui.external_editor import EditorFailed, edit_text

NAME = "VISUAL"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App[None]:
    """An app whose terminal can be had: that of a test cannot."""
    monkeypatch.setattr(App, "suspend", lambda _: nullcontext())
    return App()


def editor(tmp_path: Path, code: str) -> dict[str, str]:
    """An environment with an editor that runs some Python on `path`, and whose own path has a blank."""
    script = tmp_path / "my editor.py"
    script.write_text(
        f"import os, sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n{code}\n", encoding="utf-8"
    )
    return {NAME: f"{sys.executable} '{script}' --wait", "EDITOR": "false"}


def test_the_editor_gets_the_text_and_gives_another(app: App[None], tmp_path: Path) -> None:
    report = tmp_path / "report"
    code = (
        f"Path({str(report)!r}).write_text(f'{{path.name}} {{path.stat().st_mode}} {{path.parent.stat().st_mode}} "
        "{path} {sys.argv[1]}')\n"
        "path.write_text(path.read_text(encoding='utf-8') + ' and b = 2\\n', encoding='utf-8')"
    )
    assert edit_text(app, "a = مرحبا", suffix=".json", environment=editor(tmp_path, code)) == "a = مرحبا and b = 2"
    name, mode, folder_mode, path, argument = report.read_text(encoding="utf-8").split(" ")
    assert (name, argument) == ("filter.json", "--wait")
    assert stat.S_IMODE(int(mode)) == 0o600
    assert stat.S_IMODE(int(folder_mode)) == 0o700
    assert not Path(path).parent.exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", "ended with 3: the text stays as it was."),
        ("path.write_bytes(b'\\xff')", "not UTF-8: the text stays as it was."),
        ("path.unlink()", "Cannot read what the editor left: No such file or directory."),
    ],
)
def test_an_editor_that_does_not_end_well(app: App[None], tmp_path: Path, code: str, said: str) -> None:
    with pytest.raises(EditorFailed, match=f"{said}$"):
        edit_text(app, "a = 1", suffix=".txt", environment=editor(tmp_path, code))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, r"Set \$VISUAL or \$EDITOR to the editor to use."),
        ({NAME: " ", "EDITOR": ""}, r"Set \$VISUAL or \$EDITOR to the editor to use."),
        ({"EDITOR": "vi 'x"}, r"Cannot read \$EDITOR: no closing quotation."),
        ({"EDITOR": "/nowhere/vi"}, "Cannot start /nowhere/vi: No such file or directory."),
    ],
)
def test_there_is_no_editor(app: App[None], environment: dict[str, str], said: str) -> None:
    with pytest.raises(EditorFailed, match=said):
        edit_text(app, "a = 1", suffix=".txt", environment=environment)


async def test_a_terminal_that_cannot_be_handed_over() -> None:
    app = App[None]()
    async with app.run_test():
        with pytest.raises(EditorFailed, match="cannot be handed over"):
            edit_text(app, "a = 1", suffix=".txt", environment={"EDITOR": "true"})
