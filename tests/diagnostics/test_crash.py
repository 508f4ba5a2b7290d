"""The report of a crash: where it failed, and nothing that must not be told."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import NoReturn

import pytest

from peekui import __version__
from peekui.api.secret import Secret
from peekui.diagnostics.crash import crash_report, write_crash_report


def fail(key: str) -> NoReturn:
    local = f"local {key}"
    cause = LookupError("https://u:HIDDEN@x/y?sig=HIDDEN")
    cause.add_note("Authorization: Bearer HIDDEN")
    raise ExceptionGroup("several", [ValueError(key), TypeError(local[:5])]) from cause


def failure() -> BaseException:
    with pytest.raises(ExceptionGroup) as caught:
        fail(Secret("k3y-of-mine").reveal())
    return caught.value


def test_it_says_where_and_on_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/7")
    monkeypatch.delenv("TMUX", raising=False)
    report = crash_report(failure(), size=(80, 24))
    for said in (f"peekui {__version__}", "textual 8.", "size 80x24", "TERM=xterm-256color", "SSH_TTY=yes", "TMUX=–"):
        assert said in report
    for said in ("LookupError", "ValueError", "TypeError: local", "in fail", "raise ExceptionGroup("):
        assert said in report


def test_it_tells_no_locals_no_keys_and_no_signatures() -> None:
    report = crash_report(failure())
    assert "k3y-of-mine" not in report
    assert "HIDDEN" not in report
    assert "Authorization: ****" in report


def test_it_does_not_tell_whose_home_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path(__file__).parent))
    assert f'File "~/{Path(__file__).name}"' in crash_report(failure())


def test_an_endless_message_is_cut() -> None:
    report = crash_report(ValueError("x" * 10_000_000))
    assert len(report) < 200_000
    assert "[…]" in report


def test_it_is_written_for_its_owner_only_and_old_ones_go(tmp_path: Path) -> None:
    error = failure()
    paths = [write_crash_report(error, tmp_path / "state", size=(80, 24)) for _ in range(12)]
    assert sorted((tmp_path / "state").iterdir()) == paths[2:]
    assert stat.S_IMODE(paths[-1].stat().st_mode) == 0o600
    assert "TypeError: local" in paths[-1].read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        write_crash_report(failure(), tmp_path / "file")
