"""The palette: one line that finds commands, places, searches, names at the service."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api.client import MixpeekClient
from peekui.search.lines import parse_line
from peekui.search.resources import ResourceType
from peekui.search.saved import SavedSearch, save_search, saved_folder
from peekui.ui.screens.looked_for import LookedFor
from peekui.ui.screens.palette import PaletteScreen
from peekui.ui.screens.value import ValueScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@dataclass
class Interposed(httpx.AsyncBaseTransport):
    """Passes everything on to the service, but resource searches, which are answered as told."""

    answers: list[httpx.Response] = field(default_factory=list)
    asked: list[dict[str, object]] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    network: httpx.AsyncHTTPTransport = field(default_factory=httpx.AsyncHTTPTransport)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a resource search; pass on the rest."""
        if request.url.path != "/v1/resources/search":
            return await self.network.handle_async_request(request)
        self.asked.append(json.loads(request.content))
        await self.release.wait()
        return self.answers.pop(0)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.network.aclose()


@asynccontextmanager
async def with_answers(
    driving: Driving, service: Service, monkeypatch: pytest.MonkeyPatch, *answers: httpx.Response, held: bool = False
) -> AsyncIterator[tuple[Driver, Interposed]]:
    interposed = Interposed(list(answers))
    if not held:
        interposed.release.set()

    def client(base_url: str, key: object, **options: object) -> MixpeekClient:
        return MixpeekClient(base_url, service.api_key, transport=interposed)

    monkeypatch.setattr("peekui.api.client.MixpeekClient", client)
    async with driving(service) as driver:
        yield driver, interposed


def palette(driver: Driver) -> PaletteScreen:
    screen = driver.app.screen
    assert isinstance(screen, PaletteScreen)
    return screen


def found(driver: Driver) -> list[tuple[str, str]]:
    return [(choice.kind, choice.title) for choice in palette(driver).rows.choices]


def resource(kind: str, number: int) -> dict[str, object]:
    return {
        "resource_type": kind,
        "resource_id": f"x_{number}",
        "resource_name": f"zebra {number}",
        "description": None,
    }


async def test_what_is_at_hand_is_there_at_once_with_its_kind(driving: Driving, demo: Service) -> None:
    save_search(saved_folder(), "photos-late", SavedSearch(parse_line("status = DONE")))
    async with driving(demo) as driver:
        await driver.press("slash", *"harbour", "enter")
        await driver.until_rows()
        await driver.press(":", *"photos")
        assert found(driver)[:2] == [("collection", "photos"), ("saved", "@photos-late")]
        assert "collection" in driver.text()
        await driver.press("enter")
        await driver.until_rows()
        assert driver.browse.place.crumbs()[-1] == "photos"
        await driver.press(":", "[")
        assert {kind for kind, _ in found(driver)} == {"place"}
        assert any("harbour" in title for _, title in found(driver))


@pytest.mark.parametrize(("sign", "kinds"), [(">", {"command"}), ("@", {"saved"}), ("#", {"namespace", "collection"})])
async def test_a_sign_narrows_to_a_kind(driving: Driving, demo: Service, sign: str, kinds: set[str]) -> None:
    save_search(saved_folder(), "late", SavedSearch(parse_line("status = DONE")))
    async with driving(demo) as driver:
        await driver.press(":", sign)
        assert {kind for kind, _ in found(driver)} == kinds


async def test_a_type_narrows_what_is_at_hand_and_what_the_service_is_asked_for(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"results": [resource("published_retriever", 1)], "total": 1}
    async with with_answers(driving, demo, monkeypatch, httpx.Response(200, json=page)) as (driver, service):
        await driver.press(":", "#")
        assert "published_retriever" in driver.text()
        await driver.press(*"coll:")
        assert {kind for kind, _ in found(driver)} == {"collection"}
        assert not service.asked
        await driver.press(*["backspace"] * 5, *"pub: zebra")
        await driver.until(lambda: found(driver) == [("published retriever", "zebra 1")])
        assert [(body["query"], body["resource_types"]) for body in service.asked] == [
            ("zebra", ["published_retriever"])
        ]


@pytest.mark.parametrize(
    ("typed", "letters", "types"),
    [
        ("#c: x", "x", (ResourceType.COLLECTION, ResourceType.CLUSTER)),
        ("#Published Retriever:x", "x", (ResourceType.PUBLISHED_RETRIEVER,)),
        ("#film: noir", "film: noir", ()),
        ("#: x", ": x", ()),
        ("c: x", "c: x", ()),
        (">c: x", "c: x", ()),
    ],
)
def test_only_a_type_behind_the_sign_is_one(typed: str, letters: str, types: tuple[ResourceType, ...]) -> None:
    assert LookedFor.of(typed).asked == (letters, types)


def test_a_number_alone_is_a_row() -> None:
    rows = [LookedFor.of(typed).row for typed in ("12", "1,234 567", "#12", "12 monkeys", "", "1" * 5000)]
    assert rows == [12, 1_234_567, None, None, None, None]


async def test_a_command_is_run_and_a_row_is_gone_to(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press(":", *">sort", "enter")
        await driver.until_rows()
        assert driver.browse.place.sort
        await driver.press("ctrl+p", *"12", "enter")
        assert driver.browse.panes.rows.cursor == 11


async def test_the_service_is_asked_once_typing_rests(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"results": [resource("retriever", number) for number in range(20)], "total": 21}
    rest = {"results": [resource("bucket", 20)], "total": 21}
    answers = httpx.Response(200, json=page), httpx.Response(200, json=rest)
    async with with_answers(driving, demo, monkeypatch, *answers, held=True) as (driver, service):
        await driver.pilot.press(":", *"zebra")
        await driver.until(lambda: service.asked)
        assert "Looking at the service: 1 call…" in driver.text()
        assert found(driver) == []
        service.release.set()
        await driver.until(lambda: "knows 20 of 21" in driver.text())
        assert [body["query"] for body in service.asked] == ["zebra"]
        assert found(driver)[0] == ("retriever", "zebra 0")
        assert found(driver)[-1] == ("", "more… (20 of 21)")
        await driver.pilot.press("end")
        palette(driver).rows.cursor = 20
        await driver.pilot.press("enter")
        await driver.until(lambda: "knows 21 by" in driver.text())
        assert service.asked[1]["offset"] == 20
        assert palette(driver).rows.chosen == palette(driver).rows.choices[20]
        assert found(driver)[20] == ("bucket", "zebra 20")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ValueScreen)
        assert '"resource_id": "x_20"' in driver.text()


async def test_other_letters_cancel_what_was_asked_for(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = httpx.Response(200, json={"results": [resource("cluster", 1)], "total": 1})
    async with with_answers(driving, demo, monkeypatch, answer, held=True) as (driver, service):
        await driver.pilot.press(":", *"zeb")
        await driver.until(lambda: len(service.asked) == 1)
        await driver.pilot.press("r")
        await driver.until(lambda: len(service.asked) == 2)
        service.release.set()
        await driver.until(lambda: found(driver) == [("cluster", "zebra 1")])
        assert [body["query"] for body in service.asked] == ["zeb", "zebr"]
        await driver.press("backspace", "r")
        assert len(service.asked) == 2


@pytest.mark.parametrize("status", [404, 403, 405, 501])
async def test_a_service_without_resource_search_is_asked_no_more(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    answers = [httpx.Response(status, json={"detail": "Not Found"})]
    async with with_answers(driving, demo, monkeypatch, *answers) as (driver, service):
        await driver.press(":", *"pho")
        await driver.until(lambda: "no search for names" in driver.text())
        assert ("collection", "photos") in found(driver)
        await driver.press("t")
        assert len(service.asked) == 1
        await driver.press("enter")
        await driver.until_rows()
        assert driver.browse.place.crumbs()[-1] == "photos"


async def test_a_failure_is_told_and_what_is_at_hand_stays(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with with_answers(driving, demo, monkeypatch, httpx.Response(400, json={"detail": "no such thing"})) as (
        driver,
        _,
    ):
        await driver.press(":", *"pho")
        await driver.until(lambda: "✗" in driver.text())
        assert "no such thing" in driver.text()
        assert ("collection", "photos") in found(driver)


async def test_names_of_the_service_act_on_nothing(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = resource("new[/]kind", 1) | {"resource_name": "zebra a[/]b\x1b[2J", "description": "[bold]\x1b]0;x\x07"}
    answer = httpx.Response(200, json={"results": [record], "total": 1})
    async with with_answers(driving, demo, monkeypatch, answer) as (driver, _):
        await driver.press(":", *"zebra")
        await driver.until(lambda: "zebra a[/]b␛[2J" in driver.text())
        assert "new[/]kind" in driver.text()
        assert "[bold]␛]0;x" in driver.text()
        await driver.press("enter")
        assert isinstance(driver.app.screen, ValueScreen)


async def test_a_number_asks_nothing(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with with_answers(driving, demo, monkeypatch) as (driver, service):
        await driver.press(":", *"123")
        assert not service.asked


async def test_a_taxonomy_of_the_demo_shows_its_record(driving: Driving, demo: Service) -> None:
    with demo.http() as http:
        name = http.get("/v1/entities/taxonomies").json()["results"][0]["taxonomy_name"]
    async with driving(demo) as driver:
        await driver.press(":", "#", *name)
        await driver.until(lambda: ("taxonomy", name) in found(driver))
        index = found(driver).index(("taxonomy", name))
        palette(driver).rows.cursor = index
        await driver.press("enter")
        assert '"resource_type": "taxonomy"' in driver.text()


async def test_a_place_is_gone_to_from_the_inspector(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("enter", ":", "#", *"photos", "enter")
        await driver.until_rows()
        assert driver.app.screen is driver.browse
        assert driver.browse.place.crumbs()[-1] == "photos"
