"""A picture is decoded and written anew: pixels, and nothing that a camera or a hostile hand put beside them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from sources.errors import Unreadable
from sources.extracting.wire import Garbled
from sources.pictures import MAX_BYTES, cleaned
from sources.pictures.base import LONGEST_SIDE
from sources.pictures.recoding import cleaned_here
from sources.pictures.sandbox import Darkroom
from tests.fakes.pictures import CAMERA, WHERE, drawing, photograph

BOMB = b"\x89PNG\r\n\x1a\n"


def _bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is `side` pixels wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return BOMB + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_what_a_camera_notes_is_gone_and_the_picture_stands_upright() -> None:
    before = photograph()
    assert CAMERA.encode() in before
    made = cleaned_here(before)
    for told in (CAMERA, WHERE, "for my eyes only", "Exif"):
        assert told.encode() not in made.data
    assert (made.width, made.height) == (40, 60)  # it was turned a quarter
    shown = _pixels(made.data)
    assert (shown.size, shown.mode, dict(shown.getexif())) == ((40, 60), "RGB", {})
    assert shown.getpixel((20, 5))[0] < 60  # type: ignore[index]  # what was left is above
    assert shown.getpixel((20, 55))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_plain_one(mode: str) -> None:
    made = cleaned_here(drawing(mode))
    assert (made.media_type, made.width, made.height) == ("image/png", 60, 40)
    assert _pixels(made.data).mode in ("L", "RGB")


def test_nothing_can_be_seen_through() -> None:
    made = cleaned_here(drawing("RGBA", color=(0, 0, 0, 0)))
    assert _pixels(made.data).getpixel((5, 5)) == (255, 255, 255)


def test_colours_of_the_press_become_those_of_screens() -> None:
    made = cleaned_here(drawing("CMYK", form="JPEG"))
    assert (made.media_type, _pixels(made.data).mode) == ("image/jpeg", "RGB")


def test_no_picture_is_larger_than_a_page_can_show() -> None:
    made = cleaned_here(drawing("L", (LONGEST_SIDE * 2, 100)))
    assert (made.width, made.height) == (LONGEST_SIDE, 50)


def test_a_photograph_in_a_png_becomes_a_jpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.pictures.recoding.LARGEST_PNG", 50)
    assert cleaned_here(drawing()).media_type == "image/jpeg"


def test_the_same_bytes_give_the_same_bytes_in_the_child_too() -> None:
    for data in (photograph(), drawing()):
        assert cleaned(data) == cleaned_here(data) == cleaned_here(data)


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"", "no JPEG and no PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG and no PNG"),
        (b"GIF89a" + b"\0" * 100, "no JPEG and no PNG"),
        (b"\xff\xd8\xff" + b"x" * MAX_BYTES, "larger than 20 MB"),
        (_bomb(8_000), "60 million pixels"),
        (_bomb(200_000), "60 million pixels"),
        (_bomb(500), "damaged"),
        (drawing(size=(39, 60)), "smaller than 40"),
        (drawing(size=(900, 900))[:-90], "damaged"),
        (b"\xff\xd8\xff" + b"x" * 500, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + drawing(form="JPEG"), "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_what_to_do(data: bytes, because: str) -> None:
    with pytest.raises(Unreadable, match=because):
        cleaned_here(data)


def test_the_child_tells_the_reason_too() -> None:
    with pytest.raises(Unreadable, match="60 million pixels"):
        cleaned(_bomb(200_000))
    with pytest.raises(Unreadable, match="no JPEG"):
        cleaned(b"GIF89a")


@pytest.mark.parametrize(
    ("notes", "payload"),
    [
        ({}, b""),
        ({"kind": "image/png", "width": 1, "height": 1}, b"<html>"),
        ({"kind": "image/svg+xml", "width": 1, "height": 1}, b"<svg/>"),
        ({"kind": "none", "width": 1, "height": 1}, b"none"),
        ({"kind": "image/png", "width": 0, "height": 1}, b"\x89PNG\r\n\x1a\n"),
        ({"kind": "image/png", "width": True, "height": 1}, b"\x89PNG\r\n\x1a\n"),
        ({"kind": "image/png", "width": 10**9, "height": 1}, b"\x89PNG\r\n\x1a\n"),
        ({"kind": ["image/png"], "width": 1, "height": 1}, b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_a_child_that_was_taken_over_says_is_no_picture(
    notes: dict[str, object], payload: bytes
) -> None:
    with pytest.raises(Garbled):
        Darkroom(1).made(notes, payload)
