"""The editor of a condition: a line for the field, one for the operator, and for the value what its type asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from peekui.browse.condition_form import (
    ConditionForm,
    operator_words,
    read_key,
    read_operand,
    shown_key,
    shown_operand,
)
from peekui.browse.condition_offers import field_offers, operator_offers, value_offers
from peekui.filters import edits
from peekui.filters.expression.values import BadWord
from peekui.filters.nodes import VALUELESS, BadCondition, Condition, Operator
from peekui.filters.schema import FieldType
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.offer_list import NOTHING_CHOSEN, OfferList
from peekui.ui.widgets.option_rows import Option, OptionRows
from peekui.ui.widgets.value_chips import ValueChips

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from peekui.browse.condition_offers import Offer
    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.seen_fields import SeenFields
    from peekui.ui.widgets.row_view import RowView

__all__ = ["ConditionEditor"]

_EXISTS = (Option("yes", value=True), Option("no, it is missing", value=False))
_IS_NULL = (Option("yes, or missing", value=True), Option("no, it has a value", value=False))
_NO_VALUE = "expected a value"
_OFFERED = ("fields, and in how many rows", "ways to compare", "values, and in how many rows")
_HINTS = {
    FieldType.INTEGER: "a number; 10MB is a size",
    FieldType.FLOAT: "a number; 10MB is a size",
    FieldType.DATETIME: "2026-01-31, or -7d from now (s m h d w)",
}


class _Line(Input):
    """A line that knows what stood in it before anything was typed."""

    def __init__(self, name: str, note: Static, *, completes: bool = False) -> None:
        super().__init__(id=f"condition-{name}", compact=True)
        self.note = note
        self.completes = completes
        self.shown = ""

    @property
    def typed(self) -> bool:
        """Whether it is not as it was shown."""
        return self.value != self.shown

    def show(self, text: str) -> None:
        """Put a text in."""
        self.shown = self.value = text


class ConditionEditor(Vertical):
    """Fills in the condition in hand of a draft, or a new one. The draft changes with each part that is taken.

    Attributes:
        form: What is filled in; it is ahead of the draft while a part is missing.
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "offer('rows_down')", show=False),
        Binding("up", "offer('rows_up')", show=False),
        Binding("pagedown", "offer('rows_page_down')", show=False),
        Binding("pageup", "offer('rows_page_up')", show=False),
    ]

    def __init__(self, draft: FilterDraft, fields: SeenFields, leave: Callable[[], object]) -> None:
        """Take what to edit.

        Args:
            draft: The filter.
            fields: What to offer.
            leave: Goes back to where the node was chosen.
        """
        super().__init__()
        self.form = ConditionForm()
        self._draft = draft
        self._fields = fields
        self._leave = leave
        self.field = _Line("field", _note(), completes=True)
        self.operator = _Line("operator", _note(), completes=True)
        self.value = _Line("value", _note())
        self.chips = ValueChips()
        self.options = OptionRows()
        self.heading = _note()
        self.offers = OfferList()
        self.offers.display = False

    def compose(self) -> ComposeResult:
        """Three lines with what is to be said of each, and what is offered for the one that is typed in."""
        for label, line in (("Field", self.field), ("Operator", self.operator)):
            yield Horizontal(Static(label, classes="editor-label"), Vertical(line, line.note))
        value = Vertical(self.chips, self.options, self.value, self.value.note)
        yield Horizontal(Static("Value", classes="editor-label"), value)
        yield self.heading
        yield self.offers

    # -- what is shown ------------------------------------------------------------------------------------

    def show(self) -> None:
        """Draw the condition in hand, or the empty form of a new one."""
        node = self._draft.node if self._draft.inserting is None else None
        self.form = ConditionForm.of(node) if isinstance(node, Condition) else ConditionForm()
        self._draw()

    def take_focus(self) -> None:
        """Begin where something is missing, else at the value."""
        self.screen.set_focus(self._value_part if self.form.key else self.field)

    def finish(self) -> bool:
        """Take what was typed; False, with the reason under the line, where it says nothing or a value is missing."""
        if not all(self._take(line, line.value) for line in self._lines if line.typed):
            return False
        if self._draft.inserting is not None and self.form.key:
            _complain(self.value, _NO_VALUE)
            return False
        return True

    @property
    def _lines(self) -> tuple[_Line, ...]:
        return self.field, self.operator, self.value

    @property
    def _value_part(self) -> Widget:
        return self.options if self.options.display else self.value

    def _draw(self) -> None:
        form, type_ = self.form, self._fields.looks(self.form.key)
        self.field.show(shown_key(form.key) if form.key else "")
        self.field.placeholder = "" if form.key else "type, or ↓ to choose"
        _say(self.field, self._fields.describe(form.key) if form.key else "")
        self.operator.show(operator_words(form.operator, type_))
        _say(self.operator, "")
        options = self._options(type_)
        self.options.display = bool(options)
        self.options.show(options, form.operands[0] if form.operands else None)
        texts = tuple(shown_operand(form.key, form.operator, value) for value in form.operands)
        self.chips.display = form.takes_several and bool(texts)
        self.chips.values = texts if form.takes_several else ()
        self.value.display = not options
        self.value.show("" if form.takes_several else "".join(texts))
        self.value.placeholder = "one more value" if self.chips.display else ""
        words = "words to look for" if form.operator is Operator.TEXT else _HINTS.get(type_, "") if type_ else ""
        _say(self.value, "" if options else words)
        if self.screen.focused in self._lines:
            self._offer()

    def _options(self, type_: FieldType | None) -> tuple[Option, ...]:
        form = self.form
        if form.operator in VALUELESS:
            return _EXISTS if form.operator is Operator.EXISTS else _IS_NULL
        if type_ is not FieldType.BOOL or form.takes_several or any(not isinstance(one, bool) for one in form.operands):
            return ()
        seen = self._fields.find(form.key)
        counts = {value: f"{count:,}" for value, count in (seen.values if seen else ())}
        return tuple(Option(str(one).lower(), one, counts.get(one, "")) for one in (True, False))

    # -- what can be taken --------------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer something for the line."""
        if event.widget in self._lines:
            self._offer()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take what was typed in a line that is left."""
        if self.screen.focused not in self._lines:
            self.heading.display = self.offers.display = False
            self.offers.show(())
        line = event.widget
        if isinstance(line, _Line) and line.typed:
            self._take(line, line.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what has the letters typed."""
        event.stop()
        if event.input is self.screen.focused:
            self._offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the offer under the cursor, else what was typed, and go on."""
        event.stop()
        if isinstance(event.input, _Line):
            self._submit(event.input)

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Take the offer that was clicked, or the option that was chosen."""
        event.stop()
        if event.view is self.options:
            self._fill_in(replace(self.form, operands=(bool(self.options.options[event.index].value),)))
            self._leave()
        elif isinstance(self.screen.focused, _Line):
            self._submit(self.screen.focused)

    def on_value_chips_removed(self, event: ValueChips.Removed) -> None:
        """Take a value out of the list."""
        event.stop()
        self._fill_in(self.form.without(event.index))
        if not self.form.operands:
            self.screen.set_focus(self.value)

    def action_offer(self, move: str) -> None:
        """Move the cursor among the offers, from within the line."""
        if not isinstance(self.screen.focused, _Line):
            raise SkipAction
        getattr(self.offers, f"command_{move}")()

    def action_complete(self) -> None:
        """Take the offer under the cursor, or the first for what was typed, and go to the next part."""
        line = self.screen.focused
        if not isinstance(line, _Line) or self._take_from(line, complete=line.completes):
            self.screen.focus_next()

    def _offer(self) -> None:
        """Offer what has the letters typed; the cursor is on what is filled in already."""
        line = self.screen.focused
        offers = self._offers_for(line, line.value if line.typed else "") if isinstance(line, _Line) else ()
        several = line is self.value and self.form.takes_several
        chosen = next((index for index, offer in enumerate(offers) if offer.taken), NOTHING_CHOSEN)
        if several:
            stays = [offer.text for offer in offers] == [offer.text for offer in self.offers.offers]
            chosen = self.offers.cursor if stays else NOTHING_CHOSEN
        elif isinstance(line, _Line) and line.typed:
            chosen = NOTHING_CHOSEN
        self.heading.display = self.offers.display = bool(offers)
        if isinstance(line, _Line):
            self.heading.update(_OFFERED[self._lines.index(line)])
        self.offers.show(offers, chosen)

    def _offers_for(self, line: _Line, wanted: str) -> tuple[Offer, ...]:
        if line is self.field:
            return tuple(field_offers(self.form, self._fields, wanted))
        if line is self.operator:
            return tuple(offer for _, offer in operator_offers(self.form, self._fields, wanted))
        return tuple(value_offers(self.form, self._fields, wanted))

    # -- taking it ----------------------------------------------------------------------------------------

    def _submit(self, line: _Line) -> None:
        before = self.form
        if not self._take_from(line, complete=False):
            return
        if line is self.field:
            self.screen.set_focus(self.operator)
        elif line is self.operator:
            self.screen.set_focus(self._value_part)
        elif self.form.takes_several and self.form != before:
            return  # there may be more of them
        elif self._draft.inserting is not None or self.form.condition() is None:
            _complain(line, _NO_VALUE)
        else:
            self._leave()

    def _take_from(self, line: _Line, *, complete: bool) -> bool:
        """Take the offer under the cursor, else what was typed; False where that says nothing.

        Args:
            line: It is for.
            complete: The first offer will do where what was typed is none of them.
        """
        offer = self.offers.chosen
        if offer is None and complete and line.typed and line.value not in {one.text for one in self.offers.offers}:
            offer = next(iter(self.offers.offers), None)
        text = offer.text if offer else line.value
        return text == line.shown or self._take(line, text)

    def _take(self, line: _Line, text: str) -> bool:
        try:
            self._fill_in(self._read(line, text))
        except (BadCondition, BadWord) as error:
            _complain(line, str(error))
            return False
        return True

    def _read(self, line: _Line, text: str) -> ConditionForm:
        if line is self.field:
            key = read_key(text)
            known = self._fields.schema.find(key)
            return self.form.with_key(key, known.type if known else None)
        if line is self.operator:
            fitting = operator_offers(self.form, self._fields, text)
            if not fitting:
                raise BadCondition("operator", "there is no such comparison for this field")
            return self.form.with_operator(fitting[0][0])
        return self.form.with_operand(read_operand(text, self.form.operator))

    def _fill_in(self, form: ConditionForm) -> None:
        """Change the condition in hand, or put the new one in once it has a value."""
        condition, place, tree = form.condition(), self._draft.inserting, self._draft.tree
        self.form = form
        if condition is not None and place is None:
            self._draft.apply(edits.substitute(tree, self._draft.path, condition))
        elif condition is not None and place is not None and form.operands:
            self._draft.apply(edits.insert(tree, place, condition))
        self._draw()


def _note() -> Static:
    note = Static(classes="editor-note", markup=False)
    note.display = False
    return note


def _say(line: _Line, text: str | Content) -> None:
    if line.note.content != text:  # a text that is the same would still be laid out anew
        line.note.update(text)
        line.note.display = bool(text)


def _complain(line: _Line, reason: str) -> None:
    _say(line, Content.styled(f"✗ {one_line(reason)}.", "$text-error"))
