"""What the words of a unit show: does it tell or argue, whom does it address, is it alive?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.authors.extract.grammar import grammar_of, word_pattern


@dataclass(frozen=True, slots=True)
class Signals:
    """Counts per sentence or per hundred words, as the names say."""

    telling: float  # past-tense words per sentence
    musing: float  # words of argument per sentence
    asking: float  # share of sentences with ? or !
    address: float  # words to a hearer per sentence
    asides: int  # words about the book itself
    scene: float  # words of the senses and the heart per sentence
    dialogue: bool
    sentence_words: float


def signals_of(texts: tuple[str, ...], language: str) -> Signals:
    """Signals of the sentences of one unit."""
    grammar = grammar_of(language)
    count = max(len(texts), 1)
    whole = " ".join(texts)

    def per_sentence(words: str) -> float:
        return len(word_pattern(words).findall(whole)) / count

    return Signals(
        telling=per_sentence(grammar.past),
        musing=per_sentence(grammar.musing),
        asking=sum(text.rstrip("\"”»'’)").endswith(("?", "!")) for text in texts) / count,
        address=per_sentence(grammar.second),
        asides=len(word_pattern(grammar.asides).findall(whole)),
        scene=per_sentence(grammar.scene),
        dialogue=whole.count('"') + whole.count("“") + whole.count("«") >= 2,
        sentence_words=len(whole.split()) / count,
    )


def is_reflection(signals: Signals) -> bool:
    """Speech, polemic or reflection rather than telling."""
    if signals.asking >= 0.5 or signals.address >= 0.8:
        return not signals.dialogue
    return signals.musing > 1.2 * signals.telling + 0.5


# How a letter says that it tells of long ago; what it tells without such words is news.
_LONG_AGO = re.compile(
    r"\b(?:in my (?:early )?(?:youth|childhood|boyhood|girlhood|infancy)|"
    r"(?:my|our) (?:youthful|childish|boyish|girlish) \w+|"
    r"when (?:yet |I was )?(?:but |yet |only )?a (?:mere |little )?(?:child|boy|girl)|"
    r"(?:long|many|some|few|\w+ty|ten) years (?:ago|since)|"
    r"(?:when|since|before|(?:soon|shortly|not long) after) (?:I|we) (?:first )?"
    r"(?:left|landed|ran away|fled|was married|married)|"
    r"(?:soon|shortly|not long) after (?:leaving|landing|my marriage)|in those (?:early )?days|"
    r"en mi (?:niñez|infancia|juventud)|hace (?:muchos )?años|cuando (?:yo )?era (?:niñ[oa]|joven)|"
    r"dans (?:mon enfance|ma jeunesse)|il y a (?:bien des |longtemps|des années)|"
    r"quand j['’]étais (?:enfant|petite?|jeune)|"
    r"in meiner (?:kindheit|jugend)|vor (?:vielen )?jahren|als ich (?:noch )?(?:ein )?(?:kind|klein|jung))\b",
    re.I,
)


def looks_back(text: str) -> bool:
    """Whether a paragraph of a letter remembers years long gone."""
    return bool(_LONG_AGO.search(text))
