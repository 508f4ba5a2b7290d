"""Rows written for other programs: read back by programs that read such files, they are what they were."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.browse.export import ExportUnavailable, Format, cells, write_rows
from peekui.browse.export_file import ExportFile, format_of

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.filters.nodes import JsonValue

COLUMNS = ("name", "a|b")
FORMULA = "=+-@\t\r"
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(f"{FORMULA}'"))
VALUES = st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT | st.integers(), max_size=3)
ROWS = st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=4)


def written(rows: list[list[object]], form: Format) -> str:
    out = io.StringIO()
    assert write_rows(rows, COLUMNS, form, out) == len(rows)  # type: ignore[arg-type]
    return out.getvalue()


def plain(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from calculating."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in {*FORMULA} else cell


@given(ROWS)
def test_json_comes_back(rows: list[list[object]]) -> None:
    expected = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert json.loads(written(rows, Format.JSON)) == expected
    lines = written(rows, Format.JSONL).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == expected


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_csv_comes_back(rows: list[list[object]]) -> None:
    text = written(rows, Format.CSV)
    read = [[plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert read == [list(COLUMNS), *rows]


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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x"])
def test_no_text_in_a_csv_is_a_formula(text: str) -> None:
    [_, [cell, number]] = csv.reader(io.StringIO(written([[text, -5]], Format.CSV), newline=""))
    assert (cell, number) == (f"'{text}", "-5")
    [header, _] = csv.reader(io.StringIO(written_with(("name", text), [["a", "b"]]), newline=""))
    assert header == ["name", f"'{text}"]


def written_with(columns: tuple[str, ...], rows: list[list[object]]) -> str:
    out = io.StringIO()
    write_rows(rows, columns, Format.CSV, out)  # type: ignore[arg-type]
    return out.getvalue()


MIXED = st.lists(
    st.lists(VALUES | st.floats(allow_nan=False) | st.integers(2**53, 2**70), min_size=2, max_size=2), max_size=6
)


@settings(deadline=None)  # the first example imports pyarrow
@given(MIXED)
def test_parquet_comes_back_column_by_column(rows: list[list[object]]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert write_rows(rows, COLUMNS, Format.PARQUET, out) == len(rows)  # type: ignore[arg-type]
    table = parquet.read_table(out.buffer)
    assert table.column_names == list(COLUMNS)
    for index, name in enumerate(COLUMNS):
        column = [row[index] for row in rows]
        read = table[name].to_pylist()
        if read != column:  # it was mixed
            assert [None if text is None else json.loads(text) for text in read] == column


def test_the_columns_of_parquet_have_types() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    rows: list[list[JsonValue]] = [["a", 1, 1, True, 1, None], ["b\ud800", 2, 2.5, None, "x", None]]
    write_rows(rows, ("text", "int", "number", "truth", "mixed", "nothing"), Format.PARQUET, out)
    table = parquet.read_table(out.buffer)
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "bool", "string", "string"]
    assert table["mixed"].to_pylist() == ["1", '"x"']


def test_without_pyarrow_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportUnavailable, match=r"pip install 'peekui\[parquet\]'"):
        write_rows([], COLUMNS, Format.PARQUET, io.StringIO())
    with pytest.raises(ExportUnavailable), ExportFile(tmp_path / "x.parquet", COLUMNS, Format.PARQUET):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON, Format.JSONL, Format.MARKDOWN])
def test_a_file_has_its_name_when_it_is_whole_and_replaces_none_unasked(tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"rows.{form.ending}"
    assert format_of(path) is form
    with ExportFile(path, COLUMNS, form) as file:
        file.rows.write([["a", 1]])
    assert list(tmp_path.iterdir()) == []
    with ExportFile(path, COLUMNS, form) as file:
        file.rows.write([["a", 1], ["b\ud800", 2]])
        file.finish()
    first = path.read_text()
    assert "\\ud800" in first
    with pytest.raises(FileExistsError), ExportFile(path, COLUMNS, form):
        pass
    with ExportFile(path, COLUMNS, form, replace=True) as file:
        file.rows.write([["other", 2]])
    assert path.read_text() == first
    with ExportFile(path, COLUMNS, form, replace=True) as file:
        file.rows.write([["c", 3]])
        file.finish()
    assert path.read_text() != first
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
