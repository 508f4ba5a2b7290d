"""What the search line and its results look like, at three sizes, dark and light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from peekui.ui.widgets.search_line import LineAids
from tests.ui.scenes import SIZES, THEMES, Scene, keys, look_at

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.service import Service
    from tests.ui.driver import Driver
    from tests.ui.scenes import Step

pytestmark = pytest.mark.usefixtures("still")

CURL = """curl -X POST 'https://api.mixpeek.com/v1/assets?page_size=20' \\
  -H 'Authorization: Bearer sk_not_to_be_seen' -d '{"collections": ["notes"]}'"""


async def completed(driver: Driver) -> None:
    await driver.press("/")
    driver.browse.panes.search.aid(LineAids(earlier=("harbour status = DONE in:notes sort:-created_at",)))
    await driver.press(*"harb")


def pasted(text: str, until: str) -> Step:
    async def step(driver: Driver) -> None:
        await driver.press("/")
        driver.app.post_message(events.Paste(text))
        await driver.until(lambda: until in driver.text())

    return step


SCENES = {
    "empty": Scene(keys("/", until="in: key:")),
    "offers": Scene(keys("/", *"harbour stat", "down", until="keyword")),
    "values": Scene(keys("/", *"harbour status = ", until="FAILED")),
    "ghost": Scene(completed),
    "error": Scene(keys("/", *"harbour in:notes,nowhere", "enter", until="no collection")),
    "error at the end": Scene(keys("/", *"harbour status =", "enter", until="expected")),
    "pasted curl": Scene(pasted(CURL, "asks it here")),
    "pasted hash": Scene(pasted("a" * 64, "hash")),
    "results": Scene(keys("/", *"harbour", "enter", until="2 in 12 ms")),
    "refined": Scene(keys("/", *"harbour status = DONE in:notes size:50", "enter", "|", *"dawn", until="dawn")),
}


@pytest.mark.parametrize("name", SCENES)
async def test_scene(name: str, small: Service, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    await look_at(small, SCENES[name], pictures, tmp_path, sizes=SIZES[:3], themes=THEMES[:2])
