"""The closed word lists of DESIGN.md: the same in module names, database, API and on screen."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """The six phases, in order."""

    SOURCE_VALIDATION = "source_validation", _("source validation")
    RESEARCH_PLANNING = "research_planning", _("research and planning")
    CHAPTER_GENERATION = "chapter_generation", _("chapter generation")
    SPECIAL_SECTIONS = "special_sections", _("special sections")
    QUALITY_CONTROL = "quality_control", _("quality control")
    EXPORT = "export", _("export")


# Where the progress bar stands when a phase begins and when it ends, in per cent.
PROGRESS: Final = {
    Phase.SOURCE_VALIDATION: (0, 10),
    Phase.RESEARCH_PLANNING: (10, 15),
    Phase.CHAPTER_GENERATION: (15, 75),
    Phase.SPECIAL_SECTIONS: (75, 90),
    Phase.QUALITY_CONTROL: (90, 95),
    Phase.EXPORT: (95, 100),
}


class JobStatus(models.TextChoices):
    """What a job as a whole is doing."""

    PENDING = "pending", _("pending")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    NEEDS_REVIEW = "needs_review", _("needs review")
    EXPORTING = "exporting", _("exporting")
    COMPLETED = "completed", _("completed")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class ChapterStatus(models.TextChoices):
    """Where a chapter stands on its way into the book."""

    PLANNED = "planned", _("planned")
    WRITING = "writing", _("being written")
    NEEDS_REVIEW = "needs_review", _("needs review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    PARKED = "parked", _("parked")


class Manner(models.TextChoices):
    """How a text was approved, so that the imprint can say what is true."""

    SINGLE = "single", _("by itself")
    TOGETHER = "together", _("together with others, from the list")
    UNREAD = "unread", _("unread, at the command line")


class ChapterKind(models.TextChoices):
    """Numbered chapters, and the special sections."""

    CHAPTER = "chapter", _("chapter")
    PROLOGUE = "prologue", _("prologue")
    INTRODUCTION = "introduction", _("methodological introduction")
    TIMELINE = "timeline", _("timeline")
    EPILOGUE = "epilogue", _("epilogue")
    GLOSSARY = "glossary", _("glossary")
    DRAMATIS_PERSONAE = "dramatis_personae", _("dramatis personae")
    BIBLIOGRAPHY = "bibliography", _("bibliography")


# The order of the book; numbered chapters stand where `chapter` stands.
PRINTING_ORDER: Final = tuple(
    ChapterKind(kind)
    for kind in (
        "prologue",
        "introduction",
        "timeline",
        "chapter",
        "epilogue",
        "glossary",
        "dramatis_personae",
        "bibliography",
    )
)


class Mode(models.TextChoices):
    """Where the sources come from."""

    MANUAL = "manual", _("manual: my own sources")
    HYBRID = "hybrid", _("hybrid: mine, and found ones")
    AUTOMATIC = "automatic", _("automatic: found ones")


class AuthorName(models.TextChoices):
    """What writes."""

    EXTRACTIVE = "extractive", _("extractive (no language model)")
    MODEL = "model", _("language model")


class CitationStyle(models.TextChoices):
    """The form of notes and bibliography."""

    CHICAGO = "chicago", _("Chicago")
    APA = "apa", _("APA")


class Origin(models.TextChoices):
    """How a revision came to be."""

    GENERATED = "generated", _("generated")
    REGENERATED = "regenerated", _("regenerated")
    EDITED = "edited", _("edited")
    RESTORED = "restored", _("restored")


class Severity(models.TextChoices):
    """How grave a finding is; errors block approval until they are resolved or dismissed."""

    INFO = "info", _("info")
    WARNING = "warning", _("warning")
    ERROR = "error", _("error")


class FindingStatus(models.TextChoices):
    """What an editor has done about a finding."""

    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")
    DISMISSED = "dismissed", _("dismissed")
