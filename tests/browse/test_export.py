"""Rows written for other programs: read back by programs that read such files, they are what they were."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.browse.export import Format, cells, write_rows

COLUMNS = ("name", "a|b")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT | st.integers(), max_size=3)
ROWS = st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=4)


def written(rows: list[list[object]], form: Format) -> str:
    out = io.StringIO()
    assert write_rows(rows, COLUMNS, form, out) == len(rows)  # type: ignore[arg-type]
    return out.getvalue()


@given(ROWS)
def test_json_comes_back(rows: list[list[object]]) -> None:
    expected = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert json.loads(written(rows, Format.JSON)) == expected
    lines = written(rows, Format.JSONL).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == expected


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_csv_comes_back(rows: list[list[object]]) -> None:
    text = written(rows, Format.CSV)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [list(COLUMNS), *rows]


@given(ROWS)
def test_markdown_has_a_line_for_each_row_and_no_control_characters(rows: list[list[object]]) -> None:
    lines = written(rows, Format.MARKDOWN).split("\n")
    assert len(lines) == len(rows) + 3
    assert all(line.replace("\\\\", "").replace("\\|", "").count("|") == 3 for line in lines[:-1])
    assert all(character.isprintable() for line in lines for character in line)


def test_markdown_shows_text_as_it_is() -> None:
    text = written([["<b>*x*</b> `[a](b)`", "a\x1b[31m\nb"]], Format.MARKDOWN)
    assert text.split("\n")[2] == r"| \<b\>\*x\*\</b\> \`\[a\](b)\` | a\\x1b\[31m\\nb |"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Sea"),
        ("metadata.tags", ["a", "b"]),
        ("metadata.faces[].name", ["x", "y"]),
        ("metadata.nothing", None),
        ("file_data.file_size_bytes", 7),
        ("url", None),
    ],
)
def test_cells_are_what_a_path_leads_to(column: str, value: object) -> None:
    metadata = {"title": "Sea", "tags": ["a", "b"], "faces": [{"name": "x"}, {"name": "y"}]}
    asset = Asset(asset_id="i", metadata=metadata, file_data={"file_size_bytes": 7}, url="https://secret")  # type: ignore[arg-type]
    assert cells(asset, [column]) == [value]
