"""Checks what a configuration file says of the browser itself: keys of commands, and the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.config.problems import Problem, nearest
from peekui.ui.commands import find_key_problems

if TYPE_CHECKING:
    from peekui.config.file import ConfigFile

__all__ = ["check_preferences"]


def check_preferences(file: ConfigFile) -> list[Problem]:
    """Give what the browser cannot do of what a file asks for; its shape is `config.check`'s to tell."""
    return [*find_key_problems(file.user_keys()), *_check_theme(file)]


def _check_theme(file: ConfigFile) -> list[Problem]:
    theme = file.values.get("theme")
    if not isinstance(theme, str):
        return []
    # Brings Textual, which only a file with a theme has to wait for.
    from peekui.ui.themes import theme_names  # noqa: PLC0415

    known = theme_names()
    if theme in known:
        return []
    return [Problem(file.where("theme"), f"there is no theme {theme!r}.{nearest(theme, known)}")]
