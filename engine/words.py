"""Printed words of the book that no source gives: titles of the special sections, and labels.

Call these inside `translation.override(<language of the book>)`.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from biographies.vocabulary import ChapterKind


def section_title(kind: str) -> str:
    """The heading of a special section, in the active language."""
    return {
        ChapterKind.PROLOGUE.value: _("Prologue"),
        ChapterKind.INTRODUCTION.value: _("How This Book Was Made"),
        ChapterKind.TIMELINE.value: _("Timeline"),
        ChapterKind.EPILOGUE.value: _("Epilogue"),
        ChapterKind.GLOSSARY.value: _("Glossary"),
        ChapterKind.DRAMATIS_PERSONAE.value: _("Dramatis Personae"),
        ChapterKind.BIBLIOGRAPHY.value: _("Bibliography"),
    }[kind]
