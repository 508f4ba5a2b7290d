"""Holding a filter against an asset, and muting what keeps it out."""

from __future__ import annotations

import pytest

from peekui.api.models import Asset
from peekui.browse.query import AssetQuery
from peekui.browse.why import Example, muting_all
from peekui.filters.comparing import Verdict
from peekui.filters.culprits import fewest_to_mute
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression

ASSET = Asset.model_validate(
    {
        "asset_id": "a1",
        "collection_id": "c1",
        "status": "DONE",
        "error": None,
        "created_at": "2024-05-01T10:00:00",
        "url": "https://s3/secret",
        "metadata": {"odd": "\ud800"},
        "own": 7,
    }
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("status = done and own = 7", Verdict.TRUE),
        ("created_at = 2024-05-01T12:00:00+02:00", Verdict.TRUE),
        ("error exists and error is null", Verdict.TRUE),
        ("modality exists", Verdict.FALSE),
        ("url exists", Verdict.FALSE),
        ("metadata.odd ~ fog", Verdict.UNKNOWN),
    ],
)
def test_it_is_held_against_the_asset_as_the_service_has_it(text: str, verdict: Verdict) -> None:
    assert Example(ASSET).against(parse(text)).verdict is verdict


def test_what_was_not_fetched_is_unknown() -> None:
    assert Example(ASSET, ("status",)).against(parse("own = 7")).verdict is Verdict.UNKNOWN


def test_an_asset_of_another_collection_is_outside() -> None:
    assert Example(ASSET).outside(AssetQuery("ns", ("c2",)))
    assert not Example(ASSET).outside(AssetQuery("ns", ("c2", "c1")))
    assert not Example(Asset()).outside(AssetQuery("ns", ("c2",)))


def test_obstacles_are_muted_in_one_edit_and_the_asset_matches() -> None:
    tree = parse("status = FAILED and (modality = image or modality = video) and own = 7")
    finding = Example(ASSET).against(tree)
    edit = muting_all(tree, fewest_to_mute(finding) or ())
    assert to_expression(edit.tree) == (
        "muted(status = FAILED) and (muted(modality = image) or muted(modality = video)) and own = 7"
    )
    assert edit.path == (0,)
    assert Example(ASSET).against(edit.tree).verdict is Verdict.TRUE
