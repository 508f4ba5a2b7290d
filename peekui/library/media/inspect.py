"""From a path to facts: the door to this room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from peekui.library.media.damage import DamageError, DamageKind, decode_error
from peekui.library.media.facts import Facts
from peekui.library.media.kinds import BINARY, EMPTY, as_sound, claimed_type, modality_of
from peekui.library.media.limits import Limits
from peekui.library.media.opening import open_file
from peekui.library.media.sniff import HEAD_BYTES, sniff

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Limits", "inspect_file"]

_DEFAULT = Limits()


def inspect_file(path: Path, *, limits: Limits = _DEFAULT) -> Facts:
    """Extract everything there is to know about a file from its content.

    Args:
        path: A file. It is opened for reading only.
        limits: Bounds on what is read and decoded. Time and memory are bounded by `workers.DecoderPool`, not here.

    Returns:
        Facts; `damage` is set for anything that is wrong with the file, of the kinds in `damage.DamageKind`.

    Raises:
        FileNotFoundError: The file is gone, or became something that is not a file at this path.
    """
    facts = Facts(media_type=BINARY)
    try:
        with open_file(path, limits) as source:
            head = source.read(HEAD_BYTES)
            source.seek(0)
            facts = replace(facts, media_type=sniff(head))
            _check_claim(facts.media_type, claimed_type(path.suffix))
            return _inspect(source, facts.media_type, path, limits)
    except DamageError as error:
        return replace(facts, modality=modality_of(facts.media_type), damage=error.damage)


def _check_claim(media_type: str, claimed: str | None) -> None:
    """Refuse an empty file, and one whose ending claims another medium than it holds.

    Kinds of one medium are not told apart: a PNG named `.jpg` is shown by everything, a text named `.jpg` by nothing.
    """
    if media_type == EMPTY:
        raise DamageError(DamageKind.EMPTY_FILE, "the file has no content")
    if claimed is None or _medium(claimed) == _medium(media_type):
        return
    found = "content of an unknown kind" if media_type == BINARY else media_type
    raise DamageError(DamageKind.WRONG_TYPE, f"the ending says {claimed}, the file holds {found}")


def _medium(media_type: str) -> str | None:
    """What an ending promises: the same containers hold sound and video, and a document is no plain text."""
    modality = modality_of(media_type)
    return media_type if media_type == "application/pdf" else "video" if modality == "audio" else modality


def _inspect(source: BinaryIO, media_type: str, path: Path, limits: Limits) -> Facts:
    """Hand the file to the module of its medium, which is imported only now: the decoders are heavy."""
    try:
        match modality_of(media_type):
            case "image":
                from peekui.library.media.image import inspect_image  # noqa: PLC0415

                return inspect_image(source, media_type, limits)
            case "text" if media_type == "application/pdf":
                from peekui.library.media.pdf import inspect_pdf  # noqa: PLC0415

                return inspect_pdf(source, limits)
            case "text":
                from peekui.library.media.text import inspect_text  # noqa: PLC0415

                return inspect_text(source, media_type, claimed_type(path.suffix), limits)
            case "video" | "audio":
                return _inspect_timed(source, media_type, limits)
            case modality:
                return Facts(media_type=media_type, modality=modality)
    except OSError:
        raise
    except Exception as error:
        raise decode_error(error) from error


def _inspect_timed(source: BinaryIO, media_type: str, limits: Limits) -> Facts:
    """Containers of video may hold sound only: what is in them decides."""
    from peekui.library.media.audio import inspect_audio  # noqa: PLC0415
    from peekui.library.media.video import inspect_video  # noqa: PLC0415

    if modality_of(media_type) == "video":
        facts = inspect_video(source, media_type, limits)
        if facts is not None:
            return facts
        source.seek(0)
    return inspect_audio(source, as_sound(media_type), limits)
