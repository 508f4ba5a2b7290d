"""The features of one modality: along a line, as a table, and the one under the cursor whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from peekui.browse.inspecting.timeline import Timeline
from peekui.ui.commands import Situation, Where
from peekui.ui.inspector.feature_detail import FeatureDetail
from peekui.ui.inspector.feature_rows import FeatureRows
from peekui.ui.inspector.timeline_strip import TimelineStrip
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from peekui.api.models import Asset
    from peekui.browse.inspecting.features import FeatureFacts
    from peekui.ui.widgets.row_view import RowView

__all__ = ["FeaturesTab"]

_REST = 0.1
"""Seconds the cursor rests before the text follows: drawing it on every move makes a held key stutter."""


class FeaturesTab(RunsCommands, Vertical):
    """Shows features; Enter goes to the one under the cursor, to read it."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.FEATURES)

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Start with none."""
        super().__init__(id=id)
        self.line = Input(placeholder="words; Enter lists the features with them", compact=True, classes="search-line")
        self.line.display = False
        self.strip = TimelineStrip()
        self.heading = Static(id="feature-heading", markup=False)
        self.rows = FeatureRows(id="feature-rows")
        self.found = Static(classes="found", markup=False)
        self.detail = FeatureDetail()
        self._asset: tuple[Asset, str | None] | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line of time above, table and detail below."""
        yield self.strip
        yield self.line
        with Horizontal(id="feature-parts"):
            with Vertical(id="feature-list"):
                yield self.heading
                yield self.rows
                yield self.found
            yield self.detail

    def show(self, asset: Asset, namespace: str | None, features: Sequence[FeatureFacts]) -> None:
        """Show other features, from the first, as a table."""
        self._asset = (asset, namespace)
        if self.has_class("-reading"):
            self.read(now=False)
        timeline = Timeline([facts.segment for facts in features])
        self.strip.timeline = timeline
        self.strip.display = bool(timeline)
        self.rows.set_reactive(FeatureRows.wanted, "")
        self.line.display = False
        self.rows.features = features
        self._draw_heading()
        self._draw_found()

    @property
    def reading(self) -> bool:
        """Whether the feature has the focus, and not the table."""
        return self.detail.has_focus_within or self.detail.has_focus

    def read(self, *, now: bool) -> None:
        """Go to the feature to read it, or back to the table; where there is room for one of them, that one shows."""
        self.set_class(now, "-reading")
        self.screen.set_focus(self.detail if now else self.rows)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(searched=bool(self.rows.wanted) or self.line.display)

    def on_resize(self) -> None:
        """Name the columns that are drawn now."""
        self.call_after_refresh(self._draw_heading)

    def on_row_view_highlighted(self, event: RowView.Highlighted) -> None:
        """Let the line of time follow at once, and what takes longer once the cursor rests."""
        event.stop()
        self.strip.current = self.rows.place or 0
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_REST, self._draw_detail)
        if self._asset:
            self.detail.show_picture(*self._asset, self.rows.current)

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Go to the feature."""
        event.stop()
        self.read(now=True)

    def on_timeline_strip_chosen(self, message: TimelineStrip.Chosen) -> None:
        """Go to the segment that was clicked."""
        message.stop()
        self.rows.go_to(message.index)

    def command_features_later(self) -> None:
        """Go to the next segment."""
        self.rows.command_rows_down()

    def command_features_earlier(self) -> None:
        """Go to the segment before."""
        self.rows.command_rows_up()

    def command_features_search(self) -> None:
        """Open the line to type words in."""
        self.line.display = True
        self.line.value = self.rows.wanted
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.screen.set_focus(self.line)

    def command_features_all(self) -> None:
        """List all again."""
        self._look_for("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """List the features that have the words."""
        event.stop()
        self._look_for(event.value.strip())

    def _look_for(self, words: str) -> None:
        self.line.display = False
        self.rows.wanted = words
        self._draw_found()
        self.read(now=False)

    def _draw_found(self) -> None:
        words = self.rows.wanted
        self.found.display = bool(words)
        self.found.update(Content(f"{self.rows.listed:,} of {len(self.rows.features):,} with “{one_line(words)}”"))

    def _draw_heading(self) -> None:
        self.heading.update(Content(self.rows.heading(self.rows.scrollable_content_region.width)))

    def _draw_detail(self) -> None:
        self.detail.show_text(self.rows.current, self.rows.wanted)
