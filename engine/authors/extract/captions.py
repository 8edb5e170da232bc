"""The words under a picture: they end with a full stop like a sentence, and tell nothing."""

from __future__ import annotations

import re
from typing import Final

from engine.authors.extract.grammar import NEVER, Grammar, word_pattern

_LONGEST: Final = 16  # words
_PICTURE: Final = (
    r"(?:photograph|photo|daguerreotype|painting|portrait|drawing|engraving|lithograph|miniature|sketch|print|bust|"
    r"fotografía|retrato|grabado|dibujo|photographie|gravure|dessin|fotografie|gemälde|bildnis|stich|zeichnung|fotografia|"
    r"ritratto|gravura|desenho|incisione|disegno)"
)
# What only the words under a picture have: who made it and of what, its number, who stands where.
_SIGN: Final = re.compile(
    rf"^\(?(?:courtesy|copyright|{_PICTURE}s?)\b|^(?:plate|fig(?:ure)?\.?|lámina|tafel|abb\.|planche)\s+[ivxlcdm\d]+\b|"
    rf"(?:^|, )(?:from|after) an? (?:[\w-]+ )?{_PICTURE}(?: (?:taken|made|painted))?\b|"
    r", (?:photographed|painted|drawn|engraved|sketched) by\b|\((?:left|right|cent(?:er|re)|standing|seated)\)",
    re.I,
)
_NAMED: Final = re.compile(
    r"(?:(?i:the|an?|el|la|le|die|der|das)\s+[^\W\d_]+\s+)?"
    r"(?:(?:[^\W\d_a-zà-ÿ][\w.’'-]*|the|a|el|la|le|die|der|das)\s+){1,6}"
    r"(?:in|at|with|on|before|during|from|and|as|en|con|a|y|avec|à|dans|et|bei|mit|und|im|com|e|em|di|da)\s"
)


# What happened when the picture was made, up to the end and without a comma: behind one, the verb of "Ann, when she
# came, sang" may follow.
_OCCASION: Final = re.compile(
    r",\s(?:when|where|while|cuando|donde|lorsque|quand|où|als|wo|während|quando|onde|dove|mentre)\s[^,;:]+$"
)
_MAY: Final = re.compile(r"\d\s+May\b|\bMay[\s,]+\d")  # the month, and no verb


def is_caption(text: str, grammar: Grammar, *, alone: bool) -> bool:
    """Whether a sentence is what stands under a picture: "Ann Lee in her garden.", "From a photograph of 1851."

    Short, without a verb that the language's grammar knows, and it has a sign of a picture, or begins with a name
    and a preposition, or is `alone` in its paragraph. Never where the grammar knows no verbs. What it tells of the
    occasion doesn't count ("Ann Lee at Hull, when a lamp was given to her.").
    """
    if _NAMED.match(text):
        text = _OCCASION.sub("", text)
    if len(text.split()) > _LONGEST or grammar.past == NEVER:
        return False
    sign = _SIGN.search(text)
    rest = _MAY.sub(" ", _SIGN.sub(" ", text))
    tells = word_pattern(f"{grammar.past}|{grammar.musing}|{grammar.first}").search(rest)
    return not tells and bool(sign or alone or _NAMED.match(text))
