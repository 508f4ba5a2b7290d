"""Text: kinds, encodings, titles, chunks."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.library.media.chunks import CHUNK_CHARACTERS, text_chunks
from peekui.library.media.encodings import decode
from peekui.library.media.html_text import read_html
from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.library.media.facts import Facts

SECONDS = 10.0


def write(path: Path, content: str | bytes) -> Facts:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inspect_file(path)


def test_plain(tmp_path: Path) -> None:
    facts = write(tmp_path / "a.txt", "One two\nthree\n")
    assert (facts.media_type, facts.modality) == ("text/plain", "text")
    assert facts.metadata == {"encoding": "utf-8", "characters": 14, "words": 3, "lines": 2}
    assert [extract.text for extract in facts.extracts] == ["One two\nthree"]
    assert facts.extracts[0].metadata == {"start": 0, "end": 13}


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("naïve 世界".encode(), "utf-8", "naïve 世界"),
        ("\ufeffnaïve".encode(), "utf-8-sig", "naïve"),
        ("naïve".encode("utf-16"), "utf-16", "naïve"),
        ("naïve".encode("utf-32"), "utf-32", "naïve"),
        ("naïve café".encode("cp1252"), "cp1252", "naïve café"),
        ("naïve 世界 ".encode() + b"\xff" + " grün".encode(), "utf-8", "naïve 世界 \ufffd grün"),
    ],
)
def test_encodings(content: bytes, encoding: str, text: str) -> None:
    decoded = decode(content)
    assert (decoded.encoding, decoded.text) == (encoding, text)


@settings(deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_decoding_never_fails_and_gives_utf8(content: bytes, cut: bool) -> None:
    text = decode(content, cut=cut).text
    assert "\0" not in text
    text.encode()


@settings(deadline=None)
@given(st.text(), st.integers(1, 3))
def test_a_character_cut_at_the_limit_is_left_out(text: str, back: int) -> None:
    content = f"{text}🎈".encode()[:-back]
    decoded = decode(content, cut=True)
    assert decoded.replaced == text.count("\ufffd")
    assert decoded.encoding in {"utf-8", "utf-8-sig"}


def test_markdown_title(tmp_path: Path) -> None:
    for content in ("intro\n\n# The [Sea] #\n\ntext", "The [Sea]\n=========\n\n# other"):
        facts = write(tmp_path / "a.md", content)
        assert (facts.media_type, facts.metadata["title"]) == ("text/markdown", "The [Sea]")


def test_csv(tmp_path: Path) -> None:
    facts = write(tmp_path / "a.csv", 'name;note\n"a;b";"two\nlines"\n\nc;d\n')
    assert facts.media_type == "text/csv"
    assert facts.metadata["columns"] == ["name", "note"]
    assert (facts.metadata["delimiter"], facts.metadata["rows"]) == (";", 2)


def test_csv_that_cannot_be_parsed_is_still_text(tmp_path: Path) -> None:
    facts = write(tmp_path / "a.csv", 'a,b\n"' + "x" * 200_000 + '"\n')
    assert facts.damage is None
    assert "rows" not in facts.metadata
    assert facts.extracts


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_json_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    facts = write(tmp_path / name, '{"title": "T \\ud800 x", "b": [1, 2]}')
    assert facts.media_type == "application/json"
    assert facts.metadata["title"] == "T \ufffd x"
    assert (facts.metadata["json_type"], facts.metadata["keys"]) == ("object", ["title", "b"])


def test_json_array_and_scalar(tmp_path: Path) -> None:
    assert write(tmp_path / "a.json", "[1, 2, 3]").metadata["items"] == 3
    assert write(tmp_path / "b.json", "17").metadata["json_type"] == "scalar"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"a": ', "line 1 column 7"),
        ("{'a': 1}", "line 1 column 2"),
        ("[" * 200_000, "nests too deeply"),
        ('{"a":' * 100_000, "nests too deeply"),
        ("[" + "1" * 10_000 + "]", "digits"),
    ],
    ids=["cut", "quotes", "lists", "objects", "digits"],
)
def test_json_that_does_not_parse_is_damaged(tmp_path: Path, content: str, words: str) -> None:
    facts = write(tmp_path / "a.json", content)
    assert facts.damage is not None
    assert facts.damage.type == "DecodeError"
    assert words in facts.damage.message
    assert facts.extracts
    assert write(tmp_path / "a.txt", content).damage is None


def test_html(tmp_path: Path) -> None:
    page = (
        "<!doctype html><html><head><title>Sea &amp; sky</title><style>p{}</style></head>"
        "<body><script>bad()</script><h1>Hello</h1><p>one <b>two</b></p><ul><li>x<li>y</ul>&lt;end&gt;"
    )
    facts = write(tmp_path / "a.html", page)
    assert facts.metadata["title"] == "Sea & sky"
    assert facts.extracts[0].text == "Hello\none two\nx\ny\n<end>"


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<a b='", "</", "&", "<![CDATA[", "<script>", "<p>", "<!x", "<?"]
)
def test_hostile_html_stays_linear(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "a.html"
    started = time.monotonic()
    facts = write(path, "<!doctype html><title>t</title>" + piece * (1_200_000 // len(piece)))
    assert facts.media_type == "text/html"
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.json"])
@pytest.mark.parametrize("piece", ["x", " ", "\n", "a,", "# ", '"', "= ", "{", "\u3000", "word "])
def test_ten_megabytes_of_the_same_stay_bounded(tmp_path: Path, name: str, piece: str) -> None:
    started = time.monotonic()
    facts = write(tmp_path / name, piece * (10_000_000 // len(piece.encode())))
    assert facts.metadata["text_truncated"] is True
    assert len(facts.extracts) <= Limits().max_text_bytes // 600 + 1
    assert time.monotonic() - started < SECONDS


def test_text_is_read_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ä" * 100, encoding="utf-8")
    facts = inspect_file(path, limits=Limits(max_text_bytes=51))
    assert facts.metadata["characters"] == 25
    assert facts.metadata["encoding"] == "utf-8"
    assert facts.metadata["text_truncated"] is True


def test_nul_and_control_characters_deep_in_a_text(tmp_path: Path) -> None:
    facts = write(tmp_path / "a.txt", b"words " * 20_000 + b"\0\x01 end")
    assert facts.damage is None
    assert facts.extracts[-1].text is not None
    assert facts.extracts[-1].text.endswith("\ufffd\x01 end")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .\n\t。é"), max_size=5_000))
def test_chunks_cover_the_text_and_tell_where(text: str) -> None:
    chunks = list(text_chunks(text))
    covered = 0
    for chunk in chunks:
        start, end = chunk.metadata["start"], chunk.metadata["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert chunk.text == text[start:end]
        assert 0 < end - start <= CHUNK_CHARACTERS
        assert text[covered:start].strip() == ""
        covered = end
    assert text[covered:].strip() == ""


def test_chunks_end_where_a_reader_pauses() -> None:
    text = "A sentence of some words here. " * 60
    chunks = [chunk.text or "" for chunk in text_chunks(text)]
    assert all(chunk.endswith("here.") for chunk in chunks)
    assert all(len(chunk) > 900 for chunk in chunks[:-1])


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_page_can_be_read(page: str) -> None:
    title, words = read_html(page)
    assert title is None or title
    json.dumps(words)
