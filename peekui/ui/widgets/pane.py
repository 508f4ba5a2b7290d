"""A framed part of the browser: a body, and a notice in its place while there is nothing to show."""

from __future__ import annotations

from itertools import takewhile

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from peekui.ui.widgets.notice import Notice, Problem, Tone

__all__ = ["Pane"]


class Pane(VerticalScroll, can_focus=False):
    """A frame with a title; bright when the focus is in it. It scrolls where a notice is longer than it is high."""

    def __init__(self, body: Widget, *, title: str, id: str) -> None:  # noqa: A002  (Textual's word)
        """Frame a widget.

        Args:
            body: What the pane is for.
            title: Of the frame.
            id: Of the pane.
        """
        super().__init__(id=id)
        self.body = body
        self.notice = Notice()
        # Nothing was asked yet: that is loading, not empty.
        self.notice.show(Tone.LOADING, "Loading…")
        self.border_title = title
        self._corner = ""
        self.styles.padding = (1, 2)

    def render(self) -> Content:
        """Draw what the notice says, in the first frame: neither it nor the body is there yet."""
        return self.notice.render()

    async def furnish(self) -> None:
        """Put the body and the notice in; one of them is shown. Not before the first frame, which would wait."""
        self.styles.padding = 0
        self.body.display = False
        await self.mount(*self.parts())

    def parts(self) -> list[Widget]:
        """Give what is in the frame, from top to bottom."""
        return [self.body, self.notice]

    @property
    def problem(self) -> Problem | None:
        """The failure on show, if there is one."""
        return self.notice.problem if self.notice.display else None

    def draw_corner(self, text: str) -> None:
        """Say something of the body in the lower right corner of the frame; a notice takes it away.

        What changes with every key goes there. Textual's `border_subtitle` would have the whole pane drawn again for
        it; this has only the last line drawn.
        """
        if text == self._corner:
            return
        self._corner, self._border_subtitle = text, Content(text)
        self.refresh(Region(0, self.content_size.height, self.content_size.width, 1))

    def shows(self, tone: Tone) -> bool:
        """Say whether a notice of a kind is on show, other than a failure."""
        return self.notice.display and self.notice.tone is tone and self.notice.problem is None

    def show_body(self) -> None:
        """Show what the pane is for."""
        self._swap(show_notice=False)

    def say(self, tone: Tone, what: str, advice: str = "") -> None:
        """Show a notice in place of the body."""
        self.notice.show(tone, what, advice)
        self._swap(show_notice=True)

    def fail(self, problem: Problem) -> None:
        """Show a failure in place of the body."""
        self.notice.show_problem(problem)
        self._swap(show_notice=True)

    def take_focus(self) -> None:
        """Put the focus on whatever the pane shows."""
        shown = self.notice if self.notice.display else self.body
        nodes = shown.walk_children(Widget, with_self=True)
        target = next((node for node in nodes if node.focusable and self._shows(node)), None)
        if target is not None:
            target.focus()

    def _shows(self, node: Widget) -> bool:
        """Say whether nothing in the pane hides a part of it; the pane itself may be hidden until it has the focus."""
        return all(part.display for part in takewhile(lambda part: part is not self, node.ancestors_with_self))

    def _swap(self, *, show_notice: bool) -> None:
        focused = self.is_attached and self.has_focus_within
        self.notice.display = show_notice
        self.body.display = not show_notice
        if show_notice:
            self.draw_corner("")
        if focused:
            self.take_focus()
