"""Decodes a picture and writes it anew, in this very process: what the child does, and what tests do for speed.

What comes out is pixels and nothing else: no Exif (a camera notes the place, the owner, a smaller picture of what was
cut away), no comment, no profile, no second frame, no bytes behind the end. The same bytes give the same bytes.
"""

from __future__ import annotations

import contextlib
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps

from sources.errors import Unreadable
from sources.pictures.base import (
    DAMAGED,
    FEWEST_PIXELS,
    LONGEST_SIDE,
    MAX_PIXELS,
    TOO_MANY_PIXELS,
    TOO_SMALL,
    Picture,
    kind_of,
)

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG"}
QUALITY: Final = 90
# A photograph that was saved as PNG takes ten times the room of a JPEG that nobody can tell from it.
LARGEST_PNG: Final = 3_000_000
# Two sides of sixteen bits a pixel, as scanners write them.
DEEP: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I")


def cleaned_here(data: bytes) -> Picture:
    """The picture upright, in grey or red, green and blue, on white, no larger than can be printed.

    Raises Unreadable, with a reason for a person. It has no limits of time and memory: `cleaned` has.
    """
    kind = kind_of(data)
    # Of the whole process: what a test has loaded beside us (WeasyPrint) may have set them otherwise.
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = MAX_PIXELS, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as opened:
                return _written(_fitted(_plain(opened)), kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable(TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError) as error:
        raise Unreadable(DAMAGED) from error


def _plain(opened: Image.Image) -> Image.Image:
    """Pixels alone: turned as the camera says, in the colours of screens, nothing to be seen through."""
    if min(opened.size) < FEWEST_PIXELS:
        raise Unreadable(TOO_SMALL)
    profile = opened.info.get("icc_profile")
    upright = ImageOps.exif_transpose(opened)
    if upright.mode in DEEP:
        upright = upright.point(lambda value: value / 256).convert("L")
    upright = _in_common_colours(upright, profile)
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = _on_white(upright)
    return upright.convert("L" if upright.mode in ("1", "L") else "RGB")


def _in_common_colours(picture: Image.Image, profile: object) -> Image.Image:
    """By its own profile where it has one that can be read; else as it is."""
    if isinstance(profile, bytes) and picture.mode in ("RGB", "CMYK"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            common = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, own, common, outputMode="RGB")
            return turned if turned is not None else picture
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """A drawing on nothing would be black on black on a dark screen."""
    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("RGB")


def _fitted(picture: Image.Image) -> Image.Image:
    if max(picture.size) > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _written(picture: Image.Image, kind: str) -> Picture:
    if kind == "image/png":
        saved = _saved(picture, "PNG", optimize=True)
        if len(saved) <= LARGEST_PNG:
            return Picture(saved, kind, *picture.size)
    saved = _saved(picture, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return Picture(saved, "image/jpeg", *picture.size)


def _saved(picture: Image.Image, form: str, **how: object) -> bytes:
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # without what `info` carries along
    made = BytesIO()
    bare.save(made, form, **how)
    return made.getvalue()
