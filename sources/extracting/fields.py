"""Titles and authors that programs wrote, not people: no name of a document is better than a wrong one."""

from __future__ import annotations

import re

_SUFFIX = re.compile(
    r"\.(?:docx?|pdf|rtf|odt|html?|aspx?|php|txt|md|wpd|qxd|indd|pages|tex|dvi|ps|p65)$", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|publisher)|powerpoint presentation|layout \d+|print(?:ing)? job)\b[\s–—-]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^(?:https?://|www\.)\S*$|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?$|\S@\S", re.IGNORECASE
)
_NO_TITLE = frozenset(
    "untitled;untitled document;untitled-1;document;document1;document 1;new page;new page 1;home;homepage"
    ";home page;index;index page;title;no title;page title;welcome;default;welcome to nginx!;word document"
    ";sin título;documento sin título;documento;documento1;inicio;página principal;sans titre;sans nom"
    ";document sans titre;accueil;unbenannt;unbenanntes dokument;dokument;dokument1;startseite;senza titolo"
    ";documento senza titolo;sem título;naamloos;scan;scanned document;scanned image;img;blank page".split(
        ";"
    )
)
_NO_AUTHOR = frozenset(
    "admin;administrator;administrador;administrateur;root;user;user1;username;owner;unknown;unknown author"
    ";anonymous user;author;the author;n/a;na;none;null;nil;undefined;default;guest;test;editor;webmaster"
    ";staff writer;by;me;pc;hp;dell;toshiba;acer;asus;lenovo;microsoft;microsoft office user;microsoft corporation"
    ";windows user;usuario;utilisateur;benutzer;utente;desconocido;autor;auteur;python-docx;scanner;adobe"
    ";acrobat;your name;name;first last;firstname lastname;-;?".split(";")
)
_BY = re.compile(r"^(?:(?:written|posted|published)\s+by|by|von|par|por|di|door)[:\s]\s*", re.IGNORECASE)


def title_of(said: str) -> str:
    """The title that a document gives itself, or "" where a program or a template gave it.

    "Microsoft Word - Life of Jane Roe.doc" holds a title, "Microsoft Word - roe_3.doc" the name of a file.
    """
    bare = _PROGRAM.sub("", said.strip(" \"'“”"))
    stem = _SUFFIX.sub("", bare)
    if stem.casefold() in _NO_TITLE or (not any(char.isalpha() for char in stem) and not stem.isdigit()):
        return ""
    is_file_name = stem != bare or "_" in stem or bare != said.strip(" \"'“”")
    if is_file_name and (" " not in stem.strip() or "_" in stem):
        return ""
    return "" if _ADDRESS.search(stem) and " " not in stem else stem.strip()


_STAMP = re.compile(r"^(?P<day>\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}.*$")
_FILE_STAMP = re.compile(r"^(?:D:)?(?P<year>\d{4})(?P<month>\d{2})?(?P<day>\d{2})?")
_FIRST_FILE = 1990  # no PDF or Word file of today's kinds is older


def date_of(said: str) -> str:
    """A date as a page gives it, without the time of day; "" for what holds no number."""
    text = " ".join(said.split())
    stamp = _STAMP.match(text)
    day = stamp["day"] if stamp else text
    return day if any(char.isdigit() for char in day) and not day.startswith(("0000", "1970-01-01")) else ""


def file_date_of(said: str) -> str:
    """The date in a file's own data ("D:19070301…"), if a person put it there: older than its kind of file.

    Otherwise it tells when the file was made, which for an old text is not when it was written.
    """
    found = _FILE_STAMP.match(said.strip())
    if not found or not 1000 <= int(found["year"]) < _FIRST_FILE:
        return ""
    # Programs fill up a bare year with the first of January.
    parts = [found["year"], found["month"], found["day"]]
    return found["year"] if parts[1:] in (["01", "01"], [None, None]) else "-".join(filter(None, parts))


def author_of(said: str) -> str:
    """The author that a document names, or "" for accounts, programs, addresses and stand-ins."""
    name = _BY.sub("", said.strip(" ,;"))
    if name.casefold().strip(" .") in _NO_AUTHOR or not any(char.isalpha() for char in name):
        return ""
    return "" if _ADDRESS.search(name) else name
