"""PDF documents: facts, text by page, passwords, bombs."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject, StreamObject

from peekui.library.media.damage import DamageError
from peekui.library.media.facts import Facts
from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits
from peekui.library.media.workers import DecoderPool
from tests.library.media.makers import write_pdf

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 30.0


def test_facts_and_text_by_page(document: Path) -> None:
    facts = inspect_file(document)
    assert (facts.media_type, facts.modality, facts.damage) == ("application/pdf", "text", None)
    assert (facts.metadata["title"], facts.metadata["author"], facts.metadata["pages"]) == ("The Sea [draft]", "Ada", 2)
    assert [(extract.metadata["page"], extract.text) for extract in facts.extracts] == [
        (1, "The sea is blue"),
        (2, "The sky is grey"),
    ]


def test_a_document_that_needs_a_password(tmp_path: Path) -> None:
    facts = inspect_file(write_pdf(tmp_path / "a.pdf", ["secret"], password="sesame"))  # noqa: S106
    assert facts.damage is not None
    assert facts.damage.type == "PasswordProtected"
    assert facts.extracts == ()


def test_a_document_that_only_its_owner_may_change_can_be_read(tmp_path: Path) -> None:
    facts = inspect_file(write_pdf(tmp_path / "a.pdf", ["open to all"], password="", owner="me"))
    assert facts.damage is None
    assert facts.extracts[0].text == "open to all"


def test_a_cut_document(document: Path, tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(document.read_bytes()[:400])
    facts = inspect_file(path)
    assert facts.damage is not None
    assert facts.damage.type == "TruncatedMedia"


def test_pages_beyond_the_limit(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [f"page {number}" for number in range(9)])
    facts = inspect_file(path, limits=Limits(max_pages=3))
    assert facts.metadata["pages"] == 9
    assert facts.metadata["text_truncated"] is True
    assert len(facts.extracts) == 3


def write_bomb(path: Path, *, layers: int) -> None:
    """A page whose content is 300 MB of spaces, compressed once or twice."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    stream = StreamObject()
    stream._data = content
    stream[NameObject("/Length")] = NumberObject(len(content))
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * layers)
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Contents")] = writer._add_object(stream)
    with path.open("wb") as file:
        writer.write(file)


def test_a_bomb_in_a_stream_costs_one_file(document: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "once.pdf", tmp_path / "twice.pdf"]
    for layers, path in enumerate(paths, start=1):
        write_bomb(path, layers=layers)
        assert path.stat().st_size < 1_000_000
    started = time.monotonic()
    with DecoderPool(1, limits=Limits(max_memory_bytes=250 * 1024 * 1024, max_seconds=10)) as pool:
        for path in paths:
            # What pypdf does with a stream beyond its own limit depends on its version: all of these are within bounds.
            try:
                facts = pool.submit(inspect_file, path).result(SECONDS)
            except DamageError as error:
                facts = Facts("application/pdf", damage=error.damage)
            kind = facts.damage.type if facts.damage else None
            assert kind in {None, "DecodeError", "TooMuchMemory", "TooSlow"}
            assert facts.metadata.get("characters", 0) == 0
        assert pool.submit(inspect_file, document).result(SECONDS).damage is None
    assert time.monotonic() - started < SECONDS
