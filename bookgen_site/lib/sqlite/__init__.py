"""Django's backend for SQLite, whose writers of one process take turns; `ENGINE` in the settings names it."""
