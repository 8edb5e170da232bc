"""Files that came with a form, kept while the form isn't right yet: a mistake elsewhere loses none of them.

The bytes go to the store at once; the form carries a signed note of each, which only the same person can
hand in again. An abandoned form leaves nothing but unnamed blobs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from bookgen_site.lib.text import clean_text
from sources.errors import SourceError
from sources.extracting import MAX_BYTES
from sources.intake import SUFFIXES, look_at
from sources.metadata import LIST_NAME, Entry, read_list

KEPT_FOR: Final = 7 * 24 * 3600  # seconds that a half-filled form may lie


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store that belongs to no job yet, and what a list of sources says of it."""

    filename: str
    blob: str
    size: int
    entry: Entry | None = None

    @property
    def kind(self) -> str:
        """The kind of file in a word: PDF, HTML, TXT."""
        return Path(self.filename).suffix.lstrip(".").upper()


def as_note(kept: Kept, by: User) -> str:
    """The signed note that goes into the form."""
    return signing.dumps(asdict(kept), salt=_salt(by), compress=True)


def from_notes(notes: Iterable[str], by: User) -> list[Kept]:
    """The files behind the notes; a note that is forged, somebody else's or too old is passed over."""
    found: dict[tuple[str, str], Kept] = {}
    for note in notes:
        try:
            columns: dict[str, Any] = signing.loads(note, salt=_salt(by), max_age=KEPT_FOR)
        except signing.BadSignature:
            continue
        entry = Entry(**columns.pop("entry")) if columns["entry"] else None
        kept = Kept(**{**columns, "entry": entry})
        found[kept.filename, kept.blob] = kept
    return list(found.values())


def _salt(by: User) -> str:
    return f"desk.uploads.{by.pk}"


def keep(upload: UploadedFile[bytes]) -> Kept:
    """Put an uploaded file into the store; raises SourceError, with the reason, for what can't be a source."""
    return _kept(str(upload.name), upload.read(MAX_BYTES + 1), None)


def keep_file(path: Path, entry: Entry | None) -> Kept:
    """Put a file of this machine into the store; raises SourceError as `keep` does."""
    with path.open("rb") as file:
        return _kept(path.name, file.read(MAX_BYTES + 1), entry)


def _kept(filename: str, data: bytes, entry: Entry | None) -> Kept:
    name = clean_text(Path(filename).name, multiline=False)[:255]
    if Path(name).suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise SourceError(
            _("“%(f)s” is no kind of file that can be a source (%(k)s).") % {"f": name, "k": kinds}
        )
    look_at(name, data)
    return Kept(name, store.put(data), len(data), entry)


def _small_enough(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise SourceError(_("“%(f)s” is larger than %(m)d MB.") % {"f": name, "m": MAX_BYTES // 1_000_000})


def take(uploads: Sequence[UploadedFile[bytes]], before: Sequence[Kept]) -> tuple[list[Kept], list[str]]:
    """Keep the files of a form beside those kept before; returns all of them, and what was wrong with others."""
    kept, problems = {(one.filename, one.blob): one for one in before}, []
    lists = [upload for upload in uploads if upload.name == LIST_NAME]
    for upload in (one for one in uploads if one.name != LIST_NAME):
        try:
            one = keep(upload)
            kept[one.filename, one.blob] = one
        except SourceError as problem:
            problems.append(problem.reason)
    entries: dict[str, Entry] = {}
    for upload in lists:
        try:
            entries |= _listed(upload, [one.filename for one in kept.values()])
        except SourceError as problem:
            problems.append(problem.reason)
    return [replace(one, entry=entries.get(one.filename, one.entry)) for one in kept.values()], problems


def _listed(upload: UploadedFile[bytes], names: Sequence[str]) -> Mapping[str, Entry]:
    """What an uploaded sources.json says of the files that came with it; raises SourceError."""
    _small_enough(LIST_NAME, upload.size or 0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            # The list is held against a folder; empty files of the same names stand in for the uploads.
            for name in names:
                (folder / name).touch()
            (folder / LIST_NAME).write_bytes(upload.read())
            return read_list(folder).entries
        except OSError as error:  # a name that is too long for this machine's files
            raise SourceError(
                _("“%(f)s” can't be used: %(e)s.") % {"f": LIST_NAME, "e": error.strerror}
            ) from error
