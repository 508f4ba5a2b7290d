"""Fields to filter on, from indexes and rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from peekui.api.models import Asset, Namespace, PayloadIndex
from peekui.browse.seen_fields import SeenFields, percent
from peekui.filters.schema import SYSTEM_FIELDS, FieldType

NAMESPACE = Namespace(
    payload_indexes=[
        PayloadIndex(field_name="metadata.title", type="text"),
        PayloadIndex(field_name="metadata.never_seen", type="integer"),
        PayloadIndex(field_name=None, type="keyword"),
        PayloadIndex(field_name="metadata.odd", type=None),
    ]
)
ROWS = [
    Asset(
        asset_id=f"a{number}",
        status="DONE" if number else "FAILED",
        url="https://files.example/?X-Amz-Signature=secret",
        score=0.5,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        metadata={"title": f"t{number}", "tags": ["sea", "sea", "fog"], "faces": [{"age": number}, {"age": True}]},
    )
    for number in range(4)
]


def test_the_schema_knows_indexes_and_values_seen() -> None:
    schema = SeenFields.of(NAMESPACE, ROWS).schema
    title, tags, status = (schema.find(name) for name in ("metadata.title", "metadata.tags", "status"))
    assert title
    assert tags
    assert status
    assert (title.type, title.indexed) == (FieldType.TEXT, True)
    assert (tags.type, tags.indexed, tags.seen) == (None, False, ("fog", "sea"))
    assert status.seen == ("DONE", "FAILED")


def test_values_are_counted_by_row_the_most_frequent_first() -> None:
    fields = SeenFields.of(NAMESPACE, ROWS)
    status, tags = fields.find("status"), fields.find("metadata.tags")
    assert status
    assert tags
    assert status.values == (("DONE", 3), ("FAILED", 1))
    assert tags.values == (("fog", 4), ("sea", 4))


def test_true_is_not_one() -> None:
    ages = SeenFields.of(None, ROWS).find("metadata.faces[].age")
    assert ages
    assert (ages.key, ages.looks) == ("metadata.faces[].age", None)
    assert [(repr(value), count) for value, count in ages.values] == [
        ("True", 4), ("0", 1), ("1", 1), ("2", 1), ("3", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("secret", ["url", "preview_url", "score"])
def test_secrets_and_ranks_are_no_fields(secret: str) -> None:
    fields = SeenFields.of(NAMESPACE, ROWS)
    assert fields.find(secret) is None
    assert secret not in fields.names()


def test_names_are_of_all_fields_those_of_most_rows_first() -> None:
    rows = [*ROWS, Asset(metadata={"rare": 1})]
    fields = SeenFields.of(NAMESPACE, rows)
    names = fields.names()
    assert {*names} >= {*SYSTEM_FIELDS, "metadata.never_seen", "metadata.faces[].age", "metadata.rare"}
    assert names.index("metadata.title") < names.index("metadata.rare") < names.index("metadata.never_seen")
    assert fields.share("metadata.title") == pytest.approx(0.8)
    assert fields.share("metadata.never_seen") == 0


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("metadata.title", "text · indexed · in 100 %"),
        ("metadata.tags", "keyword · no index · in 100 %"),
        ("metadata.never_seen", "integer · indexed"),
        ("metadata.odd", "indexed"),
        ("created_at", "datetime · indexed · in 100 %"),
        ("nowhere", "no index and no loaded row has it"),
    ],
)
def test_a_field_is_described_in_a_line(key: str, text: str) -> None:
    assert SeenFields.of(NAMESPACE, ROWS).describe(key) == text


@pytest.mark.parametrize(
    ("values", "looks"),
    [
        ([1, 2], FieldType.INTEGER),
        ([1, 2.5], FieldType.FLOAT),
        ([True, False], FieldType.BOOL),
        (["a", "b"], FieldType.KEYWORD),
        (["2026-01-31", "2026-01-31T10:00:00Z"], FieldType.DATETIME),
        (["2026-01-31", "soon"], None),
        ([1, "1"], None),
        (["x" * 1_000], None),
    ],
)
def test_values_tell_how_to_edit_a_field_without_an_index(values: list[object], looks: FieldType | None) -> None:
    rows = [Asset.model_validate({"metadata": {"field": value}}) for value in values]
    assert SeenFields.of(None, rows).looks("metadata.field") is looks


def test_an_index_tells_it_in_spite_of_the_values() -> None:
    assert SeenFields.of(NAMESPACE, [Asset(metadata={"never_seen": "text"})]).looks("metadata.never_seen") is (
        FieldType.INTEGER
    )


def test_without_rows_there_is_nothing_seen() -> None:
    fields = SeenFields.of(None, [])
    assert fields.seen == {}
    assert {*fields.names()} == {*SYSTEM_FIELDS}


@pytest.mark.parametrize(("share", "text"), [(1.0, "100 %"), (0.637, "64 %"), (0.001, "<1 %")])
def test_parts_of_the_rows(share: float, text: str) -> None:
    assert percent(share) == text
