"""What can be chosen for an export, checked; the same for every format that knows the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biographies.errors import BadWish


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of a cut page, in twips (1/20 pt, 1/1440 in)."""

    width: int
    height: int
    label: Promise

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height in inches."""
        return (self.width / 1440, self.height / 1440)


# Trade sizes in inches; A4 and A5 by ISO 216, 210 × 297 and 148 × 210 mm.
TRIMS: Final[Mapping[str, Trim]] = {
    "5x8": Trim(7200, 11520, gettext_lazy("5 × 8 in")),
    "5.5x8.5": Trim(7920, 12240, gettext_lazy("5.5 × 8.5 in")),
    "6x9": Trim(8640, 12960, gettext_lazy("6 × 9 in")),
    "a5": Trim(8391, 11906, gettext_lazy("A5")),
    "a4": Trim(11906, 16838, gettext_lazy("A4")),
}
FOOTNOTES: Final = "footnotes"
ENDNOTES: Final = "endnotes"
NOTES: Final[Mapping[str, Promise]] = {
    FOOTNOTES: gettext_lazy("at the foot of the page"),
    ENDNOTES: gettext_lazy("at the end of the book"),
}
CHOICES: Final[Mapping[str, Mapping[str, object]]] = {"trim": TRIMS, "notes": NOTES}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a book is printed: the size of its pages, where its notes stand, whether every chapter opens on a
    right page, and whether it is a draft, which needs no approval and says so on every page."""

    trim: str = "6x9"
    notes: str = FOOTNOTES
    recto: bool = False
    draft: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The options from a form, a request or a row; what isn't told has its default. Raises BadWish."""
        known = {one.name for one in fields(cls)}
        for name, value in told.items():
            if name not in known:
                raise BadWish(name, _("There is no such setting."))
            if name in CHOICES and value not in CHOICES[name]:
                raise BadWish(name, _("Choose one of: %s.") % ", ".join(CHOICES[name]))
            if name not in CHOICES and not isinstance(value, bool):
                raise BadWish(name, _("Say true or false."))
        return cls(**told)

    def as_json(self) -> dict[str, Any]:
        """The options as they are kept in a row."""
        return asdict(self)

    @property
    def page(self) -> Trim:
        """The size of its pages."""
        return TRIMS[self.trim]


DEFAULTS: Final = ExportOptions()
