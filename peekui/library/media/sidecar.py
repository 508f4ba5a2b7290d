"""Metadata that a user put beside a file: `NAME.EXT.json` or `NAME.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peekui.library.media.damage import DamageError
from peekui.library.media.json_safe import TooDeepError, clean_value
from peekui.library.media.limits import Limits
from peekui.library.media.opening import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.filters.nodes import JsonValue

__all__ = ["SIDECAR_BYTES", "Sidecar", "read_sidecar"]

SIDECAR_BYTES = 8 * 1024 * 1024
"""Larger sidecars are not read."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says.

    Attributes:
        metadata: The object in it; empty when there is a problem.
        problem: Why it cannot be used, as one sentence without a full stop. The file beside it is none the worse.
    """

    metadata: dict[str, JsonValue] = field(default_factory=dict)
    problem: str | None = None


def read_sidecar(path: Path) -> Sidecar:
    """Read a sidecar.

    Args:
        path: A JSON file.

    Returns:
        Its object, or why there is none: not JSON, not an object, nested deeper than 64, too large, not permitted.

    Raises:
        FileNotFoundError: It is gone.
    """
    try:
        with open_file(path, Limits(max_file_bytes=SIDECAR_BYTES)) as source:
            value = json.loads(source.read().decode("utf-8-sig"))
        clean = clean_value(value)
    except DamageError as error:
        return Sidecar(problem=f"{path.name}: {error.damage.message}")
    except UnicodeDecodeError:
        return Sidecar(problem=f"{path.name} is not UTF-8")
    except (RecursionError, TooDeepError):
        return Sidecar(problem=f"{path.name} nests too deeply")
    except ValueError as error:
        return Sidecar(problem=f"{path.name} is not JSON: {error}")
    if not isinstance(clean, dict):
        return Sidecar(problem=f"{path.name} does not hold an object")
    return Sidecar(clean)
