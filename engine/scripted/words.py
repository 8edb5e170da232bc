"""The scripted model's own words on a book, in the languages of books: it has no passages to copy them from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# What the book rests on, with the subject's name, and how the sources were read.
ABOUT_THE_BOOK: Final[Mapping[str, tuple[str, str]]] = {
    "English": (
        "This book on {subject} rests on the sources that are listed at its end, and on nothing else.",
        "Each was read whole, cut into passages, and asked what it says; where two disagree, the book says so.",
    ),
    "Spanish": (
        "Este libro sobre {subject} se basa en las fuentes que figuran al final, y en nada más.",
        "Cada una se leyó entera, se dividió en pasajes y se le preguntó qué dice; donde dos no concuerdan, se indica.",
    ),
    "French": (
        "Ce livre sur {subject} repose sur les sources qui figurent à la fin, et sur rien d'autre.",
        "Chacune a été lue en entier, découpée en passages, et interrogée ; où deux se contredisent, le livre le dit.",
    ),
    "German": (
        "Dieses Buch über {subject} beruht auf den Quellen, die am Ende stehen, und auf nichts anderem.",
        "Jede wurde ganz gelesen, in Abschnitte geteilt und befragt; wo zwei sich widersprechen, sagt es das Buch.",
    ),
    "Portuguese": (
        "Este livro sobre {subject} baseia-se nas fontes que estão no fim, e em mais nada.",
        "Cada uma foi lida por inteiro e dividida em passagens; onde duas não concordam, o livro diz isso mesmo.",
    ),
    "Italian": (
        "Questo libro su {subject} si basa sulle fonti che sono elencate alla fine, e su niente altro.",
        "Ognuna è stata letta per intero e divisa in passi; dove due non concordano, il libro lo dice.",
    ),
}
