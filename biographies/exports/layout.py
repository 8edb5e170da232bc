"""The pages of a Word file, counted by laying them out in LibreOffice: what Word itself does only on a screen."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pypdfium2.raw as pdfium
import structlog

from biographies.exports.faces import taken_for
from biographies.exports.machinery import ONE_AT_A_TIME

log = structlog.get_logger(__name__)

# Faces that have the widths of another: only with one of these do lines break where Word breaks them.
# From fontconfig's 30-metric-aliases.conf.
SAME_WIDTHS: Final[Mapping[str, frozenset[str]]] = {
    "Palatino Linotype": frozenset({"P052", "TeX Gyre Pagella", "URW Palladio L"}),
    "Book Antiqua": frozenset({"P052", "TeX Gyre Pagella", "URW Palladio L"}),
    "Times New Roman": frozenset({"Liberation Serif", "Tinos"}),
    "Cambria": frozenset({"Caladea"}),
    "Georgia": frozenset({"Gelasio"}),
}
# Bookmarks become named destinations; pages that stay empty so that a chapter begins on the right are counted.
FILTER: Final = {
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "IsSkipEmptyPages": {"type": "boolean", "value": "false"},
}
FIRST: Final = "section1"  # the bookmark on page 1
LONGEST_NAME: Final = 200


def pages_of(data: bytes, *, program: str, face: str, seconds: float) -> dict[str, int]:
    """The page number of every bookmark; empty where the pages can't be counted, or not as Word would.

    `program` is LibreOffice, a name or a path, "" for none; `face` that of the text. Takes some seconds, no more
    than `seconds`. Never raises: a book without page numbers is better than none.
    """
    path = shutil.which(program) if program else None
    if path is None:
        return {}
    if not has_widths_of(face):
        log.warning("pages_not_counted", because="no typeface of the same widths is installed", face=face)
        return {}
    try:
        return numbered(named_pages(as_pdf(data, program=path, seconds=seconds)))
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("pages_not_counted", because=f"{type(error).__name__}: {error}")
        return {}


def numbered(pages: Mapping[str, int]) -> dict[str, int]:
    """Page numbers from 1 where the first section begins, for what stands from there on."""
    first = pages.get(FIRST)
    if first is None:
        return {}
    return {name: page - first + 1 for name, page in pages.items() if page >= first}


def has_widths_of(face: str) -> bool:
    """Whether the face, or one of the same widths, is what programs on this machine will take for it."""
    return taken_for(face) in {face, *SAME_WIDTHS.get(face, ())}


def as_pdf(data: bytes, *, program: str, seconds: float) -> bytes:
    """The file as a PDF. Raises OSError and SubprocessError."""
    with tempfile.TemporaryDirectory(prefix="bookgen-layout-") as folder:
        (Path(folder) / "book.docx").write_bytes(data)
        _run(
            [
                program,
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to",
                f"pdf:writer_pdf_Export:{json.dumps(FILTER)}",
                "--outdir",
                folder,
                f"{folder}/book.docx",
            ],
            folder,
            seconds,
        )
        return (Path(folder) / "book.pdf").read_bytes()


def _run(command: list[str], folder: str, seconds: float) -> None:
    """Run it in a process group of its own, so that what it has started ends with it."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.wait(timeout=seconds)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def named_pages(data: bytes) -> dict[str, int]:
    """The page of every named destination of a PDF, from 0."""
    with ONE_AT_A_TIME:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            return {}
        try:
            found = (_named_page(document, place) for place in range(pdfium.FPDF_CountNamedDests(document)))
            return {name: page for name, page in found if page >= 0}
        finally:
            pdfium.FPDF_CloseDocument(document)


def _named_page(document: object, place: int) -> tuple[str, int]:
    size = ctypes.c_long(2 * LONGEST_NAME)
    name = ctypes.create_string_buffer(size.value)
    destination = pdfium.FPDF_GetNamedDest(document, place, name, size)
    if not destination or size.value < 2:
        return "", -1
    text = name.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0")
    return text, int(pdfium.FPDFDest_GetDestPageIndex(document, destination))
