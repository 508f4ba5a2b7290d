"""How the browser and the process that decodes pictures talk; neither imports the other."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["ANSWER", "REQUEST"]

REQUEST: Final = struct.Struct(">IHHBBB")
"""Bytes of the file that follows, width and height in points to fit into, and the red, green and blue that shows
through where it is transparent."""
ANSWER: Final = struct.Struct(">?HHI")
"""Whether it went well, width, height, and how many bytes follow: points, else a sentence that says why not."""
