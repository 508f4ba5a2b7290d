"""What there is to read of one feature: its words, its lists with bars, its vectors, and everything else it holds."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from textual.content import Content

from peekui.browse.inspecting.json_rows import JsonRow
from peekui.browse.inspecting.vectors import sparkline, summarise
from peekui.ui.inspector.leaves import leaf_of
from peekui.ui.untrusted import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.browse.inspecting.features import FeatureFacts
    from peekui.browse.inspecting.json_rows import JsonPath
    from peekui.browse.inspecting.scored import Scored
    from peekui.filters.nodes import JsonValue

__all__ = ["feature_text"]

_MOST_CHARACTERS = 20_000
_MOST_ITEMS = 50
_MOST_LINES = 200
_BAR = 10
_SPARK = 32


def feature_text(facts: FeatureFacts, words: str = "") -> Content:
    """Give all there is to read of a feature; of what is very long, the beginning.

    Args:
        facts: The feature.
        words: To make stand out in its text.
    """
    parts: list[Content] = []
    for name, text in facts.words.items():
        heading = [_heading(name)] if len(facts.words) > 1 else []
        parts += [*heading, _marked(_beginning(text), words), Content()]
    for path, items in facts.lists.items():
        parts += [_heading(path, len(items)), *_bars(items), Content()]
    for path, vector in facts.vectors.items():
        parts += [_heading(path), *_vector(vector), Content()]
    named = {
        "type": facts.feature.type,
        "feature": facts.feature.feature_id,
        "copy of": (facts.feature.model_extra or {}).get("duplicate_of"),
    }
    parts += [_line((name,), value) for name, value in named.items() if value]
    parts += islice(_tree(facts.others), _MOST_LINES)
    return Content("\n").join(parts)


def _heading(name: str, count: int | None = None) -> Content:
    return Content.assemble((one_line(name), "bold $primary"), ("" if count is None else f"  {count:,}", "dim"))


def _beginning(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return visible(text)
    return f"{visible(text[:_MOST_CHARACTERS])}… ({len(text):,} characters)"


def _marked(text: str, words: str) -> Content:
    content = Content(text)
    if words:
        for match in re.finditer(re.escape(words), text, re.IGNORECASE):
            content = content.stylize("reverse", *match.span())
    return content


def _bars(items: Sequence[Scored]) -> Iterator[Content]:
    for item in items[:_MOST_ITEMS]:
        filled = round(item.share * _BAR)
        rest = "  ".join(f"{one_line(name)} {_text(JsonRow((name,), value))}" for name, value in item.rest.items())
        yield Content.assemble(
            ("▇" * filled, "$primary"), ("·" * (_BAR - filled), "dim"), f" {item.score:.2f}  {one_line(item.name)}",
            (f"  {rest}" if rest else "", "dim"),
        )  # fmt: skip
    if len(items) > _MOST_ITEMS:
        yield Content.styled(f"… {len(items) - _MOST_ITEMS:,} with lower scores", "dim")


def _vector(vector: Sequence[float]) -> Iterator[Content]:
    found = summarise(vector)
    odd = f" · {found.odd:,} not finite" if found.odd else ""
    yield Content(f"{found.dimension:,} numbers · norm {found.norm:.4g}{odd}")
    yield Content(f"min {found.least:.3g} · mean {found.mean:.3g} · max {found.most:.3g}")
    yield Content.styled(sparkline(vector, _SPARK), "$primary")


def _tree(value: JsonValue, path: JsonPath = ()) -> Iterator[Content]:
    """Walk what is nested, a line a value, two cells a level."""
    if isinstance(value, dict):
        pairs: list[tuple[str | int, JsonValue]] = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value[: _MOST_ITEMS + 1]))
    else:
        return
    for step, item in pairs:
        if isinstance(item, dict | list) and item and not _is_short(item):
            yield _line((*path, step), item)
            yield from _tree(item, (*path, step))
        else:
            yield _line((*path, step), item)


def _is_short(value: JsonValue) -> bool:
    return isinstance(value, list) and len(value) <= 8 and not any(isinstance(item, dict | list) for item in value)


def _line(path: JsonPath, value: JsonValue) -> Content:
    name = f"[{path[-1]}]" if isinstance(path[-1], int) else one_line(path[-1])
    row = JsonRow(path, value)
    remark = leaf_of(row).remark
    margin = "  " * (len(path) - 1)
    return Content.assemble((f"{margin}{name:<10} ", "dim"), _text(row), (f"  · {remark}" if remark else "", "dim"))


def _text(row: JsonRow) -> str:
    """Give a value in one line; of a short list its members."""
    if isinstance(row.value, list) and row.value and _is_short(row.value):
        return ", ".join(leaf_of(JsonRow((), item)).text for item in row.value)
    return leaf_of(row).text
