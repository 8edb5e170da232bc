"""What kind of thing a statement tells, by small closed lists of words per language."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from functools import lru_cache

from engine.authors.extract.grammar import base_language

# In order of precedence: the first kind whose words are there names the statement.
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "birth": r"was born|were born|born (?:at|in|on|near)|birthplace|birthday|gave birth",
        "death": r"died|dies|death of|deathbed|his death|her death|funeral|was buried|burial|passed away|remains|coffin|"
        r"was killed|cemetery|last breath|mourned|mourners|obsequies",
        "award": r"prizes?|medals?|was awarded|honorary|knighted|laureate|decorated|legion of honou?r|award",
        "publication": r"publish(?:ed|ing|es)?|publication|wrote (?:a|his|her|the)|newspaper|journal|edited|editor of|"
        r"autobiography|novel|poems?|pamphlet|first (?:issue|number|edition)|manuscript|book",
        "family": r"married|marriage|wedding|wife|husband|mother|father|parents|brothers?|sisters?|sons?|daughters?|"
        r"grandmother|grandfather|uncle|aunt|engaged to|widow|family",
        "education": r"school|college|university|studied|studies|student|pupil|learn(?:ed|t|ing)? to|taught|teacher|lessons?|"
        r"examinations?|degree|graduat\w+|diploma|thesis|apprentice\w*|lycée|lyceum",
        "occupation": r"appointed|elected|professor|president of|secretary of|minister|ambassador|agent|commissioner|office|"
        r"marshal|hired|employ\w*|worked (?:as|for|at|in)|wages|trade|profession|enlisted|regiment|position of|post of|took charge",
        "travel": r"sailed|voyage|journey\w*|travel\w*|embarked|arrived|set out|set sail|started for|left for|went to|"
        r"returned to|moved to|removed to|escaped?|fled|visit(?:ed)?|steamer|passage|on board|train for|crossed|landed|reached",
    },
    "es": {
        "birth": r"naci[óo]|nacido|nacida|nací|nacimiento|vio la luz",
        "death": r"muri[óo]|murieron|falleci[óo]|fallecimiento|muerte|funeral(?:es)?|entierro|enterrad[oa]|sepultad[oa]|cementerio|"
        r"fusilad[oa]|asesinad[oa]",
        "award": r"premios?|medallas?|galardón|condecorad[oa]|galardonad[oa]|honoris causa",
        "publication": r"public(?:ó|aba|ado|ada|ación|aron|ar)|libros?|novela|poemas?|periódico|revista|editó|escribió|memorias|"
        r"manuscrito|diario",
        "family": r"casó|casaron|casarse|matrimonio|boda|espos[oa]|mujer|marido|madre|padres?|herman[oa]s?|hij[oa]s?|abuel[oa]s?|"
        r"tí[oa]s?|viud[oa]|familia",
        "education": r"escuela|colegio|universidad|estudi(?:ó|aba|os|ante|ar)|alumn[oa]|maestr[oa]|aprendió|lecciones|exámenes|"
        r"examen|título|doctor(?:ado|ó)|licenciatura|bachiller\w*",
        "occupation": r"nombrad[oa]|elegid[oa]|profesor[a]?|presidente|ministr[oa]|embajador|cargo|puesto|oficio|empleo|trabajó|"
        r"secretari[oa]|diputad[oa]|general en jefe|regimiento|ascendid[oa]|cátedra",
        "travel": r"viaj(?:ó|e|es|aba|aron)|embarcó|llegó|partió|salió (?:de|para|hacia)|marchó|regresó|volvió|trasladó|huyó|"
        r"desembarcó|visitó|exili(?:o|ó|ado)|cruzó|travesía",
    },
    "fr": {
        "birth": r"naquit|né(?:e)? (?:à|le|en)|naissance|vit le jour",
        "death": r"mourut|meurt|mort(?:e)? (?:le|à|en)|la mort|décès|décéd\w+|funérailles|obsèques|enterr\w+|cimetière|tombeau|inhum\w+",
        "award": r"prix|médailles?|décor(?:é|ée)|légion d['’]honneur|récompense|lauréat\w*",
        "publication": r"publi(?:a|e|é|er|cation)|livres?|roman|poèmes?|journal|revue|écrivit|mémoires|manuscrit|recueil",
        "family": r"épous(?:a|e|er)|mari(?:a|age|er)|noces|femme|mari|mère|père|parents|frères?|sœurs?|fils|filles?|"
        r"grand-mère|grand-père|oncle|tante|veu(?:f|ve)|famille",
        "education": r"école|collège|lycée|université|étud(?:ia|es|iant\w*|ier)|élève|maître|apprit|leçons|examens?|diplôme|"
        r"thèse|licence|baccalauréat|agrégation",
        "occupation": r"nommé(?:e)?|élu(?:e)?|professeur|président|ministre|ambassadeur|poste|charge|métier|emploi|travaill\w+|"
        r"secrétaire|député|régiment|chaire|fonctions",
        "travel": r"voyag\w+|s['’]embarqua|arriva|partit|quitta|revint|retourna|s['’]enfuit|débarqua|visita|exil|traversa|traversée",
    },
    "de": {
        "birth": r"geboren|geburt|kam zur welt",
        "death": r"starb|gestorben|tod(?:es)?|begräbnis|beerdig\w+|begraben|friedhof|verstorben\w*|verschied",
        "award": r"preis|medaille|ausgezeichnet|auszeichnung|ehrendoktor|orden",
        "publication": r"veröffentlicht\w*|erschien|buch|roman|gedichte?|zeitung|zeitschrift|schrieb|herausgegeben|manuskript",
        "family": r"heirat\w*|hochzeit|ehe|frau|mann|mutter|vater|eltern|brüder|bruder|schwestern?|sohn|tochter|kinder|"
        r"großmutter|großvater|onkel|tante|witwe|familie",
        "education": r"schule|gymnasium|universität|studi\w+|schüler\w*|lehrer|lernte|unterricht|prüfung|diplom|promov\w+|abitur",
        "occupation": r"ernannt|gewählt|professor|präsident|minister|gesandter|amt|stelle|beruf|arbeitete|sekretär|regiment|lehrstuhl",
        "travel": r"reis(?:e|te|en)|fuhr|kam nach|ging nach|zog nach|kehrte|floh|besucht\w*|verließ|schiff",
    },
    "pt": {
        "birth": r"nasceu|nascido|nascida|nasci|nascimento",
        "death": r"morreu|faleceu|morte|funeral|enterr\w+|sepultad\w+|cemitério",
        "award": r"prêmio|prémio|medalha|condecorad\w+|galardoad\w+",
        "publication": r"publicou|publicad\w+|livros?|romance|poemas?|jornal|revista|escreveu|memórias|manuscrito",
        "family": r"casou|casamento|espos[oa]|mulher|marido|mãe|pai|pais|irmã[os]?|irmão|filh[oa]s?|avó|avô|ti[oa]|viúv[oa]|família",
        "education": r"escola|colégio|universidade|estud(?:ou|os|ante|ar)|alun[oa]|mestre|aprendeu|lições|exames?|diploma|bacharel\w*",
        "occupation": r"nomead[oa]|eleit[oa]|professor[a]?|presidente|ministro|embaixador|cargo|ofício|emprego|trabalhou|secretári[oa]|regimento",
        "travel": r"viaj(?:ou|em|ar)|embarcou|chegou|partiu|voltou|regressou|mudou-se|fugiu|desembarcou|visitou|exílio",
    },
    "it": {
        "birth": r"nacque|nato a|nata a|nascita",
        "death": r"morì|morte|funeral[ei]|sepolt[oa]|sepoltura|cimitero|deceduto",
        "award": r"premio|medaglia|onorificenza|insignit[oa]",
        "publication": r"pubblic(?:ò|ato|ata|azione)|libr[oi]|romanzo|poesie|giornale|rivista|scrisse|memorie|manoscritto",
        "family": r"sposò|matrimonio|nozze|moglie|marito|madre|padre|genitori|fratell[oi]|sorell[ae]|figli[oae]?|nonn[oa]|zi[oa]|vedov[oa]|famiglia",
        "education": r"scuola|collegio|università|studi(?:ò|ava|are)?|alliev[oa]|maestr[oa]|imparò|lezioni|esam[ei]|laurea\w*|liceo",
        "occupation": r"nominat[oa]|elett[oa]|professore|presidente|ministro|ambasciatore|carica|mestiere|impiego|lavorò|segretario|reggimento",
        "travel": r"viaggi(?:ò|o|are)|s['’]imbarcò|arrivò|partì|tornò|ritornò|si trasferì|fuggì|sbarcò|visitò|esilio",
    },
}  # fmt: skip


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = _WORDS.get(base_language(language), {})
    return tuple((kind, re.compile(rf"\b(?:{words[kind]})\b", re.I)) for kind in words)


def kind_of(text: str, language: str, *, dated: bool) -> str:
    """The kind of a statement: one of FactDraft's kinds; "event" when only a date says that it happened."""
    for kind, pattern in _patterns(language):
        if pattern.search(text):
            return kind
    return "event" if dated else "statement"


def mentions(kind: str, text: str, language: str) -> bool:
    """Whether a text has words of that kind, other kinds apart."""
    return any(name == kind and pattern.search(text) for name, pattern in _patterns(language))


_TURNING = {
    "en": r"married|appointed|elected|founded|discovered|published|was born|died|escaped|graduated|enlisted|exiled|knighted",
    "es": r"casó|casé|nombrad[oa]|elegid[oa]|fundó|fundé|descubrió|publicó|publiqué|nació|nací|murió|falleció|desterrad[oa]",
    "fr": r"épousa|nommée?|élue?|fonda|découvrit|publia|naquit|mourut|exilée?",
    "de": r"heiratete|ernannt|gewählt|gründete|entdeckte|veröffentlichte|geboren|starb|verbannt",
    "pt": r"casou|nomead[oa]|eleit[oa]|fundou|descobriu|publicou|nasceu|morreu|faleceu",
    "it": r"sposò|nominat[oa]|elett[oa]|fondò|scoprì|pubblicò|nacque|morì|esiliat[oa]",
}


def is_turning(text: str, language: str) -> bool:
    """Whether a text tells what no life of a person may leave out."""
    words = _TURNING.get(base_language(language))
    return bool(words and re.search(rf"\b(?:{words})\b", text, re.I))


_ONCE = {
    "en": r"began|became|founded|established|opened|bought|purchased|retired|resigned|moved|settled|emigrated|escaped|"
    r"arrested|imprisoned|freed|released|awarded|received|won|editor|commission\w*|degree|first|last|only|inaugurat\w+|"
    r"completed|finished|sailed|joined|entered|left|received|arrived|came",
    "es": r"fundó|abrió|compró|empezó|comenzó|se retiró|dimitió|emigró|obtuvo|recibió|ganó|ingresó|terminó|primer[oa]?|"
    r"últim[oa]|embarcó|llegó|se trasladó|encarcelad[oa]|doctor\w*|licenció",
    "fr": r"ouvrit|acheta|commença|devint|démissionna|émigra|obtint|reçut|entra|acheva|premi\w+|derni\w+|embarqua|arrêtée?|arriva|s['’]installa",
    "de": r"eröffnete|kaufte|begann|wurde|trat|erhielt|gewann|beendete|erste[rsn]?|letzte[rsn]?|verhaftet|promovierte|kam|zog",
    "pt": r"abriu|comprou|começou|tornou-se|emigrou|obteve|recebeu|ganhou|entrou|terminou|primeir[oa]|últim[oa]|embarcou",
    "it": r"aprì|comprò|cominciò|divenne|emigrò|ottenne|ricevette|vinse|entrò|terminò|prim[oa]|ultim[oa]|s['’]imbarcò",
}
_RETURN = {
    "en": r"again|second time|third time|re-?elected|re-?appointed|re-?visit\w*|returned|once more|another|every year|annually",
    "es": r"de nuevo|otra vez|segunda vez|reelegid[oa]|volvió|regresó|cada año|anualmente",
    "fr": r"de nouveau|seconde fois|deuxième fois|réélue?|retourna|revint|chaque année",
    "de": r"wieder\w*|zum zweiten mal|erneut|nochmals|kehrte|jedes jahr|jährlich",
    "pt": r"de novo|outra vez|segunda vez|reeleit[oa]|voltou|regressou|cada ano|anualmente",
    "it": r"di nuovo|un['’]altra volta|seconda volta|rielett[oa]|tornò|ritornò|ogni anno",
}


def happens_once(text: str, language: str) -> bool:
    """Whether a clause tells what hardly happens twice in the same words: an office, a book, a departure."""
    words = _ONCE.get(base_language(language))
    return is_turning(text, language) or bool(words and re.search(rf"\b(?:{words})\b", text, re.I))


def mentions_return(text: str, language: str) -> bool:
    """Whether a clause says itself that it happened before, or happens often."""
    words = _RETURN.get(base_language(language))
    return bool(words and re.search(rf"\b(?:{words})\b", text, re.I))
