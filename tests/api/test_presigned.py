"""Presigned URLs: when they end, that they are never shown, and that one is asked for only when it is needed."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api import presigned
from peekui.api.client import AssetBody, MixpeekClient
from peekui.api.models import Asset
from peekui.api.presigned import SignedUrl, expiry_of
from peekui.api.signing import UrlBook
from peekui.library.presign import Presigner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service import Service

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
EPOCH = int(NOON.timestamp())


@pytest.mark.parametrize(
    ("query", "expiry"),
    [
        ("X-Amz-Date=20261122T110000Z&X-Amz-Expires=3600&X-Amz-Signature=a", NOON),
        ("x-amz-expires=3600&x-amz-signature=a&x-amz-date=20261122T110000Z", NOON),
        (f"AWSAccessKeyId=a&Expires={EPOCH}&Signature=a%3D", NOON),
        ("X-Goog-Algorithm=GOOG4&X-Goog-Date=20261122T110000Z&X-Goog-Expires=3600&X-Goog-Signature=a", NOON),
        (f"GoogleAccessId=a&Expires={EPOCH}&Signature=a", NOON),
        (f"Expires={EPOCH}&Signature=a&Key-Pair-Id=a", NOON),
        ("sv=2024-01-01&se=2026-11-22T12%3A00%3A00Z&sr=b&sp=r&sig=a%3D", NOON),
        ("se=2026-11-22T14%3A00%2B02%3A00&sig=a", NOON),
        ("se=2026-11-22&sig=a", datetime(2026, 11, 22, tzinfo=UTC)),
        ("", None),
        ("Expires=soon&Signature=a", None),
        (f"Expires={EPOCH}", None),  # any page's own
        ("se=2026-11-22", None),
        ("X-Amz-Date=20261122T110000Z", None),
        ("X-Amz-Date=20261322T110000Z&X-Amz-Expires=3600", None),
        ("X-Amz-Date=20261122T110000Z&X-Amz-Expires=" + "9" * 30, None),
        ("Signature=a&Expires=" + "9" * 5_000, None),
        ("Policy=eyJ9&Signature=a&Key-Pair-Id=a", None),
    ],
)
def test_when_a_url_ends(query: str, expiry: datetime | None) -> None:
    assert expiry_of(f"https://files.example/a%20b.jpg?{query}") == expiry
    assert expiry_of(f"https://[::1/{query}") is None


def test_the_embedded_librarys_own() -> None:
    path = Presigner("00" * 32, now=lambda: NOON).path("ast_1", "original", seconds=90)
    assert expiry_of(f"http://127.0.0.1:1{path}") == NOON + timedelta(seconds=90)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The time of day, to be moved by so many seconds; it begins at noon."""
    now = [NOON]
    monkeypatch.setattr(presigned, "_now", lambda: now[0])

    def forward(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    return forward


def signed(signature: str = "5ecc3e7", *, seconds: int = 3600, at: datetime = NOON) -> str:
    return f"https://files.example/a.jpg?X-Amz-Date={at:%Y%m%dT%H%M%SZ}&X-Amz-Expires={seconds}&X-Amz-Signature={signature}"


def test_a_url_is_shown_nowhere(clock: Callable[[float], None]) -> None:
    url = SignedUrl(signed())
    assert url.reveal() == signed()
    asset = Asset.model_validate_json(json.dumps({"asset_id": "a", "url": signed(), "preview_url": signed()}))
    for shown in (repr(url), str(url), f"{url}", f"{[url]}", repr(asset), str(asset)):
        assert "5ecc3e7" not in shown
    assert asset.url == signed()


def test_what_is_left_of_a_url(clock: Callable[[float], None]) -> None:
    url = SignedUrl(signed())
    assert (url.seconds_left(), url.is_fresh) == (3600, True)
    clock(3539)
    assert (url.seconds_left(), url.is_fresh) == (61, True)
    clock(1)
    assert (url.seconds_left(), url.is_fresh) == (60, False)
    clock(9999)
    assert url.seconds_left() == 0


def test_a_url_that_says_no_end_is_used_for_a_while(clock: Callable[[float], None]) -> None:
    url = SignedUrl("https://files.example/a.jpg")
    assert (url.expires_at, url.seconds_left(), url.is_fresh) == (None, None, True)
    clock(300)
    assert not url.is_fresh


@pytest.mark.parametrize(
    "url",
    [None, "", "a.jpg", "file:///etc/passwd", "javascript:alert(1)", "-K/etc/curlrc", "https://", "https:///a"]
    + [f"https://a.example/{odd}" for odd in ("a b", "a\nrm -rf ~", "\x1b[31m", "\x9b1m", "<a", 'a"b', "a\\b")],
)
def test_what_must_not_be_handed_on_is_no_url(url: str | None) -> None:
    assert SignedUrl.read(url) is None


class Signing:
    """A service that signs, each time anew; ask of it how often."""

    def __init__(self, seconds: int = 3600) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.seconds = seconds
        self.gate = asyncio.Event()
        self.gate.set()
        self.busy = asyncio.Event()

    async def __call__(self, asset_id: str, namespace: str | None) -> Asset:
        """Sign, once the gate is open."""
        self.asked.append((asset_id, namespace))
        if len(self.asked) == 2:
            self.busy.set()
        await self.gate.wait()
        url = signed(f"{asset_id}-{len(self.asked)}", seconds=self.seconds, at=presigned._now())
        return Asset(asset_id=asset_id, metadata={"file_name": "a.jpg"}, file_hash="h", url=url)


async def test_a_url_is_asked_for_once_while_it_lasts(clock: Callable[[float], None]) -> None:
    service = Signing()
    book = UrlBook(service)
    assert book.known("a", "ns") is None
    first = await book.get("a", "ns")
    assert (first.asset_id, first.file_name, first.file_hash, first.preview_url) == ("a", "a.jpg", "h", None)
    clock(3539)
    assert await book.get("a", "ns") is first
    assert book.known("a", "ns") is first
    clock(1)
    assert book.known("a", "ns") is None
    assert await book.get("a", "ns") is not first
    await book.get("a", "another")
    assert service.asked == [("a", "ns"), ("a", "ns"), ("a", "another")]


async def test_one_that_was_refused_is_signed_again_once(clock: Callable[[float], None]) -> None:
    service = Signing()
    book = UrlBook(service)
    first = await book.get("a", None)
    assert first.url
    second, third = await asyncio.gather(book.get("a", None, refused=first.url), book.get("a", None, refused=first.url))
    assert second is third
    assert second is not first
    assert len(service.asked) == 2


async def test_two_who_want_the_same_make_one_call_even_if_one_gives_up(clock: Callable[[float], None]) -> None:
    service = Signing()
    service.gate.clear()
    book = UrlBook(service)
    impatient, patient = (asyncio.create_task(book.get("a", None)) for _ in range(2))
    other = asyncio.create_task(book.get("b", None))
    await service.busy.wait()
    assert service.asked == [("a", None), ("b", None)]
    impatient.cancel()
    service.gate.set()
    assert (await patient).url
    assert (await other).url
    assert impatient.cancelled()
    assert service.asked[2:] == [("a", None)]
    assert not book._locks


async def test_the_book_is_bounded(clock: Callable[[float], None]) -> None:
    book = UrlBook(Signing(), capacity=3)
    for asset_id in "abc":
        await book.get(asset_id, None)
    await book.get("a", None)
    await book.get("d", None)
    assert [asset_id for asset_id in "abcd" if book.known(asset_id, None)] == ["a", "c", "d"]


async def test_a_clock_that_is_ahead_does_not_keep_urls_from_being_used(clock: Callable[[float], None]) -> None:
    book = UrlBook(Signing(seconds=30))
    assert (await book.get("a", None)).url


async def test_without_a_url_there_is_none(clock: Callable[[float], None]) -> None:
    async def sign(asset_id: str, _: str | None) -> Asset:
        return Asset(asset_id=asset_id, url="not a url")

    assert (await UrlBook(sign).get("a", None)).url is None


async def test_the_url_that_is_signed_fetches_the_files_exact_bytes(demo: Service) -> None:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        [namespace, *_] = await client.namespaces()
        collections = (await client.collections(namespace=namespace.key)).results
        body = AssetBody(collections=[item.key for item in collections])
        asset = (await client.assets(body, namespace=namespace.key, page_size=1)).results[0]
        assert asset.asset_id
        before = len(client.calls)
        file = await client.urls.get(asset.asset_id, namespace.key)
        assert await client.urls.get(asset.asset_id, namespace.key) is file
        assert [call.query for call in client.calls][before:] == ["return_url=true"]
        assert "X-Amz" not in f"{[*client.calls]} {file}"
    assert file.url
    left = file.url.seconds_left()
    assert left is not None
    assert 3500 < left <= 3600
    async with httpx.AsyncClient(trust_env=False) as plain:
        content = (await plain.get(file.url.reveal())).content
    assert len(content) == asset.size_bytes
    assert Path(file.file_name or "").suffix


async def test_urls_that_another_answer_brought_need_no_call() -> None:
    service = Signing()
    book = UrlBook(service)
    book.learn("a", None, await service("a", None))
    calls = len(service.asked)
    assert book.known("a", None)
    assert (await book.get("a", None)).url
    assert len(service.asked) == calls


async def test_who_has_no_url_is_not_asked_again_and_again() -> None:
    service = Signing()
    book = UrlBook(service)
    book.learn("a", None, Asset(asset_id="a"))
    assert book.known("a", None) is None
    assert (await book.get("a", None)).url is None
    assert not service.asked
    book._bare.clear()  # as after a minute
    assert (await book.get("a", None)).url
