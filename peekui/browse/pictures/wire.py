"""How the browser and the process that decodes pictures talk; neither imports the other."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["ANSWER", "FORMS", "REQUEST"]

FORMS: Final = ("blocks", "kitty", "sixel")
"""What may be asked for beside the points, which are for half blocks; a request has the index."""
REQUEST: Final = struct.Struct(">IHHBBBBHH")
"""Bytes of the file that follows, width and height in points to fit into, the red, green and blue that shows through
where it is transparent, the form, and the pixels of a cell, width and height."""
ANSWER: Final = struct.Struct(">?HHII")
"""Whether it went well, width, height, how many bytes follow: of points, else of a sentence that says why not; and how
many of the form asked for follow these."""
