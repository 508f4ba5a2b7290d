"""Pictures from a store that may be out to harm: each is drawn, or there is a reason why not."""

from __future__ import annotations

import asyncio
import io
import stat
import time
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from peekui.api.client import MixpeekClient
from peekui.api.models import Asset, Feature
from peekui.api.secret import Secret
from peekui.browse.pictures import decoder as decoder_module
from peekui.browse.pictures.cache import PictureCache
from peekui.browse.pictures.decoder import Decoder, NoPicture
from peekui.browse.pictures.gallery import Gallery
from peekui.browse.pictures.limits import AT_ONCE
from peekui.browse.pictures.raster import Raster
from peekui.browse.pictures.wanted import WantedPicture
from tests.browse.pictures.hostile_store import Store, hostile_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

BOX, GROUND = (40, 40), (0, 0, 0)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with hostile_store() as running:
        yield running


@pytest.fixture
async def client(store: Store) -> AsyncIterator[MixpeekClient]:
    async with MixpeekClient(store.origin, Secret("sk_test")) as one:
        yield one


@pytest.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    one = Gallery(tmp_path / "pictures", patience=1.0)
    yield one
    await one.aclose()


def wanted(kind: str, **others: Any) -> WantedPicture:  # noqa: ANN401  (any field)
    return WantedPicture(
        Asset.model_validate({"asset_id": kind, "file_hash": kind, "modality": "image"} | others), None
    )


async def test_a_good_one_is_drawn_and_kept(
    client: MixpeekClient, gallery: Gallery, store: Store, tmp_path: Path
) -> None:
    raster = await gallery.get(client, wanted("good"), BOX, GROUND)
    assert (raster.width, raster.height) == BOX
    assert gallery.known(wanted("good"), BOX, GROUND) is raster
    before = len(store.asked)
    smaller = await gallery.get(client, wanted("good"), (10, 10), GROUND)
    assert (smaller.width, len(store.asked)) == (10, before)
    folder = tmp_path / "pictures"
    [kept] = folder.iterdir()
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(kept.stat().st_mode)) == (0o700, 0o600)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("bomb", "more than the 40,000,000 points"),
        ("truncated", "cannot be shown"),
        ("garbled", "cannot be shown"),
        ("wrong-type", "no picture of a kind"),
        ("empty", "no picture of a kind"),
        ("endless", "larger than the 20 MB"),
        ("too-large", "larger than the 20 MB"),
        ("slow", "took more than 1 s to fetch"),
        ("refused", "403"),
    ],
)
async def test_a_bad_one_has_a_reason_and_is_not_kept(
    client: MixpeekClient, gallery: Gallery, tmp_path: Path, kind: str, reason: str
) -> None:
    with pytest.raises(NoPicture, match=reason):
        await gallery.get(client, wanted(kind), BOX, GROUND)
    assert not (tmp_path / "pictures").exists()
    assert (await gallery.get(client, wanted("good"), BOX, GROUND)).width


@pytest.mark.parametrize(
    ("asset", "reason"),
    [
        ({"asset_id": None}, "no id"),
        ({"status": "FAILED"}, "could not be read"),
        ({"modality": "text"}, "no picture of text"),
    ],
)
async def test_what_can_have_none_is_not_asked_for(
    client: MixpeekClient,
    gallery: Gallery,
    store: Store,
    asset: dict[str, Any],
    reason: str,
) -> None:
    before = len(store.asked)
    with pytest.raises(NoPicture, match=reason):
        await gallery.get(client, wanted("good", **asset), BOX, GROUND)
    assert len(store.asked) == before


async def test_no_call_is_made_that_may_not_be(client: MixpeekClient, gallery: Gallery, store: Store) -> None:
    rationed = WantedPicture(wanted("good").asset, None, may_call=False)
    before = len(store.asked)
    with pytest.raises(NoPicture, match="takes a call"):
        await gallery.get(client, rationed, BOX, GROUND)
    assert len(store.asked) == before
    await client.urls.get("good", None)
    assert (await gallery.get(client, rationed, BOX, GROUND)).width


async def test_a_segment_has_its_own(client: MixpeekClient, gallery: Gallery, store: Store) -> None:
    feature = Feature(feature_id="f1", preview_url=f"{store.origin}/files/good?sig=x&se=2999-01-01T00:00:00Z")
    part = WantedPicture(wanted("good").asset, None, feature)
    assert part.key != wanted("good").key
    assert (await gallery.get(client, part, BOX, GROUND)).width
    with pytest.raises(NoPicture, match="no picture of this segment"):
        await gallery.get(client, WantedPicture(wanted("good").asset, None, Feature(feature_id="f2")), BOX, GROUND)


async def test_only_a_few_are_fetched_at_once(
    client: MixpeekClient, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, running, most = asyncio.Barrier(AT_ONCE), 0, 0

    async def fetch(*_: object) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await together.wait()
        running -= 1
        return b""

    monkeypatch.setattr(Gallery, "_fetch", fetch)
    many = (gallery.get(client, wanted(f"asset {number}"), BOX, GROUND) for number in range(4 * AT_ONCE))
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(*many, return_exceptions=True)
    assert all(isinstance(outcome, NoPicture) for outcome in outcomes)
    assert most == AT_ONCE


async def test_what_is_being_decoded_is_kept_though_nobody_waits(client: MixpeekClient, gallery: Gallery) -> None:
    task = asyncio.create_task(gallery.get(client, wanted("good"), BOX, GROUND))
    await until(lambda: gallery._decoding)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gallery.known(wanted("good"), BOX, GROUND) is None
    await until(lambda: gallery.known(wanted("good"), BOX, GROUND))


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  (what is waited for tells nobody)
            await asyncio.sleep(0.001)


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401  (Pillow's)
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@pytest.fixture
async def decoder() -> AsyncIterator[Decoder]:
    one = Decoder()
    yield one
    await one.aclose()


async def test_pictures_are_drawn_the_right_way_up_and_on_the_ground(decoder: Decoder) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    turned = await decoder.decode(encoded(Image.new("RGB", (80, 20), "red"), "JPEG", exif=exif), (100, 100), GROUND)
    assert (turned.width, turned.height) == (20, 80)
    clear = await decoder.decode(encoded(Image.new("RGBA", (2, 2), (0, 0, 0, 0))), BOX, (10, 20, 30))
    assert clear.points == bytes((10, 20, 30)) * 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
async def test_every_mode_is_drawn(decoder: Decoder, mode: str) -> None:
    content = encoded(Image.new(mode, (60, 30)), "TIFF" if mode in {"CMYK", "F"} else "PNG")
    raster = await decoder.decode(content, (20, 20), GROUND)
    assert (raster.width, raster.height) == (20, 10)


async def test_a_decoder_that_was_killed_is_started_again(decoder: Decoder) -> None:
    good = encoded(Image.new("RGB", (4, 4)))
    await decoder.decode(good, BOX, GROUND)
    assert decoder._process
    decoder._process.kill()
    await decoder._process.wait()
    assert (await decoder.decode(good, BOX, GROUND)).width


async def test_a_decoder_that_takes_too_long_is_ended() -> None:
    decoder = Decoder(patience=0.0001)
    with pytest.raises(NoPicture, match="to decode"):
        await decoder.decode(encoded(Image.new("RGB", (4, 4))), BOX, GROUND)
    assert decoder._process is None


async def test_who_goes_on_does_not_get_the_answer_before(decoder: Decoder) -> None:
    task = asyncio.create_task(decoder.decode(encoded(Image.new("RGB", (3000, 3000))), BOX, GROUND))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    raster = await decoder.decode(encoded(Image.new("RGB", (4, 4))), BOX, GROUND)
    assert (raster.width, raster.height) == (4, 4)


def unread(decoder: Decoder) -> int:
    """Say how many bytes a decoder has said that nobody took."""
    stdout = decoder._process.stdout if decoder._process else None
    return len(stdout._buffer) if stdout else 0  # type: ignore[attr-defined]  # (asyncio does not tell)


async def test_a_decoder_is_ended_though_nobody_reads_what_it_said(decoder: Decoder) -> None:
    noise = encoded(Image.effect_noise((1500, 1500), 90), "BMP")
    task = asyncio.create_task(decoder.decode(noise, (1500, 1500), GROUND))
    async with asyncio.timeout(20):
        while unread(decoder) < 2**18:  # noqa: ASYNC110  (nothing tells of it)
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_without_pillow_there_is_a_reason(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_module, "find_spec", lambda _: None)
    with pytest.raises(NoPicture, match=r"peekui\[pictures\]"):
        await decoder.decode(b"", BOX, GROUND)


def test_the_cache_keeps_what_was_used_last(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "cache", most_bytes=1000)
    for number in range(9):
        cache.put(f"{number}", bytes(100))
        time.sleep(0.002)  # files of the same moment have no order
    assert cache.get("0")
    cache.put("last", bytes(300))
    assert cache.get("0")
    assert cache.get("last")
    assert cache.get("1") is None
    assert sum(file.stat().st_size for file in (tmp_path / "cache").iterdir()) <= 1000


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PictureCache(tmp_path / "file")
    cache.put("a", b"b")
    assert cache.get("a") is None


def test_a_raster_has_two_points_in_a_cell() -> None:
    red, blue, white = (255, 0, 0), (0, 0, 255), (255, 255, 255)
    points = bytes(number for point in (red, red, blue, white, white, red) for number in point)
    raster = Raster(2, 3, points)
    assert raster.rows == 2
    assert list(raster.row(0)) == [(red, blue, 1), (red, white, 1)]
    assert list(raster.row(1)) == [(white, None, 1), (red, None, 1)]
    with pytest.raises(ValueError, match="no picture"):
        Raster(2, 2, points)
