"""The clipboard of a program that is seen in a page: the browser's, and no other."""

from __future__ import annotations

import pytest

from peekui.clipboard.copying import Certainty, Outcome, copy
from peekui.clipboard.routes import Route, routes_from
from peekui.surroundings import WEB_SESSION, Surroundings
from peekui.ui.clipboard import needs_showing, what_is_known

PAGE = Surroundings.read({WEB_SESSION: "{}", "DISPLAY": ":0", "TMUX": "/tmp/x,1,0", "SSH_TTY": "/dev/pts/1"})  # noqa: S108


def test_what_is_on_the_servers_machine_is_out_of_reach() -> None:
    assert Surroundings(ssh=False, tmux=False, display=False, page=True) == PAGE
    assert routes_from(PAGE) == routes_from(PAGE, (Route.NATIVE, Route.TERMINAL)) == (Route.BROWSER,)


def test_a_terminal_has_no_such_way() -> None:
    assert routes_from(Surroundings.read({}), (Route.BROWSER, Route.TERMINAL)) == (Route.TERMINAL,)


@pytest.mark.parametrize("length", [1, 1_000, 75_000, 7_000_000])
async def test_a_page_takes_what_terminals_would_drop(length: int) -> None:
    sent: list[str] = []
    outcome = await copy("x" * length, routes_from(PAGE), sent.append)
    assert (outcome, sent) == (Outcome(Certainty.SENT, Route.BROWSER), ["x" * length])
    assert not needs_showing(outcome)
    assert what_is_known("URL", outcome) == "URL handed to the browser. Where it refuses, the page shows it whole."


async def test_more_than_a_page_takes_is_not_sent() -> None:
    sent: list[str] = []
    outcome = await copy("x" * 8_000_000, routes_from(PAGE), sent.append)
    assert (outcome.certainty, sent) == (Certainty.NOWHERE, [])
