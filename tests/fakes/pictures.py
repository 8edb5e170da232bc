"""Small pictures: an honest one, and one with what a camera leaves behind."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

CAMERA = "SecretCamera"
WHERE = "59.9139 North"


def drawing(mode: str = "RGB", size: tuple[int, int] = (60, 40), form: str = "PNG", **how: Any) -> bytes:
    """A plain picture of this mode and size."""
    made = BytesIO()
    Image.new(mode, size, how.pop("color", 0)).save(made, form, **how)
    return made.getvalue()


def photograph(size: tuple[int, int] = (60, 40), turned: int = 6) -> bytes:
    """A JPEG with its camera, its place and a comment, to be turned a quarter: its left half is black."""
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, CAMERA
    exif.get_ifd(0x8825)[0x001D] = WHERE
    made = BytesIO()
    picture.save(made, "JPEG", exif=exif.tobytes(), comment=b"for my eyes only", quality=95)
    return made.getvalue()
