"""Keep-rules in files: what is written is read again, what is no rule is told."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.triage.keep_rules import Criterion, KeepRule
from peekui.triage.rule_files import BadRule, presets, read_rule, write_rule

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.lists(st.sampled_from(Criterion), min_size=1, unique=True),
    st.lists(NAMES, max_size=3),
    st.frozensets(NAMES, max_size=3),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, criteria: list[Criterion], names: list[str], protected: frozenset[str]
) -> None:
    path = tmp_path_factory.mktemp("rules") / "mine.toml"
    rule = KeepRule(tuple(criteria), tuple(names), protected)
    write_rule(path, rule)
    assert read_rule(path) == rule
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert presets(path.parent) == ["mine"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("criteria = [", "is not TOML"),
        ("", "a rule has criteria"),
        ('criteria = ["best"]', "'best' is not a valid"),
        ('criteria = "done"', "lists hold texts"),
        ('criteria = ["done"]\nprotect = ["a"]', "'protect' is nothing a rule has"),
        (b"\xff", "is not TOML"),
    ],
)
def test_what_is_no_rule_is_told(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = tmp_path / "rule.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadRule, match=said):
        read_rule(path)
