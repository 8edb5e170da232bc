"""A picture that came with a form, kept while the words beside it aren't right yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from biographies.admin.uploads import KEPT_FOR
from biographies.images import StoredPicture
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import StaffRequest
from sources.imaging import stored
from sources.intake import safe_name
from sources.pictures import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Kept:
    """A clean picture in the store that belongs to no book yet."""

    picture: StoredPicture
    filename: str


def taken(request: StaffRequest) -> Kept | None:
    """The picture of the form: that which was sent, or that which was kept before. Raises SourceError."""
    upload: Any = request.FILES.get("file")
    if upload is not None:
        name = str(upload.name)
        return Kept(stored(name, upload.read(MAX_BYTES + 1)), safe_name(name))
    return _from_note(request.POST.get("kept", ""), request.user)


def as_note(kept: Kept, by: User) -> str:
    """The signed note that goes into the form."""
    told = {"picture": asdict(kept.picture), "filename": kept.filename}
    return signing.dumps(told, salt=_salt(by), compress=True)


def _from_note(note: str, by: User) -> Kept | None:
    try:
        told: dict[str, Any] = signing.loads(note, salt=_salt(by), max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Kept(StoredPicture(**told["picture"]), told["filename"])


def _salt(by: User) -> str:
    return f"desk.image.{by.pk}"
