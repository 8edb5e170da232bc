"""What the words of a unit show: does it tell or argue, whom does it address, is it alive?"""

from __future__ import annotations

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
