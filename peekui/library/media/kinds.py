"""The media types that are told apart: their modality, their other names, and the endings that claim them."""

from __future__ import annotations

__all__ = ["BINARY", "EMPTY", "MEDIA_TYPES", "as_sound", "canonical", "claimed_type", "modality_of"]

BINARY = "application/octet-stream"
"""Content of a kind that is not known."""
EMPTY = "inode/x-empty"
"""No content at all."""

_MODALITIES = {
    "image/avif": "image",
    "image/bmp": "image",
    "image/gif": "image",
    "image/heic": "image",
    "image/jp2": "image",
    "image/jpeg": "image",
    "image/png": "image",
    "image/svg+xml": "image",
    "image/tiff": "image",
    "image/vnd.microsoft.icon": "image",
    "image/webp": "image",
    "image/x-portable-pixmap": "image",
    "video/mp2t": "video",
    "video/mp4": "video",
    "video/mpeg": "video",
    "video/ogg": "video",
    "video/quicktime": "video",
    "video/webm": "video",
    "video/x-flv": "video",
    "video/x-matroska": "video",
    "video/x-msvideo": "video",
    "audio/aac": "audio",
    "audio/aiff": "audio",
    "audio/flac": "audio",
    "audio/mp4": "audio",
    "audio/mpeg": "audio",
    "audio/ogg": "audio",
    "audio/wav": "audio",
    "audio/webm": "audio",
    "audio/x-matroska": "audio",
    "text/csv": "text",
    "text/html": "text",
    "text/markdown": "text",
    "text/plain": "text",
    "application/json": "text",
    "application/pdf": "text",
    "application/gzip": None,
    "application/zip": None,
}

MEDIA_TYPES = frozenset(_MODALITIES)
"""Every media type that `sniff` may give beside `BINARY` and `EMPTY`."""

_OTHER_NAMES = {
    "application/x-gzip": "application/gzip",
    "application/x-matroska": "video/x-matroska",
    "application/ogg": "video/ogg",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/x-aiff": "audio/aiff",
    "audio/x-flac": "audio/flac",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "image/heif": "image/heic",
    "image/jpg": "image/jpeg",
    "image/x-bmp": "image/bmp",
    "image/x-icon": "image/vnd.microsoft.icon",
    "image/x-ms-bmp": "image/bmp",
    "video/3gpp": "video/mp4",
    "video/avi": "video/x-msvideo",
    "video/x-m4v": "video/mp4",
}

_ENDINGS = {
    "image/avif": ".avif",
    "image/bmp": ".bmp .dib",
    "image/gif": ".gif",
    "image/heic": ".heic .heif",
    "image/jp2": ".jp2 .j2k",
    "image/jpeg": ".jpg .jpeg .jpe .jfif",
    "image/png": ".png .apng",
    "image/svg+xml": ".svg",
    "image/tiff": ".tif .tiff",
    "image/vnd.microsoft.icon": ".ico",
    "image/webp": ".webp",
    "image/x-portable-pixmap": ".ppm .pgm",
    "video/mp4": ".mp4 .m4v .3gp",
    "video/mpeg": ".mpg .mpeg",
    "video/ogg": ".ogv",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-flv": ".flv",
    "video/x-matroska": ".mkv",
    "video/x-msvideo": ".avi",
    "audio/aac": ".aac",
    "audio/aiff": ".aiff .aif",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg .oga .opus",
    "audio/wav": ".wav",
    "audio/x-matroska": ".mka",
    "text/csv": ".csv .tsv",
    "text/html": ".html .htm",
    "text/markdown": ".md .markdown",
    "text/plain": ".txt",
    "application/json": ".json",
    "application/pdf": ".pdf",
}
_CLAIMS = {ending: media_type for media_type, endings in _ENDINGS.items() for ending in endings.split()}


def as_sound(media_type: str) -> str:
    """Give the media type of a video container in which there is only sound."""
    name = media_type.replace("video/", "audio/", 1)
    return name if name in _MODALITIES else media_type


def canonical(media_type: str) -> str | None:
    """Give the one name used here for a media type, or None for a type that is not told apart."""
    name = _OTHER_NAMES.get(media_type, media_type)
    return name if name in _MODALITIES else None


def modality_of(media_type: str) -> str | None:
    """Give `video`, `image`, `text` or `audio`, or None for a type that is not understood."""
    return _MODALITIES.get(media_type)


def claimed_type(ending: str) -> str | None:
    """Give the media type that a file's ending (`.jpg`, any case) claims, or None when it claims nothing."""
    return _CLAIMS.get(ending.lower())
