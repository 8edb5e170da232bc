"""Words of one meaning or one root: "death" and "died", "flu" and "influenza". They find the place, and prove nothing."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

from functools import lru_cache
from typing import Final

import simplemma

from sources.numerals import fold
from sources.support.class_words import SAME
from sources.support.reading import LEMMAS, Reading, stem_of
from sources.support.tokens import Known

# One row a language; families with "|" between, in dictionary form where the language has lemmas.
_FAMILIES: Final[dict[str, str]] = {
    "en": (
        "die death dead perish decease expire | bear birth born native | live life reside dwell home residence | marry marriage wed wedding husband wife bride | give gift present donate bestow grant supply provide furnish"
        " | flee flight escape run abscond | lose loss | choose choice elect election select | speak speech talk address lecture oration | sell sale | buy purchase acquire | grow growth increase | arrive arrival come reach get | leave departure depart go quit"
        " | return back home | fail failure | bury burial grave funeral inter | prove proof | believe belief think opinion consider | serve service | high height | strong strength | long length | poor poverty | young youth boyhood girlhood childhood"
        " | destroy destruction ruin | decide decision resolve determine | permit permission allow leave licence license authorise authorize | refuse refusal reject decline deny | pay payment expense cost salary wage fee | possess possession own owner hold property"
        " | flu influenza | teach teacher instruct instruction school lesson tutor train training educate education | learn study student pupil | know acquaintance acquainted | praise commend applaud laud | blame criticise criticize condemn censure"
        " | raise bring rear upbringing foster | private privately | employ employment work job hire engage | begin start commence beginning open found establish | end finish conclude close | write writer author pen compose verse poem book | publish publication issue print appear"
        " | win victory prize award receive honour honor | wound hurt injure injury shot hit | fight battle war combat | travel journey voyage trip passage sail go | help aid assist assistance support | appoint appointment name make nominate | army enlist regiment soldier military muster troop"
        " | illness ill sick sickness disease fever | child infant baby infancy | father mother parent | brother sister sibling | house home estate dwelling | money fortune wealth sum pound dollar | debt owe bankrupt bankruptcy insolvent | letter write correspond correspondence"
        " | perform play concert appear stage | public publicly | doctor doctorate degree | chair professor professorship | physician doctor surgeon | lawyer attorney barrister | see meet visit encounter | love affection fond | discover discovery find | invent invention devise design"
        " | build erect construct | rule reign govern | king monarch throne crown | prison jail gaol imprison imprisonment arrest | free freedom liberty release emancipate | slave slavery bondage enslave | church chapel minister pastor clergyman | farm farmer plantation | ship vessel boat"
        " | move remove settle | divorce separate separation part | near close neighbour neighboring | lead command leader guide take head | survive outlive alive | kill slay murder | steal theft rob | send dispatch | remember recall memory | hope wish want desire"
        " | owing because | dismiss dismissal discharge sack expel oust lose post position office appointment contract | accompany accompanied together follow | promote promotion rank raise | join enter become member | famous fame renown celebrated | allow let | wealthy rich prosperous | eldest oldest elder old | keep retain run"
    ),
    "es": "morir murio muerte fallecer fallecio fallecimiento muerto | nacer nacio nacimiento nacido nacida | casar caso boda matrimonio esposa esposo marido | vivir vivio vida residio | volver volvio regreso regresar vuelta | escribir escribio libro obra publico | comprar compro adquirio | ensenar enseno maestro maestra profesor | embarco embarcar viajo viaje zarpo | recibio obtuvo premio",
    "fr": "mourir mourut mort morte deces deceda | naitre naquit ne nee naissance | epouser epousa mariage mari femme | vivre vecut vie habita | revenir revint retour retourna | ecrire ecrivit livre publia paraitre parut manuel manuels ouvrage | acheter acheta | enseigner enseigna maitre professeur ecole | elever eleva education | recut obtint prix",
    "de": "sterben starb tod gestorben verstarb | geboren geburt kam welt | heiraten heiratete heirat ehe ehefrau ehemann | leben lebte wohnte | kehrte zuruck ruckkehr zuruckkehrte | schreiben schrieb buch werk veroffentlichte erschien | kaufte erwarb | lehrte lehrer unterricht unterrichtete | erzogen erziehung aufgewachsen zog auf grosszog | erhielt bekam preis",
    "pt": "morrer morreu morte faleceu | nascer nasceu nascimento | casar casou casamento esposa marido | viver viveu vida residiu | voltar voltou regressou | escrever escreveu livro obra publicou | comprou adquiriu | ensinou professor",
    "it": "morire mori morte | nascere nacque nato nata nascita | sposare sposo matrimonio moglie marito | vivere visse vita | tornare torno ritorno | scrivere scrisse libro opera pubblico | compro acquisto | insegno maestro professore",
}  # fmt: skip


def _table(tongue: str) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for number, family in enumerate(_FAMILIES.get(tongue, "").split(" | ")):
        for word in family.split():
            groups.setdefault(fold(word), set()).add(f"{number}.")
    return {word: frozenset(found) for word, found in groups.items()}


@lru_cache(maxsize=16)
def _senses(tongue: str) -> Known[frozenset[str]]:
    table = _table(tongue)
    return Known(lambda text: _senses_of(text, tongue, table))


def _senses_of(text: str, tongue: str, table: dict[str, frozenset[str]]) -> frozenset[str]:
    word = fold(text)
    stem = stem_of(word, text, tongue)
    if not stem:
        return frozenset()
    lemma = fold(simplemma.lemmatize(text.lower(), lang=tongue)) if tongue in LEMMAS else word
    same = {f"={group}" for group in SAME.get(tongue, {}).get(word, ())}
    return frozenset({stem, *same}) | table.get(word, frozenset()) | table.get(lemma, frozenset())


def senses(reading: Reading, place: int) -> frozenset[str]:
    """What a token may mean: its stem, and the families it belongs to; nothing for a word without content."""
    return _senses(reading.tongue)[reading.tokens[place].text]
