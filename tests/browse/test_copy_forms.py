"""The forms of copying: what is copied can be run, read back, and acts on nothing else."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.api.signing import SignedFile
from peekui.browse.copy_forms import COPY_FORMS, CopyForm, CopyItem
from peekui.browse.file_names import file_name_of, safe_name, unlike_each_other

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service

FORMS = {form.title: form for form in COPY_FORMS}


def item(asset_id: str = "ast_1", **fields: object) -> CopyItem:
    asset = Asset.model_validate({"asset_id": asset_id, **fields})
    return CopyItem(asset_id, asset.title, "ns_1", asset=asset, file=SignedFile.of(asset_id, asset))


BEACH = item(
    metadata={"title": "The [beach]", "file_name": "beach.jpg"},
    file_hash="abc",
    url="https://b.example/1?X-Amz-Signature=s",
    preview_url="https://b.example/2?X-Amz-Signature=s",
)


def written(title: str, *items: CopyItem) -> str:
    return FORMS[title].write(items)


def test_one_asset_in_every_form() -> None:
    assert written("URL", BEACH) == "https://b.example/1?X-Amz-Signature=s"
    assert written("Preview URL", BEACH) == "https://b.example/2?X-Amz-Signature=s"
    assert written("Id", BEACH) == "ast_1"
    assert written("Hash", BEACH) == "abc"
    assert json.loads(written("Metadata", BEACH)) == {"title": "The [beach]", "file_name": "beach.jpg"}
    assert written("Markdown link", BEACH) == r"[The \[beach\]](https://b.example/1?X-Amz-Signature=s)"
    assert written("curl command", BEACH) == "curl -L -o beach.jpg --globoff 'https://b.example/1?X-Amz-Signature=s'"
    assert written("peekui command", BEACH) == "peekui --namespace ns_1 url ast_1"


@pytest.mark.parametrize("form", COPY_FORMS, ids=lambda form: form.title)
def test_an_asset_that_has_not_what_it_takes_is_known(form: CopyForm) -> None:
    assert form.value(BEACH)
    assert bool(form.value(CopyItem("ast_2", "x", None))) == (form.needs == 0)


def test_several_are_a_line_each_in_their_order() -> None:
    many = [
        item(f"ast_{number}", url=f"https://b.example/{number}", metadata={"name": "a.txt"}) for number in (3, 1, 2)
    ]
    assert written("Id", *many) == "ast_3\nast_1\nast_2"
    assert written("URL", *many).splitlines() == [f"https://b.example/{number}" for number in (3, 1, 2)]
    assert [json.loads(line) for line in written("Metadata", *many).splitlines()] == [{"name": "a.txt"}] * 3
    names = [shlex.split(line)[3] for line in written("curl command", *many).splitlines()]
    assert names == ["a.txt", "a (1).txt", "a (2).txt"]


HOSTILE = [
    "$(touch hacked)",
    "`touch hacked`",
    "'; touch hacked; '",
    "-K/etc/curlrc",
    "a\ntouch hacked",
    "../../x",
    "\u202egpj",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_shell_reads_a_command_as_one_and_does_nothing_else(name: str, tmp_path: Path) -> None:
    hostile = item(name, metadata={"file_name": name}, url=f"https://b.example/{name.replace(' ', '+')[:9].strip()}")
    for form in ("curl command", "peekui command"):
        script = f'curl() {{ printf \'%s\\0\' "$@"; }}\npeekui() {{ curl "$@"; }}\n{written(form, hostile)}'
        run = subprocess.run(["sh", "-c", script], capture_output=True, check=True, cwd=tmp_path)
        words = run.stdout.decode().split("\0")[:-1]
        if form == "peekui command":
            assert words[-1] == name
        else:
            assert words[:2] == ["-L", "-o"]
            assert "/" not in words[2]
            assert not words[2].startswith("-")
    assert not [*tmp_path.iterdir()]


def test_the_python_snippet_runs(demo: Service, tmp_path: Path) -> None:
    with demo.http() as http:
        [namespace, *_] = http.get("/v1/namespaces").json()
        headers = {"X-Namespace": namespace["namespace_id"]}
        collections = http.get("/v1/collections", headers=headers).json()["results"]
        body = {"collections": [one["collection_id"] for one in collections], "return_url": True}
        assets = http.post("/v1/assets", json=body, params={"page_size": 2}, headers=headers).json()["results"]
    items = [item(asset.pop("asset_id"), **asset) for asset in assets]
    subprocess.run([sys.executable, "-c", written("Python snippet", *items)], cwd=tmp_path, check=True)
    sizes = [one.asset.size_bytes for one in items if one.asset]
    assert sorted(path.stat().st_size for path in tmp_path.iterdir()) == sorted(filter(None, sizes))


def test_a_markdown_link_is_one_line_and_one_link() -> None:
    odd = item(metadata={"title": "a](http://evil)\n# b \\"}, url="https://b.example/a(1).jpg")
    assert written("Markdown link", odd) == r"[a\](http://evil) # b \\](<https://b.example/a(1).jpg>)"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\film.mp4", "film.mp4"),
        ("..", "asset"),
        ("", "asset"),
        (" .bashrc", "bashrc"),
        ("-rf", "rf"),
        ("CON.txt", "CON_.txt"),
        ("a:b*?.txt", "ab.txt"),
        ("\x1b[31mred\x00.txt", "[31mred.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("caf\udce9.txt", "caf.txt"),
        ("مرحبا 港.png", "مرحبا 港.png"),
    ],
)
def test_names_of_files(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_can_be_a_files_and_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 210
    assert safe not in {".", ".."}
    assert not {*safe} & {*'/\\\0:*?"<>|'}
    assert safe[0] not in "-. "
    assert safe_name(safe) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("港" * 200 + ".jpeg").endswith("港.jpeg")


def test_a_file_without_an_ending_gets_that_of_its_type() -> None:
    assert file_name_of(SignedFile("ast_1", "Beach", file_type="image/png")) == "Beach.png"
    assert (
        file_name_of(SignedFile.of("ast_1", Asset(metadata={"title": "B"}, url="https://b.example/x.tif?a=b")))
        == "B.tif"
    )
    assert file_name_of(SignedFile("ast_1", "Beach", file_name="b.gif", file_type="image/png")) == "b.gif"
    assert file_name_of(SignedFile("-/ast", "..")) == "ast"


def test_no_name_twice() -> None:
    assert list(unlike_each_other(["a.txt", "A.txt", "b", "a (1).txt", "b"])) == [
        "a.txt", "A (1).txt", "b", "a (1) (1).txt", "b (1)",
    ]  # fmt: skip
