"""Presigned URLs: who has one reads that file, all of it or a range, until it expires, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from peekui.library.presign import LIFETIME_SECONDS, Presigner, SignatureRefused
from peekui.library.service.byte_ranges import ByteRange, Unsatisfiable, read_range

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.serve_protocol import Serve


def assets(http: httpx.Client, collection: str, *, return_url: bool = False) -> list[dict[str, Any]]:
    answer = http.post(
        "/v1/assets", json={"collections": [collection], "return_url": return_url}, params={"page_size": 1000}
    )
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def url_of(http: httpx.Client, path: str) -> str:
    [url] = [
        a["url"] for a in assets(http, path.split("/", maxsplit=1)[0], return_url=True) if a["metadata"]["path"] == path
    ]
    return str(url)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a text and a picture."""
    folder = tmp_path / "library" / "things"
    folder.mkdir(parents=True)
    (folder / "digits.txt").write_bytes(b"0123456789\n")
    Image.new("RGB", (900, 300), "teal").save(folder / "teal.png")
    return tmp_path / "library"


def test_a_url_serves_the_file(root: Path, serve: Serve) -> None:
    http = serve(root)
    answer = httpx.get(url_of(http, "things/digits.txt"))
    assert answer.content == b"0123456789\n"
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert 'filename="digits.txt"' in answer.headers["content-disposition"]
    head = httpx.head(url_of(http, "things/digits.txt"))
    assert (head.content, head.headers["content-length"]) == (b"", "11")


def test_a_range_serves_a_part(root: Path, serve: Serve) -> None:
    url = url_of(serve(root), "things/digits.txt")
    part = httpx.get(url, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"234", "bytes 2-4/11")
    assert httpx.get(url, headers={"Range": "bytes=-3"}).content == b"89\n"
    beyond = httpx.get(url, headers={"Range": "bytes=99-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */11")
    changed = httpx.get(url, headers={"Range": "bytes=2-4", "If-Range": '"of another content"'})
    assert (changed.status_code, changed.content) == (200, b"0123456789\n")


def test_previews_are_small_pictures_of_pictures_only(root: Path, serve: Serve) -> None:
    picture, text = sorted(assets(serve(root), "things", return_url=True), key=lambda a: a["modality"])
    for _ in range(2):  # drawn, then kept
        answer = httpx.get(picture["preview_url"])
        assert answer.headers["content-type"] == "image/webp"
        assert Image.open(BytesIO(answer.content)).size == (512, 171)
    assert "preview_url" not in text


def test_an_altered_url_is_403(root: Path, serve: Serve) -> None:
    http = serve(root)
    url, other = url_of(http, "things/digits.txt"), url_of(http, "things/teal.png")
    for altered in (
        url.replace("X-Amz-Expires=3600", "X-Amz-Expires=9999"),
        url.replace("/original", "/preview"),
        url.replace(url.split("/")[4], other.split("/")[4]),
        url.split("?")[0],
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.replace("X-Amz-Signature=", "X-Amz-Signature=%C3%A9"),
    ):
        answer = httpx.get(altered)
        assert (answer.status_code, answer.json()["error"]["type"]) == (403, "ForbiddenError")


def test_a_url_lives_for_an_hour() -> None:
    clock = [datetime(2026, 1, 1, tzinfo=UTC)]
    presigner = Presigner("00" * 32, now=lambda: clock[0])
    parameters = dict(httpx.URL(presigner.path("ast_1", "original")).params)
    clock[0] += timedelta(seconds=LIFETIME_SECONDS - 1)
    presigner.check("ast_1", "original", parameters)
    clock[0] += timedelta(seconds=1)
    with pytest.raises(SignatureRefused, match="expired"):
        presigner.check("ast_1", "original", parameters)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_file_or_folder_replaced_by_a_link_is_refused(root: Path, serve: Serve, tmp_path: Path) -> None:
    url = url_of(serve(root), "things/digits.txt")
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    original = root / "things" / "digits.txt"
    status = original.stat()
    (secret / "digits.txt").write_bytes(b"top secret\n")
    os.utime(secret / "digits.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    original.unlink()
    original.symlink_to(secret / "digits.txt")
    assert httpx.get(url).status_code == 403
    (root / "things").rename(root / "moved")
    (root / "things").symlink_to(secret)
    assert httpx.get(url).status_code == 403


def test_a_file_that_changed_or_went_is_not_served(root: Path, serve: Serve) -> None:
    http = serve(root)
    url = url_of(http, "things/digits.txt")
    (root / "things" / "digits.txt").write_bytes(b"another content\n")
    assert httpx.get(url).status_code == 403
    (root / "things" / "digits.txt").unlink()
    os.mkfifo(root / "things" / "digits.txt")
    assert httpx.get(url).status_code == 403
    (root / "things" / "digits.txt").unlink()
    assert httpx.get(url).status_code == 404


def test_a_name_of_any_bytes_is_shown_and_served(root: Path, serve: Serve) -> None:
    name = b"caf\xe9 \xff[b]\x1b[31m\n.txt"
    (root / "things" / os.fsdecode(name)).write_bytes(b"reached")
    http = serve(root)
    [asset] = [a for a in assets(http, "things", return_url=True) if a["metadata"]["file_name"].startswith("caf")]
    assert asset["metadata"]["file_name"] == "caf\\xe9 \\xff[b]\x1b[31m\n.txt"
    answer = httpx.get(asset["url"])
    assert answer.content == b"reached"
    assert "\n" not in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=5-", ByteRange(5, 10)),
        ("bytes=5-99", ByteRange(5, 10)),
        ("bytes=-4", ByteRange(6, 10)),
        ("bytes=-99", ByteRange(0, 10)),
        ("bytes=4-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_ranges(header: str | None, wanted: ByteRange | None) -> None:
    assert read_range(header, 10) == wanted


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=-0"])
def test_a_range_behind_the_end(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        read_range(header, 10)
