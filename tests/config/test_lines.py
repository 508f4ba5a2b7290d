"""The line of each key, however TOML lets it be written."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.config import ConfigError, read_file
from peekui.config.lines import key_lines

if TYPE_CHECKING:
    from pathlib import Path

TEXT = '''\
# [not.a.table]
top = 1  # key = 2
quoted."a.b" = """
fake = 1
[fake]
"""

[ profiles . work ]
list = [
  "x = 1",
  [1, 2],
]
inline = { deep = { er = 1 } }

[[array]]
one = 1
[[array]]
one = 2
'''


def test_lines() -> None:
    assert key_lines(TEXT) == {
        ("top",): 2,
        ("quoted",): 3,
        ("quoted", "a.b"): 3,
        ("profiles",): 8,
        ("profiles", "work"): 8,
        ("profiles", "work", "list"): 9,
        ("profiles", "work", "inline"): 13,
        ("profiles", "work", "inline", "deep"): 13,
        ("profiles", "work", "inline", "deep", "er"): 13,
        ("array",): 15,
        ("array", "one"): 16,
    }


def test_windows_line_ends() -> None:
    assert key_lines(TEXT.replace("\n", "\r\n")) == key_lines(TEXT)


values = st.one_of(
    st.integers().map(str),
    st.sampled_from(
        ['"a # b"', "'''\nx = 1\n[t]\n'''", '"""\n\\\n"\n"""', "[\n 1, # ]\n 2\n]", "{ x = '=' }", "1979-05-27"]
    ),
)
statements = st.one_of(st.just("# comment = 1"), st.just(""), values.map("KEY = ".__add__), st.just("[TABLE]"))


@given(st.lists(statements, max_size=12))
def test_every_key_is_found_on_its_line(parts: list[str]) -> None:
    """A key is found on the line it was written on, and every key that TOML reads is found."""
    text, table = "", ""
    expected: dict[tuple[str, ...], int] = {}
    for number, part in enumerate(parts):
        line = text.count("\n") + 1
        if "[TABLE]" in part:
            table = f"t{number}"
            expected[table,] = line
        elif part.startswith("KEY"):
            expected[(table, f"k{number}") if table else (f"k{number}",)] = line
        text += part.replace("TABLE", f"t{number}").replace("KEY", f"k{number}") + "\n"
    found = key_lines(text)
    assert {path: found.get(path) for path in expected} == expected
    assert set(found) == set(paths(tomllib.loads(text)))


def paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for key, value in table.items():
        found.append((*above, key))
        if isinstance(value, dict):
            found += paths(value, (*above, key))
    return found


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"a = 1\nb = \xff\n", ":2: this is not UTF-8"),
        (b"a = 1\nb = = 2\n", "is not TOML: .*line 2"),
        (b"a = 1\na = 2\n", "is not TOML"),
    ],
)
def test_a_file_that_is_no_toml(raw: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(raw)
    with pytest.raises(ConfigError, match=sentence):
        read_file(tmp_path / "config.toml")


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_file(tmp_path)
