"""What `peekui doctor` looks at: the terminal, the clipboard, the configuration, the service."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.cli.asking import NotAuthorised, ServiceProblem, TooManyCalls, ask
from peekui.cli.common import Mistake, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peekui.api.client import MixpeekClient
    from peekui.browse.pictures.forms import CellSize
    from peekui.cli.common import Flags
    from peekui.cli.terminal_query import Abilities
    from peekui.config import Settings
    from peekui.config.options import Pictures
    from peekui.surroundings import Surroundings

__all__ = ["Finding", "configuration", "pictures", "service", "terminal"]

_LEAST: Final = (40, 15)
_SLOW: Final = 1_000
"""Milliseconds; a call that takes longer is felt at every page."""
_ADVICE: Final = {
    ServiceProblem.exit_code: "Check base_url and the network.",
    NotAuthorised.exit_code: "Check the key, and that it may read.",
    TooManyCalls.exit_code: "Wait a minute, and set calls_per_minute to what the plan allows.",
}
"""What to do about a call that failed, by the exit status it leads to."""
_FORMS: Final = {"kitty": "Kitty's", "sixel": "Sixel", "blocks": "half blocks"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        area: What it is part of.
        name: What was looked at.
        value: What it is.
        well: Whether it is as it should be.
        advice: What to do about it; empty where there is nothing to do.
        status: Exit status it asks for, 0 where it can be lived with.
    """

    area: str
    name: str
    value: str
    well: bool = True
    advice: str = ""
    status: int = 0


def terminal(settings: Settings | None) -> Iterator[Finding]:
    """Look at the terminal and the ways from it to a clipboard.

    Args:
        settings: In force; None where something is wrong with them.
    """
    from rich.console import Console

    from peekui.browse.pictures.forms import read_cell_size
    from peekui.cli.terminal_query import ask_terminal
    from peekui.config.options import Pictures
    from peekui.surroundings import Surroundings

    surroundings = Surroundings.read()
    yield Finding("terminal", "TERM", os.environ.get("TERM") or "not set")
    console = Console(force_terminal=True)
    colours = f"{console.color_system or 'none'}{', not used for NO_COLOR' if console.no_color else ''}"
    few = console.color_system not in {"truecolor", "256"} and not console.no_color
    advice = "If the terminal has more colours, set COLORTERM=truecolor." if few else ""
    yield Finding("terminal", "colours", colours, not few, advice)
    size = shutil.get_terminal_size()
    small = size < _LEAST
    advice = f"Make it at least {_LEAST[0]} by {_LEAST[1]}." if small else ""
    yield Finding("terminal", "size", f"{size.columns} by {size.lines}", not small, advice)
    where = [word for word, true in (("ssh", surroundings.ssh), ("tmux", surroundings.tmux)) if true]
    yield Finding("terminal", "reached through", ", ".join(where) or "nothing: it is on this machine")
    yield Finding(
        "terminal", "desktop", "yes" if surroundings.display else "none: `o` shows the URL in place of opening it"
    )
    abilities = ask_terminal()
    yield pictures(settings.pictures if settings else Pictures.AUTO, abilities, os.environ, read_cell_size())
    yield _mouse(abilities)
    yield from _clipboard(settings, surroundings)


def pictures(
    wanted: Pictures, abilities: Abilities | None, environment: Mapping[str, str], cell: CellSize | None
) -> Finding:
    """Say how pictures are drawn, and why; held against what the terminal says it can do.

    Args:
        wanted: As configured.
        abilities: What the terminal says; None where there is none.
        environment: By which the browser chooses.
        cell: Pixels of a cell, as the terminal says.
    """
    from peekui.browse.pictures.forms import Form, choose_form
    from peekui.config.options import Pictures

    if wanted is Pictures.OFF:
        return Finding("terminal", "pictures", "off (as configured)")
    choice = choose_form(wanted, environment, cell)
    value = f"{_FORMS[choice.form]} ({choice.why})"
    if abilities is None or not abilities.answers:
        return Finding("terminal", "pictures", value)
    can = {Form.KITTY: abilities.placeholders, Form.SIXEL: abilities.sixel, Form.BLOCKS: True}
    if not can[choice.form]:
        name = abilities.name or "This terminal"
        return Finding("terminal", "pictures", value, False, f'{name} does not draw these: set pictures = "blocks".')
    if choice.form is not Form.BLOCKS or wanted is not Pictures.AUTO:
        return Finding("terminal", "pictures", value)
    if environment.get("TMUX"):
        return Finding("terminal", "pictures", value, advice="Outside tmux the terminal may draw finer pictures.")
    finer = next((form for form in (Form.KITTY, Form.SIXEL) if can[form]), None)
    advice = f'The terminal draws finer ones: set pictures = "{finer}".' if finer else ""
    return Finding("terminal", "pictures", value, advice=advice)


def _mouse(abilities: Abilities | None) -> Finding:
    if abilities is None or not abilities.answers:
        silent = "not asked: this is no terminal" if abilities is None else "the terminal does not answer"
        return Finding("terminal", "mouse", f"unknown ({silent})")
    mouse = {True: "yes", False: "no", None: "the terminal does not say"}[abilities.mouse]
    return Finding("terminal", "mouse", mouse)


def _clipboard(settings: Settings | None, surroundings: Surroundings) -> Iterator[Finding]:
    from peekui.clipboard.probing import probe
    from peekui.clipboard.routes import routes_from

    routes = routes_from(surroundings, settings.clipboard if settings else None)
    for number, route in enumerate(routes, 1):
        found = probe(route, os.environ)
        yield Finding("clipboard", f"{number}. {route}", found.what, found.works is not False, found.advice)
    if not routes:
        yield Finding("clipboard", "routes", "none", False, 'Add "terminal" to `clipboard` in the configuration.')


def configuration(flags: Flags) -> tuple[Settings | None, list[Finding]]:
    """Look at the configuration.

    Returns:
        The settings in force, None where something is wrong with them, and what was found.
    """
    from peekui.config.show import rows
    from peekui.own_files import config_path

    path = config_path()
    there = "" if path.exists() else " (not there: the defaults hold)"
    found = [Finding("configuration", "file", f"{path}{there}")]
    try:
        settings = load_settings(flags)
    except Mistake as mistake:
        found.append(
            Finding("configuration", "settings", mistake.message, False, "`peekui config check` lists all.", 2)
        )
        return None, found
    for row in rows(settings):
        if row.name in {"profile", "base_url", "api_key"}:
            no_key = row.name == "api_key" and row.value == "–"
            origin = "" if no_key else f" ({row.origin})"
            advice = "Set MIXPEEK_API_KEY, or run `peekui demo`, which needs none." if no_key else ""
            found.append(Finding("configuration", row.name, f"{row.value}{origin}", not no_key, advice))
    return settings, found


def service(flags: Flags) -> Finding:
    """Look whether the service answers, with one call."""

    async def call(client: MixpeekClient, _: Settings) -> tuple[int, float]:
        namespaces = await client.namespaces()
        return len(namespaces), client.last_call.milliseconds if client.last_call else 0.0

    try:
        count, milliseconds = ask(flags, call)
    except ServiceProblem as problem:
        return Finding("service", "answer", problem.message, False, _ADVICE[problem.exit_code], problem.exit_code)
    slow = milliseconds > _SLOW
    value = f"{count:,} namespace{'' if count == 1 else 's'} in {milliseconds:,.0f} ms"
    return Finding(
        "service", "answer", value, not slow, "It is slow: is it far away, or behind a proxy?" if slow else ""
    )
