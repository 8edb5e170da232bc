"""The closed word lists of the evidence."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """How near a source stands to what it tells."""

    PRIMARY = "primary", _("primary")
    SECONDARY = "secondary", _("secondary")
    TERTIARY = "tertiary", _("tertiary")
    UNKNOWN = "unknown", _("unknown")


class Found(models.TextChoices):
    """How a source came to the job."""

    FOLDER = "folder", _("from a folder")
    UPLOAD = "upload", _("uploaded")
    URL = "url", _("given as a URL")
    FINDER = "finder", _("found")


class Decision(models.TextChoices):
    """Whether a person, or the job's own setting, lets a source into the book."""

    ACCEPTED = "accepted", _("accepted")
    SUGGESTED = "suggested", _("suggested")
    DECLINED = "declined", _("declined")


class FactKind(models.TextChoices):
    """What a fact is about."""

    BIRTH = "birth", _("birth")
    DEATH = "death", _("death")
    FAMILY = "family", _("family")
    EDUCATION = "education", _("education")
    OCCUPATION = "occupation", _("occupation")
    TRAVEL = "travel", _("travel")
    PUBLICATION = "publication", _("publication")
    AWARD = "award", _("award")
    EVENT = "event", _("event")
    STATEMENT = "statement", _("statement")


class DatePrecision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    SEASON = "season", _("season")
    YEAR = "year", _("year")
    CIRCA = "circa", _("about")
    DECADE = "decade", _("decade")
    RANGE = "range", _("range")


class Verdict(models.TextChoices):
    """What the support check says of a sentence and its passage."""

    VERBATIM = "verbatim", _("verbatim in the source")
    SUPPORTED = "supported", _("names, dates and numbers checked")
    CONTRADICTED = "contradicted", _("contradicted")
    UNSUPPORTED = "unsupported", _("unsupported")
    CANNOT_TELL = "cannot_tell", _("cannot tell")


class Opinion(models.TextChoices):
    """What a model says of a sentence that no rule could verify: a second opinion, never a verdict."""

    SUPPORTED = "supported", _("supported")
    CONTRADICTED = "contradicted", _("contradicted")
    UNSUPPORTED = "unsupported", _("unsupported")
    CANNOT_TELL = "cannot_tell", _("cannot tell")


# The verdicts that leave a sentence open: of these alone a model is asked.
OPEN_VERDICTS: Final = (Verdict.CANNOT_TELL, Verdict.UNSUPPORTED)
