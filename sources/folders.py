"""A folder of sources as found on disk: which of its files can be sources, and why the others can't."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from sources.errors import SourceError
from sources.metadata import LIST_NAME, Listing, read_list

SUFFIXES: Final = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Folder:
    """Its files in order, what its sources.json says of them, and a sentence for each file that was left out."""

    path: Path
    files: tuple[Path, ...]
    listing: Listing
    left_out: tuple[str, ...] = ()


def read_folder(folder: Path) -> Folder:
    """Look into a folder; raises SourceError when there is none, or nothing in it that could be a source.

    Hidden files are no sources: programs make them, and people don't see them. Nor is a link to a file
    elsewhere: who gives a folder gives what lies in it.
    """
    listing = read_list(folder) if folder.is_dir() else Listing()
    pictures = {one.file for one in listing.images}
    looked_at = [(path, _refusal(path, folder)) for path in _seen(folder) if path.name not in pictures]
    files = tuple(path for path, refusal in looked_at if not refusal)
    left_out = tuple(refusal % {"f": printable(path.name)} for path, refusal in looked_at if refusal)
    if not files:
        kinds = ", ".join(SUFFIXES)
        told = _("The folder “%(f)s” holds no sources (%(k)s).") % {"f": folder, "k": kinds}
        raise SourceError(" ".join((told, *left_out)))
    return Folder(folder, files, listing, left_out)


def printable(name: str) -> str:
    """The name of a file as it can be shown and stored: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode()


def _seen(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise SourceError(_("There is no folder “%s”. Give the folder that holds the sources.") % folder)
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        names = {"f": folder, "e": error.strerror}
        raise SourceError(
            _("The folder “%(f)s” can't be read (%(e)s). Give yourself the right to read it.") % names
        ) from error
    hidden = (path.name.startswith(".") or path.name == LIST_NAME or path.is_dir() for path in found)
    return (path for path, skip in zip(found, hidden, strict=True) if not skip)


def _refusal(path: Path, folder: Path) -> str:
    """Why this is no source, with a place for its name; empty when it may be one."""
    if path.suffix.lower() not in SUFFIXES:
        return _("“%(f)s” isn't a kind of file that can be a source; left alone.")
    if not path.resolve().is_relative_to(folder.resolve()):
        return _("“%(f)s” is a link to a file outside of the folder; left alone. Copy the file itself here.")
    if printable(path.name) != path.name:
        return _("The name “%(f)s” isn't written in UTF-8; left alone. Rename the file and try again.")
    if not path.is_file():
        return _("“%(f)s” isn't a file that can be read; left alone.")
    return ""
