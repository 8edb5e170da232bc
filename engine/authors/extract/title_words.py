"""Cues in a sentence by which a chapter's title is found: moves, offices, prizes, schools."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

from dataclasses import dataclass

from engine.authors.extract.grammar import NEVER, base_language


@dataclass(frozen=True, slots=True)
class Cues:
    """Alternations of one language, matched as words without case."""

    flight: str = NEVER
    voyage: str = NEVER
    back: str = NEVER
    arrival: str = NEVER
    toward: str = NEVER  # prepositions before a destination
    inside: str = NEVER  # prepositions before a place where one is
    study: str = NEVER
    childhood: str = NEVER
    married: str = NEVER
    met: str = NEVER
    named: str = NEVER  # verbs by which an office is given
    office: str = NEVER  # nouns of offices
    of: str = NEVER  # ties an office or prize to what it belongs to
    prize: str = NEVER
    war: str = NEVER
    served: str = NEVER  # what is said before the name of a master or employer
    lodged: str = NEVER  # and of whoever one lives with
    learned: str = NEVER  # before the verb of what one learns
    child: str = NEVER
    born: str = NEVER
    entitled: str = NEVER  # before a title in quotation marks
    venue: str = NEVER  # what has a place, and is worth a chapter's name
    article: str = NEVER


_CUES = {
    "en": Cues(
        flight=r"escap(?:e|ed|ing)|fled|flight|ran away|run away|running away",
        voyage=r"sail(?:ed|ing)?|voyage|embarked|passage|crossed the (?:ocean|atlantic|sea)|took ship",
        back=r"return(?:ed|ing)? to|came back|went back|back to",
        arrival=r"arriv(?:ed|al|ing)|reached|landed|came to|went to|go to|moved to|removed to|set out for|left for|started for|sent to|travel(?:l?ed|ling)? to|journey to",
        toward=r"to|for|at|in|into|reached",
        inside=r"in|at|near",
        study=r"student|studied|studying|studies|university|college|school|lycée|lessons|examinations?|degree|diploma|thesis",
        childhood=r"child|childhood|boy|girl|boyhood|girlhood|infant|grandmother|little (?:boy|girl)",
        married=r"married|marry|marriage (?:to|with)|wedding",
        met=r"met|meeting with|introduced to|acquainted with|acquaintance of|visit(?:ed)? (?:by|from|with|to)?|interview with",
        named=r"appointed|elected|nominated|named|made|became|chosen|commissioned|served|acted|was|as",
        office=r"president|marshal|recorder|minister|secretary|professor|editor|director|governor|senator|ambassador|consul(?:-general)?|"
        r"commissioner|mayor|judge|chancellor|treasurer|chairman|delegate|captain|colonel|major|general|lieutenant|admiral|bishop|"
        r"archbishop|rector|dean|curator|superintendent|inspector|envoy|agent",
        of=r"of|to|for",
        prize=r"prize|medal|award",
        war=r"war",
        served=r"hired (?:out )?(?:\w+ ){0,5}to(?: one)?|worked (?:for|under)|work (?:for|under)|service (?:to|of)|served|apprenticed to|employ(?:ed by|ment of)?|"
        r"secretary to|governess to|assistant to",
        lodged=r"(?:live|lived|lives|living|lodged|lodging|boarded|dwelt|stayed) (?:\w+ )?with|in the (?:family|house|household|home) of",
        learned=r"learn(?:ed|ing|t)?(?: how)? to|teach(?:ing)? (?:me|him|her|them|us)(?: how)? to|taught (?:me|him|her)(?: how)? to",
        child=r"daughter|son",
        born=r"was born|came into the world",
        entitled=r"entitled|called|titled|named|book|pamphlet|essay|poem|novel|play|opera|painting",
        venue=r"jail|prison|raid|battle|siege|convention|exposition|exhibition|congress|conference|expedition|commission|school|university|"
        r"college|academy|institute|laboratory|hospital|church|theat(?:er|re)|plantation|farm|bank|trial|treaty|revolution|rebellion|"
        r"election|monument|bridge|fort|court|observatory|colony|mission|strike|fair|museum|society",
        article="the",
    ),
    "es": Cues(
        flight=r"escap(?:ó|a|ar|aron|é)|huy(?:ó|eron|endo)|huí|huida|fuga|fugó",
        voyage=r"embarc(?:ó|aron|ado|é)|zarp(?:ó|aron)|travesía|naveg(?:ó|aron)",
        back=r"regres(?:ó|aron|o|é|ar)|volvi(?:ó|eron)|volví|retorn(?:ó|o)|regreso|vuelta",
        arrival=r"lleg(?:ó|aron|ada|ué|amos)|march(?:ó|aron|é)|traslad(?:ó|aron|é)|viaj(?:ó|aron|e|é)|parti(?:ó|eron)|salió|fue a|pasó a|desembarc(?:ó|aron|é)",
        toward=r"a|para|hacia|hasta|en",
        inside=r"en",
        study=r"estudi(?:ó|aba|os|ante|antes|é|ar)|universidad|colegio|escuela|instituto|exámenes|doctorado|licenciatura|bachillerato",
        childhood=r"niño|niña|niñez|infancia|muchacho|muchacha|abuela",
        married=r"casó con|casarse con|casé con|matrimonio con|boda con|contrajo matrimonio con",
        met=r"conoci(?:ó|eron) a|conocí a|encuentro con|entrevista con|encontró (?:a|con)|amistad con|reunió con",
        named=r"nombrad[oa]|elegid[oa]|designad[oa]|fue|era|como|nombró|nombraron|cargo de|puesto de",
        office=r"president[ea]|ministr[oa]|secretari[oa]|profesora?|catedrátic[oa]|directora?|gobernadora?|senadora?|embajadora?|cónsul|"
        r"alcald(?:e|esa)|juez|jueza|diputad[oa]|rectora?|capitán|coronel|general|virrey|obispo|arzobispo|inspectora?|maestr[oa]|"
        r"bibliotecari[oa]|oidor|corregidor",
        of=r"de|del|en",
        prize=r"premio|medalla",
        war=r"guerra",
        served=r"al servicio de|sirvió a|trabaj(?:ó|aba|é) (?:para|con)|aprendiz de|secretari[oa] de",
        lodged=r"viv(?:ió|ía|ir|í) con|en (?:la )?casa de|alojó (?:con|en casa de)",
        learned=r"aprend(?:er|ió|í|iendo) a|enseñ(?:ó|aba|ar)(?:me|le)? a",
        child=r"hija|hijo",
        born=r"nació",
        entitled=r"titulad[oa]|llamad[oa]|libro|folleto|ensayo|poema|novela|obra|cuadro",
        venue=r"cárcel|prisión|batalla|sitio|convención|exposición|congreso|conferencia|expedición|escuela|universidad|colegio|academia|"
        r"instituto|laboratorio|hospital|iglesia|teatro|hacienda|banco|tratado|revolución|rebelión|monumento|puente|audiencia|biblioteca",
        article=r"el|la|los|las",
    ),
    # Of these languages what a life is first told by: else a husband's bare name would stand over a chapter.
    "fr": Cues(
        childhood=r"enfant|enfance|fillette|petite? (?:fille|garçon)",
        married=r"épous(?:a|ai|er|é|ée)|se maria (?:à|avec)|mariage (?:à|avec)|noces avec",
        met=r"rencontr(?:a|ai|er|é|ée)|rencontre avec|fit la connaissance de|fis la connaissance de",
    ),
    "de": Cues(
        childhood=r"kind|kindheit|knabe|mädchen",
        married=r"heiratete|heiraten|verheiratet mit|vermählte sich mit|(?:heirat|ehe|hochzeit|trauung) mit",
        met=r"begegnete|traf|bekanntschaft mit|begegnung mit",
    ),
    "pt": Cues(
        childhood=r"criança|infância|menin[oa]",
        married=r"casou(?:-se)? com|casei(?:-me)? com|casar(?:-se)? com|casamento com|desposou",
        met=r"conheceu|conheci|encontrou|encontro com",
    ),
    "it": Cues(
        childhood=r"bambin[oa]|infanzia|fanciull[oa]",
        married=r"sposò|sposai|sposare|matrimonio con|nozze con",
        met=r"conobbe|conobbi|incontrò|incontro con",
    ),
}


def cues_of(language: str) -> Cues:
    """The cues of a language; empty ones where none are known: titles are then names alone."""
    return _CUES.get(base_language(language), Cues())
