"""Pictures the terminal draws itself: what it is sent, when, and that nothing of it stays."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from peekui.browse.pictures.forms import CellSize, Form
from peekui.browse.pictures.gallery import Gallery
from peekui.browse.pictures.raster import Raster
from peekui.ui import kitty
from peekui.ui.terminal_pictures import SendsPictures, TerminalPictures
from peekui.ui.widgets.detail_panel import DetailPanel
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

PLACEHOLDER = "\U0010eeee"
HALF = "▀"
PIECE = re.compile(r"\x1b_G(?P<keys>[^;]*);(?P<content>[^\x1b]*)\x1b\\")
DELETE = re.compile(r"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")
PAINTED = re.compile(r"\x1b7\x1b\[(\d+);(\d+)H\x1bP.*?\x1b\\\x1b8", re.DOTALL)


def raster(length: int = 10_000) -> Raster:
    return Raster(2, 2, bytes(12), ("A" * length,))


def send_all(pictures: TerminalPictures) -> None:
    while pictures.busy:
        pictures.send_portion()


# -- what is sent -------------------------------------------------------------------------------------------


def test_a_picture_is_cut_into_pieces_that_join() -> None:
    pieces = list(kitty.transmit(77, "A" * 9000, 20, 5))
    assert [len(piece) <= 4096 + 100 for piece in pieces] == [True] * 3
    read = [match for piece in pieces if (match := PIECE.fullmatch(piece))]
    assert "".join(match["content"] for match in read) == "A" * 9000
    assert read[0]["keys"] == "a=T,U=1,f=100,i=77,c=20,r=5,m=1,q=2"
    assert [match["keys"] for match in read[1:]] == ["m=1,q=2", "m=0,q=2"]


def test_a_line_names_each_of_its_cells() -> None:
    line = kitty.placeholders(1, 3)
    assert line.split(PLACEHOLDER) == ["", "\u030d\u0305", "\u030d\u030d", "\u030d\u030e"]
    assert len(set(kitty.placeholders(0, kitty.MOST_CELLS).split(PLACEHOLDER))) == kitty.MOST_CELLS + 1 == 298


def test_a_picture_can_be_drawn_once_it_was_sent() -> None:
    written: list[str] = []
    pictures, one, told = TerminalPictures(written.append), raster(), []
    assert pictures.place(one, lambda: told.append("sent")) is None
    assert not written
    send_all(pictures)
    assert told == ["sent"]
    number = pictures.place(one, lambda: None)
    assert number
    assert f"i={number}," in written[0]
    assert pictures.place(raster(), lambda: None) is None  # a like picture is another one
    sent = len(written)
    pictures.place(one, lambda: None)
    assert len(written) == sent


def test_a_picture_that_nobody_waits_for_is_not_sent() -> None:
    written: list[str] = []
    pictures, gone, wanted = TerminalPictures(written.append), raster(), raster()
    pictures.place(gone, print)
    pictures.place(wanted, print)
    pictures.release(gone, print)
    send_all(pictures)
    assert "".join(written).count("a=T") == 1
    assert pictures.place(wanted, print)
    assert pictures.place(gone, print) is None
    send_all(pictures)
    assert pictures.place(gone, print)


def test_sixels_wait_for_one_turn_at_a_time() -> None:
    written: list[str] = []
    pictures, lines = TerminalPictures(written.append), ["one", "two"]

    def painter() -> Iterator[str]:
        while lines:
            yield lines.pop(0)

    pictures.paint(painter)
    pictures.paint(painter)
    send_all(pictures)
    assert written == ["one", "two"]
    lines.append("three")
    pictures.paint(painter)
    pictures.forget()
    pictures.paint(painter)
    send_all(pictures)
    assert written == ["one", "two", "three"]


def test_frames_come_between_the_portions_of_a_large_picture() -> None:
    written: list[str] = []
    pictures = TerminalPictures(written.append)
    pictures.place(raster(1_000_000), lambda: None)
    portions = 0
    while pictures.busy:
        before = sum(map(len, written))
        pictures.send_portion()
        assert sum(map(len, written)) - before < 25_000
        portions += 1
    assert portions > 40


def test_the_oldest_picture_makes_room() -> None:
    written: list[str] = []
    pictures = TerminalPictures(written.append)
    many = [raster(10) for _ in range(101)]
    for one in many[:100]:
        pictures.place(one, lambda: None)
    send_all(pictures)
    first = pictures.place(many[0], lambda: None)  # is the newest now
    second = pictures.place(many[1], lambda: None)
    for one in many[2:]:
        pictures.place(one, lambda: None)
    send_all(pictures)
    deleted = [int(number) for number in DELETE.findall("".join(written))]
    assert deleted == [first]
    pictures.place(raster(10), lambda: None)
    written.clear()
    pictures.forget()  # before the next one's turn to be deleted came
    deleted = [int(number) for number in DELETE.findall("".join(written))]
    assert second in deleted
    assert len(deleted) == len(set(deleted)) == 101


def test_nothing_stays_of_a_picture_that_was_sent_in_part() -> None:
    written: list[str] = []
    pictures = TerminalPictures(written.append)
    whole, part = raster(10), raster(1_000_000)
    pictures.place(whole, lambda: None)
    send_all(pictures)
    pictures.place(part, lambda: None)
    pictures.send_portion()
    numbers = re.findall(r"i=(\d+),", "".join(written))
    written.clear()
    pictures.forget()
    assert written[0] == kitty.END
    assert DELETE.findall("".join(written)) == numbers
    written.clear()
    pictures.send_portion()
    pictures.forget()
    assert not written


# -- in the app ---------------------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the app writes beside its frames."""
    texts: list[str] = []
    monkeypatch.setattr(SendsPictures, "_write_out", lambda _, text: texts.append(text))
    return texts


def gallery_of(form: Form, tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "pictures", always=True, form=form, cell_size=lambda: CellSize(8, 16))


def in_detail(driver: Driver) -> PictureView:
    return driver.browse.query_one(DetailPanel).query_one(PictureView)


async def test_kitty_draws_the_picture_that_was_sent(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.KITTY, tmp_path)) as driver:
        view = in_detail(driver)
        await driver.until(lambda: PLACEHOLDER in driver.text())
        assert HALF not in driver.text()
        content = "".join(match["content"] for match in PIECE.finditer("".join(written)))
        assert view.raster
        assert content == view.raster.fine[0]
        picture = Image.open(io.BytesIO(base64.b64decode(content)))
        assert picture.size == (view.raster.width * 8, view.raster.rows * 16)
        number = re.search(r"i=(\d+)", written[0])
        assert number
        styles = {
            segment.style.color.triplet
            for strip in driver.app.screen._compositor.render_strips(driver.app.size)
            for segment in strip
            if PLACEHOLDER in segment.text and segment.style and segment.style.color
        }
        assert [bytes(style) for style in styles if style] == [int(number[1]).to_bytes(3)]


async def test_under_a_dialog_there_are_half_blocks_meanwhile(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.KITTY, tmp_path), size=(180, 50)) as driver:
        await driver.until(lambda: PLACEHOLDER in driver.text())
        sent = len(written)
        await driver.press("?")
        await driver.until(lambda: HALF in driver.text() and PLACEHOLDER not in driver.text())
        await driver.press("escape")
        await driver.until(lambda: PLACEHOLDER in driver.text())
        assert len(written) == sent  # it is there still


async def test_pictures_are_sent_again_to_a_terminal_that_was_lent(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.KITTY, tmp_path)) as driver:
        await driver.until(lambda: PLACEHOLDER in driver.text())
        written.clear()
        driver.app.terminal_pictures.forget()  # as the driver has it before an editor gets the terminal
        assert DELETE.fullmatch("".join(written))
        driver.app.app_resume_signal.publish(driver.app)
        await driver.until(lambda: PLACEHOLDER not in driver.text())
        await driver.until(lambda: PLACEHOLDER in driver.text())


async def test_another_picture_takes_the_place(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.KITTY, tmp_path)) as driver:
        await driver.until(lambda: PLACEHOLDER in driver.text())
        view, first = in_detail(driver), in_detail(driver).raster
        await driver.press("down")
        await driver.until(lambda: view.raster and view.raster is not first and PLACEHOLDER in driver.text())
        numbers = {int(number) for number in re.findall(r"a=T,U=1,f=100,i=(\d+)", "".join(written))}
        assert len(numbers) == 2
        assert view._image in numbers


async def test_sixels_are_painted_over_the_lines_that_were_drawn(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.SIXEL, tmp_path), size=(180, 50)) as driver:
        view = in_detail(driver)
        await driver.until(lambda: view.raster and not driver.app.terminal_pictures.busy)
        assert view.raster
        x, y = view.content_region.offset
        painted = {(int(row), int(column)) for row, column in PAINTED.findall("".join(written))}
        assert painted == {(y + line + 1, x + 1) for line in range(view.raster.rows)}

        await driver.press("?")
        assert not driver.browse.is_active
        written.clear()
        assert HALF * 3 in driver.text()  # which has all lines drawn, so that they are painted next
        await driver.until(lambda: not driver.app.terminal_pictures.busy)
        assert not written  # but not over a dialog
        await driver.press("escape")
        await driver.until(lambda: len(PAINTED.findall("".join(written))) >= view.raster.rows)  # type: ignore[union-attr]


async def test_sixels_leave_out_what_is_covered(
    driving: Driving, demo: Service, tmp_path: Path, written: list[str]
) -> None:
    async with driving(demo, gallery=gallery_of(Form.SIXEL, tmp_path), size=(120, 22)) as driver:
        view = in_detail(driver)
        await driver.until(lambda: view.raster and not driver.app.terminal_pictures.busy)
        for number in range(4):
            driver.app.notify(f"message {number}\n\n\n")
        await driver.until(lambda: "message 3" in driver.text())
        await driver.until(lambda: not driver.app.terminal_pictures.busy)
        written.clear()
        view.refresh()
        await driver.until(lambda: written and not driver.app.terminal_pictures.busy)
        painted = {int(row) - 1 for row, _ in PAINTED.findall("".join(written))}
        top = view.content_region.y
        assert view.raster
        clear = {
            top + line
            for line in range(view.raster.rows)
            if driver.app.screen.get_widget_at(view.content_region.x + view.raster.width - 1, top + line)[0] is view
        }
        assert painted == clear
        assert len(clear) < view.raster.rows
