"""What an order is about when only a machine that writes would be told so."""

# ruff: noqa: E501 - the long lines are patterns

from __future__ import annotations

import re
from typing import Final

from sources.injection.vocabulary import PUT, RETELL, SAY, SHOW

_GAP: Final = r"[^\w.!?\n]+"  # between two words of one sentence
_AT_A_DESK: Final = frozenset(
    "send type write list say answer".split()
)  # what manuals tell people to do with passwords
# What an order is about, when only a machine that writes would be told so: (name, weak, verbs, what follows).
ABOUT: Final = tuple(
    (verbs, weak, re.compile(pattern.replace(r"\W+", _GAP), re.I if flags else 0))
    for verbs, weak, flags, pattern in (
        (
            SHOW | RETELL,
            False,
            1,
            r"(?:\W+\w+){0,3}?\W+(?:your|tus?|tes|ton|ta|vos|votre|deine|ihre|teu|suas?|tue|le tue|je|twoje|твои)\W+"
            r"(?:\w+\W+){0,2}?(?:system|prompt|instructions|rules|guidelines|configuration|instrucciones|reglas|consignes|"
            r"anweisungen|regeln|instruções|regras|istruzioni|regole|инструкции)\b",
        ),
        (SAY | SHOW, False, 1, r"(?:\W+\w+){0,4}?\W+(?:the\W+)?(?:system|initial|hidden)\W+prompt\b"),
        (SAY | SHOW, False, 0, r"(?:\W+\w+){0,6}?\W+[A-Z0-9_]*_(?:KEY|TOKEN|SECRET|PASSWORD)\b"),
        ((SAY | SHOW) - _AT_A_DESK, False, 1, r"(?:\W+\w+){0,4}?\W+your\W+(?:\w+\W+)?(?:api\W+key|password|credentials|secrets?)\b"),
        (SAY | PUT, False, 1, r"[^.\n]{0,40}?(?:<(?:img|script|iframe|a\s)[^\n]{0,40}https?:|!\[[^\]\n]*\]\(https?:)"),
        (PUT, False, 1, r"\W+(?:the\W+)?(?:tool|function|plugin)\W+\w+\s*\("),
        (
            SAY | PUT,
            False,
            1,
            r"[^.\n]{0,160}?(?:every|each|all|cada|chaque|jede[ms]?|ogni)\W+(?:the\W+)?"
            r"(?:chapters?|answers?|responses?|outputs?|summar(?:y|ies)|cap[ií]tulos?|chapitres?|kapitels?|capitol[oi]|"
            r"respuestas?|réponses?|respostas?|rispost[ae])\b.{0,80}?https?://"
            r"|[^\n]{0,80}?https?://\S+[^.\n]{0,80}?(?:every|each|all|cada|chaque|jede[ms]?|ogni)\W+(?:\w+\W+)?"
            r"(?:chapters?|answers?|responses?|paragraphs?|outputs?|pages?|cap[ií]tulos?|chapitres?|kapitels?|capitol[oi])",
        ),
        (
            SAY | PUT,
            True,
            1,
            r"[^.\n]{0,80}?\b(?:every|each|cada|chaque|jede[ms]?|ogni)\W+"
            r"(?:chapters?|answers?|responses?|outputs?|summary|cap[ií]tulo|chapitre|kapitels?|capitolo|respuesta|réponse)\b",
        ),
        (
            SAY | PUT,
            False,
            1,
            r"\W+that\b[^.\n]{0,160}?\b(?:quoting|citing|linking to|according to)\W+this\W+(?:article|page|source|site|website)",
        ),
        (PUT, False, 1, r"\W+(?:always\W+)?[^.\n]{0,60}?\bas\W+the\W+only\W+source\b"),
        (
            SAY | PUT,
            False,
            1,
            r"[^.\n]{0,120}?\b(?:in|to|into|of)\W+(?:your|the|any|every)\W+(?:generated\W+)?"
            r"(?:biography|output|response|completion|generated text)\b",
        ),
        (SAY, False, 1, r"[^.\n]{0,60}?\b(?:run\W+out\W+of\W+tokens|forever|infinitely|token\W+limit|\d{3,}\W+times)\b"),
        (
            SAY,
            False,
            1,
            r"\W+(?:with\W+|only\W+|by\W+)?(?:an?\W+)?(?:empty|blank)\W+(?:message|answer|response|string|reply|output)\b",
        ),
        (SAY, False, 1, r"\W+(?:with\W+)?(?:only|just|exactly)\W+(?:with\W+)?the\W+(?:word|phrase|string|sentence|token|text)\b"),
        (
            SAY,
            True,
            1,
            r"(?:\W+\w+){0,4}?\W+(?:only|nothing\W+(?:else|but)|exactly|solely|únicamente|solo|sólo|seulement|uniquement|"
            r"nur|nichts|apenas|somente|soltanto|только)\b",
        ),
        (SAY, True, 1, r"[^.\n]{0,60}?\b(?:and\W+nothing\W+else|y\W+nada\W+más|et\W+rien\W+d.autre|und\W+nichts\W+anderes|"
                       r"e\W+nada\W+mais|e\W+nient.altro)\b"),
    )
)  # fmt: skip
