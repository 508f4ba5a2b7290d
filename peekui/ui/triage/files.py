"""Where triage keeps its files: notes, plans, keep-rules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from peekui.own_files import config_path, state_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["lock_path", "new_plan_path", "notebook_path", "plans_folder", "rule_path", "rules_folder"]


def notebook_path() -> Path:
    """Give where rows and notes are kept; the command line keeps them there too."""
    return state_folder() / "triage.db"


def lock_path() -> Path:
    """Give the file that keeps two plans from running at once; the command line goes by it too."""
    return state_folder() / "plans.lock"


def plans_folder() -> Path:
    """Give where plans that are made on screen are kept."""
    return state_folder() / "plans"


def new_plan_path(about: str) -> Path:
    """Give where the next plan is to be written; named after the moment, in local time.

    Args:
        about: A word for what it does.
    """
    return plans_folder() / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}-{about}.jsonl"


def rules_folder() -> Path:
    """Give the folder of the keep-rules that were saved; each is a file that `--rule` takes."""
    return config_path().parent / "rules"


def rule_path(name: str) -> Path | None:
    """Give where a keep-rule of a name is; None where the name is no name of a file."""
    path = rules_folder() / f"{name}.toml"
    return path if name and path.parent == rules_folder() and path.stem == name else None
