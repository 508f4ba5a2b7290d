"""Keep-rules as TOML files: one rule in each, so that a preset is a file that `--rule` takes.

criteria = ["original", "done", "most metadata"]
collections = ["photos", "clips"]   # the most wanted first, for "collection order"
protected = ["archive"]             # nothing in it is ever dropped

The criteria are those of `Criterion`. "has features" is the only one that takes calls.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from peekui.own_files import replace_private
from peekui.triage.keep_rules import Criterion, KeepRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["BadRule", "presets", "read_rule", "write_rule"]

_SUFFIX = ".toml"


class BadRule(ValueError):
    """A file holds no keep-rule; the text is a sentence that says why."""


def presets(folder: Path) -> list[str]:
    """Name the presets in a folder, which need not be there."""
    return sorted(path.stem for path in folder.glob(f"*{_SUFFIX}"))


def read_rule(path: Path) -> KeepRule:
    """Read a rule.

    Raises:
        BadRule: The file is no TOML, or says something that no rule does.
        OSError: It cannot be read.
    """
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRule(f"{path} is not TOML: {error}.") from error
    if unknown := sorted(table.keys() - {"criteria", "collections", "protected"}):
        raise BadRule(f"{path}: {unknown[0]!r} is nothing a rule has: it has criteria, collections and protected.")
    try:
        criteria = tuple(map(Criterion, _texts(table.get("criteria", []))))
        collections = tuple(_texts(table.get("collections", [])))
        protected = frozenset(_texts(table.get("protected", [])))
    except ValueError as error:
        raise BadRule(f"{path}: {error}; criteria are {', '.join(Criterion)}.") from error
    if not criteria:
        raise BadRule(f"{path}: a rule has criteria, such as {', '.join(KeepRule().criteria)}.")
    return KeepRule(criteria, collections, protected)


def write_rule(path: Path, rule: KeepRule) -> None:
    """Write a rule (0600), in place of one that is there.

    Raises:
        OSError: It cannot be written.
    """
    lists = {"criteria": rule.criteria, "collections": rule.collections, "protected": sorted(rule.protected)}
    replace_private(path, "".join(f"{name} = {_toml(texts)}\n" for name, texts in lists.items() if texts))


def _toml(texts: Iterable[str]) -> str:
    # A list of texts is written the same in JSON and in TOML, but that TOML wants DEL escaped too.
    return json.dumps(list(texts), ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError("its lists hold texts")
    return value
