"""Keeps account of a section's notes while its text is printed: none may get lost, none may be made up."""

from __future__ import annotations

from biographies.exports.manuscript import Note, Section


class NoteAccount:
    """The notes of one section, and which of them have been called."""

    def __init__(self, section: Section) -> None:
        """Raises ValueError where two notes have one number."""
        self._notes = {note.number: note for note in section.notes}
        self._calls: dict[int, int] = {}
        if len(self._notes) < len(section.notes):
            raise ValueError(f"two notes of section {section.title!r} have the same number")

    def call(self, number: int) -> tuple[Note, int]:
        """The note of this number, and how often it was called before. Raises ValueError when it isn't there."""
        if number not in self._notes:
            raise ValueError(f"note {number} is called and not there")
        before = self._calls.get(number, 0)
        self._calls[number] = before + 1
        return self._notes[number], before

    def uncalled(self) -> list[int]:
        """The numbers of the notes that the text hasn't called, in order: no evidence gets lost in print."""
        return sorted(set(self._notes) - set(self._calls))
