"""The kinds of damage, and the exception that carries one out of a decoder."""

from __future__ import annotations

from enum import StrEnum

from peekui.library.media.facts import Damage

__all__ = ["DamageError", "DamageKind", "decode_error"]


class DamageKind(StrEnum):
    """Every `type` a damage can have."""

    EMPTY_FILE = "EmptyFile"
    TOO_LARGE = "TooLarge"
    PERMISSION_DENIED = "PermissionDenied"
    NOT_A_FILE = "NotAFile"
    READ_ERROR = "ReadError"
    WRONG_TYPE = "WrongType"
    TRUNCATED_IMAGE = "TruncatedImage"
    TRUNCATED_MEDIA = "TruncatedMedia"
    DECODE_ERROR = "DecodeError"
    DECOMPRESSION_BOMB = "DecompressionBomb"
    PASSWORD_PROTECTED = "PasswordProtected"  # noqa: S105 - the name of a damage, no password
    DECODER_CRASH = "DecoderCrash"
    TOO_SLOW = "TooSlow"
    TOO_MUCH_MEMORY = "TooMuchMemory"


class DamageError(Exception):
    """A file cannot be read or decoded.

    Attributes:
        damage: What is wrong with it.
    """

    def __init__(self, kind: DamageKind, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.damage = Damage(kind.value, message)


def decode_error(error: BaseException) -> DamageError:
    """Turn what a decoder threw into damage, whatever it was.

    Args:
        error: Decoders answer hostile content with nearly any exception there is.

    Returns:
        The error itself when it is damage already; `TooMuchMemory` for a failed allocation; otherwise a
        `DecodeError` with the decoder's words on one line of about 300 characters at most.
    """
    if isinstance(error, DamageError):
        return error
    if isinstance(error, MemoryError):
        return DamageError(DamageKind.TOO_MUCH_MEMORY, "decoding needs more memory than is allowed")
    reason = getattr(error, "strerror", None) or str(error)  # without the number, and whatever else stands behind it
    words = " ".join(reason.split())[:300] or "no reason given"
    # These are raised with a sentence; of the others, KeyError above all, only the name says anything.
    is_sentence = isinstance(error, (OSError, SyntaxError, ValueError))
    return DamageError(DamageKind.DECODE_ERROR, words if is_sentence else f"{type(error).__name__}: {words}")
