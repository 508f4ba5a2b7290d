"""How a terminal is given pictures, and which way it surely takes.

Told by the environment: a terminal that is asked answers with what looks like keys.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["USUAL_CELL", "CellSize", "Choice", "Form", "choose_form", "read_cell_size"]


class Form(StrEnum):
    """What a picture is sent as."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"


class CellSize(NamedTuple):
    """Pixels of a cell."""

    width: int
    height: int


USUAL_CELL: Final = CellSize(10, 20)
"""Of the VT340, which most terminals that draw Sixel pictures follow; taken where a terminal does not say."""

_KITTY: Final = frozenset({"xterm-kitty", "xterm-ghostty"})
"""TERM of the terminals that draw placeholders (Kitty since 0.28, Ghostty). TERM alone counts: other variables are
inherited by whatever is started in such a terminal, and where placeholders are not known they look like rubbish."""
_SIXEL: Final = ("foot", "mlterm", "contour")
"""What TERM begins with in terminals that draw Sixel pictures as they come."""
_SIXEL_PROGRAMS: Final = frozenset({"WezTerm"})
"""TERM_PROGRAM of others. Where it was inherited no harm is done: a terminal leaves out what it cannot draw."""
_INSIDE: Final = ("STY", "ZELLIJ")
_TRUE_COLOURS: Final = frozenset({"truecolor", "24bit"})


@dataclass(frozen=True, slots=True)
class Choice:
    """How pictures are sent.

    Attributes:
        form: As what.
        why: The reason, as a part of a sentence.
    """

    form: Form
    why: str


def choose_form(wanted: str, environment: Mapping[str, str], cell: CellSize | None) -> Choice:
    """Choose how pictures are sent to a terminal.

    Args:
        wanted: A form by name; anything else leaves it to the environment.
        environment: The process's own, in general.
        cell: As the terminal says; None where it does not.
    """
    known = {form.value for form in Form}
    choice = Choice(Form(wanted), "as configured") if wanted in known else _told(environment, cell)
    if choice.form is Form.BLOCKS:
        return choice
    if environment.get("NO_COLOR"):
        return Choice(Form.BLOCKS, "NO_COLOR is set")
    # A placeholder names its picture by its colour, which fewer colours would round to another picture's.
    if choice.form is Form.KITTY and environment.get("COLORTERM", "").casefold() not in _TRUE_COLOURS:
        return Choice(Form.BLOCKS, "Kitty's pictures take COLORTERM=truecolor")
    return choice


def _told(environment: Mapping[str, str], cell: CellSize | None) -> Choice:
    surroundings = Surroundings.read(environment)
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if surroundings.page:
        return Choice(Form.BLOCKS, "seen in a page")
    if surroundings.tmux or term.startswith(("tmux", "screen")) or any(map(environment.get, _INSIDE)):
        return Choice(Form.BLOCKS, "inside tmux, screen or Zellij")
    if term in _KITTY:
        return Choice(Form.KITTY, f"TERM is {term}")
    if not (term.startswith(_SIXEL) or program in _SIXEL_PROGRAMS):
        return Choice(Form.BLOCKS, "nothing says that this terminal draws finer ones")
    if cell is None:
        return Choice(Form.BLOCKS, "the terminal does not say how many pixels a cell has")
    said = f"TERM_PROGRAM is {program}" if program in _SIXEL_PROGRAMS else f"TERM is {term}"
    return Choice(Form.SIXEL, said)


def read_cell_size() -> CellSize | None:
    """Give the pixels of a cell of the terminal this process draws on, None where that is not known."""
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415  (Windows has neither)
    import termios  # noqa: PLC0415

    try:
        # Where Textual draws. Kept by the system, and by ssh along the way: the terminal itself is not asked.
        answer = fcntl.ioctl(sys.__stderr__.fileno() if sys.__stderr__ else 2, termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return None
    rows, columns, width, height = struct.unpack("HHHH", answer)
    if not (rows and columns and width >= columns and height >= rows):
        return None
    return CellSize(width // columns, height // rows)
