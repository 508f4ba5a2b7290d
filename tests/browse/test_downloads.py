"""Downloads: the exact bytes, gone on with, checked, never over another file; and stores that do not behave."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api import presigned
from peekui.api.client import AssetBody, MixpeekClient
from peekui.api.errors import CannotConnect, NoAnswer
from peekui.api.fetching import FetchFailed, FileFetcher
from peekui.api.signing import UrlBook
from peekui.browse.downloads import Progress, download, download_folder
from peekui.browse.partial_file import DownloadFailed
from tests.browse.hostile_store import HostileStore, answer, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from peekui.api.models import Asset
    from peekui.browse.partial_file import Downloaded
    from tests.service import Service

FILM = bytes(range(256)) * 2_000
SHA_256 = hashlib.sha256(FILM).hexdigest()


def nothing(_: Progress) -> None:
    """Be told."""


async def get(store: HostileStore, folder: Path, tell: object = nothing) -> Downloaded:
    assert callable(tell)
    async with FileFetcher(store.urls) as fetcher:
        return await download(fetcher, "ast_1", "ns", folder, tell)


def parts(folder: Path) -> list[Path]:
    return [*folder.glob("*.part")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def films(writer: asyncio.StreamWriter, request: str, etag: str = '"v1"', cut: int | None = None) -> None:
    """Serve the film, whole or from a byte on; cut off after some bytes where that is wanted."""
    begin = 0
    if (match := re.search(r"range: bytes=(\d+)-", request, re.IGNORECASE)) and f"if-range: {etag}" in request.lower():
        begin = int(match[1])
    body = FILM[begin:]
    headers = [f"ETag: {etag}"]
    status = "200 OK"
    if begin:
        status, headers = "206 Partial Content", [*headers, f"Content-Range: bytes {begin}-{len(FILM) - 1}/{len(FILM)}"]
    await answer(writer, body[:cut], *headers, status=status, length=len(body))


# -- the embedded library ---------------------------------------------------------------------------------


@asynccontextmanager
async def an_asset(demo: Service) -> AsyncIterator[tuple[MixpeekClient, Asset, str]]:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        [namespace, *_] = await client.namespaces()
        collections = (await client.collections(namespace=namespace.key)).results
        body = AssetBody(
            collections=[item.key for item in collections], filters={"AND": [{"key": "modality", "value": "image"}]}
        )
        asset = (await client.assets(body, namespace=namespace.key, page_size=1)).results[0]
        yield client, asset, namespace.key


async def test_the_files_exact_bytes(demo: Service, tmp_path: Path) -> None:
    told: list[Progress] = []
    async with an_asset(demo) as (client, asset, namespace), FileFetcher(client.urls) as fetcher:
        first = await download(fetcher, asset.asset_id or "", namespace, tmp_path / "new", told.append)
        second = await download(fetcher, asset.asset_id or "", namespace, tmp_path / "new", nothing)
        assert [call.path for call in client.calls].count(f"/v1/assets/{asset.asset_id}") == 1
    assert first.checked
    assert hashlib.sha256(first.path.read_bytes()).hexdigest() == asset.file_hash
    assert first.size_bytes == asset.size_bytes
    assert first.path.name == (asset.metadata or {})["file_name"]
    assert second.path.name == f"{first.path.stem} (1){first.path.suffix}"
    assert told[-1] == Progress(first.size_bytes, first.size_bytes)
    assert names(tmp_path / "new") == sorted([first.path.name, second.path.name])


async def test_a_url_that_is_refused_is_signed_again_once(demo: Service, tmp_path: Path) -> None:
    asked: list[str] = []
    async with an_asset(demo) as (client, asset, namespace):

        async def sign(asset_id: str, scope: str | None, broken: int) -> Asset:
            asked.append(asset_id)
            signed = await client.asset(asset_id, namespace=scope, return_url=True)
            return signed.model_copy(update={"url": f"{signed.url}0"}) if len(asked) <= broken else signed

        async with FileFetcher(UrlBook(partial(sign, broken=1))) as fetcher:
            done = await download(fetcher, asset.asset_id or "", namespace, tmp_path, nothing)
            assert done.size_bytes == asset.size_bytes
        assert len(asked) == 2
        async with FileFetcher(UrlBook(partial(sign, broken=9))) as fetcher:
            with pytest.raises(FetchFailed, match="403"):
                await download(fetcher, asset.asset_id or "", namespace, tmp_path, nothing)
        assert len(asked) == 4


async def test_one_that_expired_is_signed_again_and_works(demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_asset(demo) as (client, asset, namespace), httpx.AsyncClient(trust_env=False) as plain:
        old = (await client.urls.get(asset.asset_id or "", namespace)).url
        real = presigned._now
        monkeypatch.setattr(presigned, "_now", lambda: real() + timedelta(minutes=59, seconds=30))
        new = (await client.urls.get(asset.asset_id or "", namespace)).url
        assert old
        assert new
        assert new is not old
        assert hashlib.sha256((await plain.get(new.reveal())).content).hexdigest() == asset.file_hash


# -- gone on with -----------------------------------------------------------------------------------------


async def test_what_was_received_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    async with running(partial(films, cut=200_000)) as store:
        store.fields["file_hash"] = SHA_256.upper()
        with pytest.raises(NoAnswer, match="broke"):
            await get(store, tmp_path)
        [part] = parts(tmp_path)
        assert part.read_bytes() == FILM[:200_000]
        store.behave = films
        done = await get(store, tmp_path)
        assert "Range: bytes=200000-" in store.requests[-1].title().replace("Bytes", "bytes")
        assert (done.path, done.checked) == (tmp_path / "film.mp4", True)
        assert done.path.read_bytes() == FILM
        assert names(tmp_path) == [done.path.name]


async def test_a_whole_part_is_not_fetched_again(tmp_path: Path) -> None:
    async with running(films) as store:
        done = await get(store, tmp_path)
        store.behave = partial(films, cut=1000)
        with pytest.raises(NoAnswer):
            await get(store, tmp_path)
        [part] = parts(tmp_path)
        done.path.rename(part)
        before = len(store.requests)
        assert (await get(store, tmp_path)).path.read_bytes() == FILM
        assert len(store.requests) == before + 1


async def test_the_beginning_of_another_content_is_not_gone_on_with(tmp_path: Path) -> None:
    async with running(partial(films, etag='"old"', cut=200_000)) as store:
        with pytest.raises(NoAnswer):
            await get(store, tmp_path)
        store.behave = films
        assert (await get(store, tmp_path)).path.read_bytes() == FILM
        assert parts(tmp_path) == []


async def test_a_content_that_changes_between_two_requests_is_begun_again(tmp_path: Path) -> None:
    async with running(partial(films, cut=200_000)) as store:
        with pytest.raises(NoAnswer):
            await get(store, tmp_path)

        async def changing(writer: asyncio.StreamWriter, request: str) -> None:
            await films(writer, request, etag='"v2"' if "bytes=" in request else '"v1"')

        store.behave = changing
        assert (await get(store, tmp_path)).path.read_bytes() == FILM


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
async def test_without_a_sure_mark_of_the_content_it_is_begun_again(etag: str, tmp_path: Path) -> None:
    async def unsure(writer: asyncio.StreamWriter, _: str, cut: int | None = None) -> None:
        await answer(writer, FILM[:cut], *([f"ETag: {etag}"] if etag else []), length=len(FILM))

    async with running(partial(unsure, cut=1000)) as store:
        with pytest.raises(NoAnswer):
            await get(store, tmp_path)
        store.behave = unsure
        assert (await get(store, tmp_path)).path.read_bytes() == FILM
        assert not any("bytes=" in request for request in store.requests)


async def test_cancelling_keeps_what_was_received(tmp_path: Path) -> None:
    received, going_on = asyncio.Event(), asyncio.Event()

    async def slow(writer: asyncio.StreamWriter, _: str) -> None:
        await answer(writer, FILM[:5000], 'ETag: "v1"', length=len(FILM))
        await going_on.wait()

    async with running(slow) as store:
        task = asyncio.create_task(get(store, tmp_path, lambda _: received.set()))
        await received.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        going_on.set()
        [part] = parts(tmp_path)
        assert part.read_bytes() == FILM[: part.stat().st_size] != b""
        store.behave = films
        assert (await get(store, tmp_path)).path.read_bytes() == FILM


async def test_two_do_not_write_to_one_file(tmp_path: Path) -> None:
    received, going_on = asyncio.Event(), asyncio.Event()

    async def slow(writer: asyncio.StreamWriter, _: str) -> None:
        await answer(writer, FILM[:5000], 'ETag: "v1"', length=len(FILM))
        await going_on.wait()
        writer.write(FILM[5000:])
        await writer.drain()

    async with running(slow) as store:
        task = asyncio.create_task(get(store, tmp_path, lambda _: received.set()))
        await received.wait()
        store.behave = films
        with pytest.raises(DownloadFailed, match=r"film\.mp4 is being downloaded already"):
            await get(store, tmp_path)
        going_on.set()
        assert (await task).path.read_bytes() == FILM


# -- checked, and never over another file -----------------------------------------------------------------


async def test_other_bytes_than_the_hash_says_are_not_kept(tmp_path: Path) -> None:
    async with running(films) as store:
        store.fields["file_hash"] = "0" * 64
        with pytest.raises(DownloadFailed, match="SHA-256"):
            await get(store, tmp_path)
        assert names(tmp_path) == []
        store.fields["file_hash"] = "etag-or-md5"
        store.urls = UrlBook(store.sign)
        assert not (await get(store, tmp_path)).checked


async def test_no_name_leads_elsewhere_and_none_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "passwd").symlink_to(tmp_path / "elsewhere")
    async with running(films) as store:
        store.fields["metadata"] = {"file_name": "../../etc/passwd"}
        done = await get(store, folder)
    assert done.path == folder / "passwd (1)"
    assert not (tmp_path / "elsewhere").exists()


async def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with running(films) as store:
        with pytest.raises(DownloadFailed, match="Cannot write to"):
            await get(store, tmp_path / "file" / "in")


def test_where_downloads_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert download_folder(tmp_path) == tmp_path
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "mine"))
    assert download_folder(None).is_absolute()


# -- stores that do not behave ----------------------------------------------------------------------------


async def test_an_endless_stream_is_left(tmp_path: Path) -> None:
    async def endless(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(FILM)
            await writer.drain()

    async with running(endless) as store:
        store.fields["file_data"] = {"file_size_bytes": 3_000_000}
        with pytest.raises(DownloadFailed, match="More came than the 3,000,000 bytes"):
            await get(store, tmp_path)
    assert names(tmp_path) == []


async def test_an_end_before_the_end_is_not_taken_for_it(tmp_path: Path) -> None:
    async def short(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + FILM[:1000])
        await writer.drain()

    async with running(short) as store:
        store.fields["file_data"] = {"file_size_bytes": len(FILM)}
        with pytest.raises(DownloadFailed, match="It ended after 1,000 of 512,000 bytes"):
            await get(store, tmp_path)


async def test_a_byte_at_a_time_holds_nothing_up(tmp_path: Path) -> None:
    sent = 0

    async def dripping(writer: asyncio.StreamWriter, _: str) -> None:
        nonlocal sent
        await answer(writer, b"", "X-Slow: yes", length=100)
        while True:
            writer.write(b"x")
            sent += 1
            await writer.drain()
            await asyncio.sleep(10)

    async with running(dripping) as store:
        first = asyncio.Event()
        task = asyncio.create_task(get(store, tmp_path, lambda _: first.set()))
        await first.wait()
        loop = asyncio.get_running_loop()
        longest, before = 0.0, loop.time()
        for _ in range(200):
            await asyncio.sleep(0)
            longest, before = max(longest, loop.time() - before), loop.time()
        assert longest < 0.033
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert sent == 1


async def test_more_than_there_is_room_for_is_not_begun(tmp_path: Path) -> None:
    async def huge(writer: asyncio.StreamWriter, _: str) -> None:
        await answer(writer, b"x", length=shutil.disk_usage(tmp_path).total * 2)

    async with running(huge) as store:
        with pytest.raises(DownloadFailed, match="no room"):
            await get(store, tmp_path)


async def test_the_key_of_the_service_does_not_go_to_the_store_nor_on_with_redirects(
    demo: Service, tmp_path: Path
) -> None:
    async def elsewhere(writer: asyncio.StreamWriter, request: str) -> None:
        if request.startswith("GET /ast_1"):
            await answer(writer, b"", f"Location: http://localhost:{store.port}/there", status="302 Found")
        else:
            await films(writer, request)

    async with running(elsewhere) as store:
        assert (await get(store, tmp_path)).size_bytes == len(FILM)
        assert len(store.requests) == 2
        assert "authorization" not in "".join(store.requests).lower()


async def test_redirects_that_never_end(tmp_path: Path) -> None:
    async def round_and_round(writer: asyncio.StreamWriter, _: str) -> None:
        await answer(writer, b"", f"Location: http://localhost:{store.port}/", status="302 Found")

    async with running(round_and_round) as store:
        with pytest.raises(NoAnswer):
            await get(store, tmp_path)


async def test_what_goes_wrong_does_not_show_the_url(tmp_path: Path) -> None:
    async def broken(writer: asyncio.StreamWriter, _: str) -> None:
        await answer(writer, b"", status="500 Broken")

    async with running(broken) as store:
        with pytest.raises(FetchFailed, match="500") as refused:
            await get(store, tmp_path)
    with pytest.raises(CannotConnect) as lost:
        await get(store, tmp_path)
    for caught in (refused, lost):
        assert "X-Amz-Signature" not in f"{caught.value} {vars(caught.value)}"
        assert "/ast_1" in caught.value.detail
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_an_asset_without_a_url(tmp_path: Path) -> None:
    async with running(films) as store:
        store.fields["url"] = None
        with pytest.raises(FetchFailed, match="no URL"):
            await get(store, tmp_path)
