"""Facts of PDF documents: title, pages, and their text."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

from peekui.library.media.chunks import text_chunks
from peekui.library.media.damage import DamageError, DamageKind, decode_error
from peekui.library.media.facts import Extract, Facts
from peekui.library.media.json_safe import clean_text

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue
    from peekui.library.media.facts import Damage
    from peekui.library.media.limits import Limits

__all__ = ["inspect_pdf"]

_INFO = {"/Title": "title", "/Author": "author", "/Subject": "subject", "/Creator": "creator", "/Producer": "producer"}
_CHARACTERS = 500
_TAIL_BYTES = 2048

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every oddity that it forgives


def inspect_pdf(source: BinaryIO, limits: Limits) -> Facts:
    """Read a PDF document.

    Args:
        source: The file, at its beginning.
        limits: `max_pages` and `max_text_bytes` are kept.

    Returns:
        Facts with `pages`, `title`, `author`, `subject`, `creator`, `producer`, `characters`, and `text_chunk`
        extracts that tell their `page` (from 1) and their offsets in its text. With damage when it needs a password,
        is truncated, or a page cannot be read: the pages before are kept.
    """
    facts = Facts(media_type="application/pdf", modality="text")
    metadata: dict[str, JsonValue] = {}
    chunks: list[Extract] = []
    try:
        _read(source, limits, metadata, chunks)
    except (FileNotDecryptedError, WrongPasswordError):
        damage = DamageError(DamageKind.PASSWORD_PROTECTED, "the document opens only with a password").damage
        return replace(facts, metadata=metadata, damage=damage)
    except DependencyError:
        damage = DamageError(
            DamageKind.PASSWORD_PROTECTED, "the document is encrypted with AES, which is not read"
        ).damage
        return replace(facts, metadata=metadata, damage=damage)
    except Exception as error:  # noqa: BLE001 - pypdf raises nearly anything for hostile documents
        damage = _truncation(source) or decode_error(error).damage
        return replace(facts, metadata=metadata, extracts=tuple(chunks), damage=damage)
    return replace(facts, metadata=metadata, extracts=tuple(chunks))


def _read(source: BinaryIO, limits: Limits, metadata: dict[str, JsonValue], chunks: list[Extract]) -> None:
    reader = PdfReader(source)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise WrongPasswordError
    metadata["pages"] = len(reader.pages)
    for key, value in (reader.metadata or {}).items():
        if key in _INFO and (words := clean_text(str(value)).strip()):
            metadata[_INFO[key]] = words[:_CHARACTERS]
    characters = 0
    for number, page in enumerate(reader.pages, start=1):
        if number > limits.max_pages or characters >= limits.max_text_bytes:
            metadata["text_truncated"] = True
            break
        text = clean_text(page.extract_text())[: limits.max_text_bytes - characters]
        characters += len(text)
        metadata["characters"] = characters
        chunks.extend(text_chunks(text, page=number))


def _truncation(source: BinaryIO) -> Damage | None:
    """Tell whether what went wrong is that the end, where a PDF keeps its directory, is not there."""
    length = source.seek(0, os.SEEK_END)
    source.seek(max(0, length - _TAIL_BYTES))
    if b"%%EOF" in source.read():
        return None
    return DamageError(DamageKind.TRUNCATED_MEDIA, "the document ends before its directory").damage
