"""A configuration file for a test, read from a real one."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from peekui.config import read_file, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.config import ConfigFile, Settings

__all__ = ["settings", "written"]


def written(folder: Path, text: str) -> ConfigFile:
    """Write a configuration file that its owner alone can write, and read it."""
    path = folder / "config.toml"
    path.write_text(dedent(text), encoding="utf-8")
    path.chmod(0o600)
    return read_file(path)


def settings(folder: Path, text: str = "", *, environment: dict[str, str] | None = None, **flags: str) -> Settings:
    """Give the settings of a file's text, an environment and flags."""
    return read_settings(written(folder, text), flags, environment or {})
