"""An answer of the service, put in order: nothing is lost, and no signed URL is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from peekui.api.models import Asset, AssetFeatures
from peekui.browse.inspecting.inspected import HIDDEN, Inspected

if TYPE_CHECKING:
    from peekui.browse.inspecting.features import FeatureFacts

URL = "https://files.example/a?X-Amz-Signature=secret"


def inspected(features: dict[str, Any] | None, **asset: Any) -> Inspected:  # noqa: ANN401  (any field)
    answer = {"asset": {"asset_id": "a1", "url": URL, "preview_url": URL, **asset}, "features": features}
    return Inspected.of(AssetFeatures.model_validate(answer), Asset())


def only(found: Inspected) -> FeatureFacts:
    [[facts]] = found.modalities.values()
    return facts


def test_modalities_may_be_missing_null_empty_or_new() -> None:
    assert inspected(None).modalities == {}
    found = inspected({"video": None, "image": [], "hologram": [{"depth": 3}]})
    assert list(found.modalities) == ["hologram"]
    assert only(found).others == {"depth": 3}


def test_no_signed_url_is_shown_at_any_depth() -> None:
    found = inspected(
        {"image": [{"url": URL, "deep": [{"preview_url": URL}]}]}, metadata={"presigned_url": URL, "x": 1}
    )
    shown = json.dumps([found.answer, found.tree])
    assert "secret" not in shown
    assert HIDDEN in shown
    assert found.tree["metadata"] == {"presigned_url": HIDDEN, "x": 1}
    assert found.asset.url == URL


def test_features_come_in_the_order_of_time() -> None:
    features = [{"start_time": 5, "end_time": 6}, {"text": "timeless"}, {"start_time": 1, "end_time": 2}]
    found = inspected({"video": features}).modalities["video"]
    assert [facts.segment.start if facts.segment else None for facts in found] == [1, 5, None]


def test_fields_that_matter_come_first_and_unknown_ones_stay() -> None:
    found = inspected({}, zeta=1, status="DONE", error=None, created_at="2026-01-01T00:00:00")
    assert list(found.tree) == ["status", "created_at", "asset_id", "zeta"]


def test_a_feature_is_taken_apart() -> None:
    facts = only(
        inspected(
            {
                "video": [
                    {
                        "text": "a  fox\njumps",
                        "score": 0.5,
                        "vectors": {"clip": [0.5] * 16},
                        "faces": [{"face_id": "f", "confidence": 0.7}],
                        "metadata": {
                            "rms_dbfs": -30.0,
                            "tags": ["a"],
                            "dominant_colours": [{"hex": "#fff", "share": 1}],
                        },
                        "odd": {"deep": {"er": 1}},
                    }
                ]
            }
        )
    )
    assert facts.what == "a fox jumps"
    assert facts.words == {"text": "a  fox\njumps"}
    assert facts.score == 0.5
    assert list(facts.vectors) == ["vectors.clip"]
    assert sorted(facts.lists) == ["faces", "metadata.dominant_colours"]
    assert facts.others == {"metadata": {"rms_dbfs": -30.0, "tags": ["a"]}, "odd": {"deep": {"er": 1}}}
    assert facts.has("fox")
    assert not facts.has("cow")


def test_a_level_is_a_share_of_sixty_decibels() -> None:
    segment = {"start_time": 0, "end_time": 10, "metadata": {"rms_dbfs": -30}}
    found = only(inspected({"audio": [segment]})).segment
    assert found
    assert found.level == 0.5
