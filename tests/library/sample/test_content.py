"""The files of the sample are what they claim to be: real pictures, films, sounds, documents, and real damage."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import av
import mutagen
import pypdf
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from peekui.library.sample.documents import PASSWORD
from peekui.library.sample.films import FRAMES_PER_SECOND
from peekui.library.sample.plan import plan
from peekui.library.sample.reels import FILMS, PAPERS, RECORDINGS
from peekui.library.sample.scenes import SCENES
from peekui.library.sample.sidecars import ODD_METADATA
from peekui.library.sample.taxonomy import taxonomies

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tif": "TIFF", "bmp": "BMP"}


def load(path: Path) -> str | None:
    """The format of a picture of which every frame can be decoded."""
    with path.open("rb") as file, Image.open(file) as picture:
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            picture.load()
        return picture.format


def test_pictures_can_be_decoded_unless_they_are_damaged(sample: Path) -> None:
    for file in plan(7, 1):
        form = FORMS.get(file.path.rpartition(".")[2])
        path = sample / file.path
        if form is None or not path.exists():
            continue
        if file.damage is None:
            assert load(path) == ("JPEG" if path.name == "team photo.png" else form), file.path
        else:
            with pytest.raises((OSError, UserWarning, Image.DecompressionBombError)):
                load(path)


def test_photographs_carry_what_cameras_write(sample: Path) -> None:
    cameras, orientations, located = set(), set(), 0
    for path in (sample / "media/photos").glob("20*/*.jpg"):
        with Image.open(path) as picture:
            exif = picture.getexif()
        if Base.Model in exif:
            cameras.add(exif[Base.Model])
            orientations.add(exif[Base.Orientation])
            assert exif[Base.ImageDescription]
            assert exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal].startswith("202")
            located += GPS.GPSLatitude in exif.get_ifd(IFD.GPSInfo)
    assert len(cameras) >= 3
    assert orientations == {1, 3, 6, 8}
    assert located >= 30


def test_the_bomb_is_small_on_disk(sample: Path) -> None:
    (bomb,) = (file for file in plan(7, 1) if file.damage == "png_bomb")
    assert (sample / bomb.path).stat().st_size < 200_000


@pytest.mark.parametrize("name", FILMS)
def test_a_film_has_its_length_its_size_and_its_sound(sample: Path, name: str) -> None:
    film = FILMS[name]
    with av.open(sample / f"{name}.{film.form}") as container:
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(film.seconds, abs=0.1)
        assert bool(container.streams.audio) == (film.tune is not None)
        frames = list(container.decode(video=0))
        assert len(frames) == film.seconds * FRAMES_PER_SECOND
        assert (frames[0].width, frames[0].height) == film.size


def test_one_film_is_long_enough_for_several_scenes() -> None:
    assert max((film.seconds, len(film.scenes)) for film in FILMS.values()) == (25, 6)


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_has_its_length_and_its_tags(sample: Path, name: str) -> None:
    recording = RECORDINGS[name]
    sound = mutagen.File(sample / f"{name}.{recording.form}")
    assert sound.info.length == pytest.approx(recording.seconds, abs=0.15)
    title = sound.tags.get("title") or sound.tags.get("TIT2").text
    assert list(title) == [recording.title]


def test_documents_have_their_pages_and_their_text(sample: Path) -> None:
    for name, pages in PAPERS.items():
        reader = pypdf.PdfReader(sample / name, strict=True)
        assert len(reader.pages) == pages
        assert reader.metadata is not None
        assert str(reader.metadata.title) in reader.pages[0].extract_text()
        assert all(len(page.extract_text()) > 200 for page in reader.pages)


def test_one_document_needs_its_password() -> None:
    (locked,) = (file for file in plan(7, 1) if file.damage == "password_pdf")
    reader = pypdf.PdfReader(io.BytesIO(locked.content(7)))
    assert reader.is_encrypted
    assert not reader.decrypt("guess")
    assert reader.decrypt(PASSWORD)
    assert "Salaries" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    "kind",
    ["mp4_without_index", "half_mp4", "mp4_zeroed", "html_as_mp4", "half_flac", "noise_as_mp3"],
)
def test_broken_films_and_sounds_cannot_be_decoded(kind: str) -> None:
    (file,) = (file for file in plan(7, 1) if file.damage == kind)
    with pytest.raises(av.error.FFmpegError), av.open(io.BytesIO(file.content(7)), "r") as container:
        list(container.decode(container.streams[0]))


def test_half_a_webm_holds_less_than_it_promises() -> None:
    (file,) = (file for file in plan(7, 1) if file.damage == "half_webm")
    with av.open(io.BytesIO(file.content(7)), "r") as container:
        assert container.duration is not None
        seconds = len(list(container.decode(video=0))) / FRAMES_PER_SECOND
        assert seconds < 0.7 * container.duration / 1e6


def test_a_truncated_pdf_cannot_be_read() -> None:
    (file,) = (file for file in plan(7, 1) if file.damage == "truncated_pdf")
    with pytest.raises(pypdf.errors.PyPdfError):
        len(pypdf.PdfReader(io.BytesIO(file.content(7)), strict=True).pages)


def depth(value: object) -> int:
    """How many objects and lists lie around the innermost value."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inside), default=0) if isinstance(value, (dict, list)) else 0


def test_sidecars_are_objects_and_lie_beside_their_files(sample: Path) -> None:
    for file in plan(7, 1):
        path = sample / file.path
        if file.kind == "sidecar" and path.exists():
            assert path.with_name(path.name.removesuffix(".json")).is_file()
            assert isinstance(json.loads(path.read_bytes()), dict)


def test_metadata_goes_to_the_extremes(sample: Path) -> None:
    found = {name: sample / f"media/design/metadata tests/{name}.png.json" for name in ODD_METADATA}
    assert found["one megabyte"].stat().st_size >= 1_000_000
    assert depth(json.loads(found["nested 20 deep"].read_bytes())) >= 20
    assert json.loads(found["markup title"].read_bytes())["title"] == "a[/]b"
    assert "\x1b" in json.loads(found["escape title"].read_bytes())["title"]


def test_taxonomies_have_the_form_of_the_api(sample: Path) -> None:
    written = json.loads((sample / "media/taxonomies.json").read_bytes())
    assert written == taxonomies()
    for taxonomy in written:
        assert set(taxonomy) == {"taxonomy_id", "taxonomy_name", "nodes"}
        for parent in taxonomy["nodes"]:
            assert (parent["depth"], parent["parent_node_id"]) == (0, None)
            for child in parent["children"]:
                assert child["parent_node_id"] == parent["node_id"]
                assert child["path_tokens"] == [parent["node_name"], child["node_name"]]
                assert child["depth"] == len(child["order"]) - 1 == 1
    leaves = {child["node_name"] for parent in written[0]["nodes"] for child in parent["children"]}
    assert leaves == set(SCENES)
