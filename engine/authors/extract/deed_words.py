"""Words of the turning points of a life that sources date, age or order differently, in six languages."""

# ruff: noqa: E501 - the long lines are lists of words

from __future__ import annotations

from typing import Final, NamedTuple

# An escape or a flight that was tried or planned.
ATTEMPT: Final = {
    "en": r"(?:attempt|plan|plot|tried|try|trying|effort|resolv|determin)\w*\b[^.;]{0,90}?\b(?:to|of|at|for) (?:escape|flee|flight|run(?:ning)? away|abscond\w*|(?:secur|gain|obtain|win)\w* (?:my|his|her) (?:liberty|freedom))",
    "es": r"(?:intent|trat|plane|proyect)\w+\b[^.;]{0,60}?\b(?:escap|fug|hu[iy])\w+",
    "fr": r"(?:tent|essa[iy]|projet|résol)\w+\b[^.;]{0,60}?(?:\bs['’](?:évader|enfuir|échapper)|\bfuir|\bfuite|\bévasion)",
    "de": r"(?:fluchtversuch|(?:versuch|plan)\w*\b[^.;]{0,60}?\b(?:flucht|fliehen|entkommen|entfliehen|zu fliehen))",
    "pt": r"(?:tent|plane)\w+\b[^.;]{0,60}?\b(?:escap|fug)\w+",
    "it": r"(?:tent|cerc|progett)\w+\b[^.;]{0,60}?\b(?:fugg|fuga|evad|evasion|scapp)\w*",
}

# A degree, and what it is in.
DEGREE: Final = {
    "en": r"degrees?|graduat\w+|licenci\w+|diplomas?|bachelor\w*|doctorates?|doctor of|licentiate",
    "es": r"licenci\w+|doctor\w*|diploma\w*|bachiller\w*|grado de|título de",
    "fr": r"licenci?\w*|doctorat|docteur|diplôm\w+|agrég\w+|baccalauréat",
    "de": r"promov\w+|promotion|doktor\w*|diplom\w*|examen in|staatsexamen",
    "pt": r"licenci\w+|doutor\w*|diploma\w*|bacharel\w*|formou-se",
    "it": r"laure\w+|dottorat\w*|diplom\w+",
}
DOCTOR: Final = r"\b(?:doctor\w*|docteur|doktor\w*|promov\w+|promotion|doutor\w*|dottorat\w*|thesis|thèse|tesis|ph\.? ?d)\b"
FIELDS: Final = {
    "physics": r"physics|physiques?|física|físicas|physik|fisica",
    "mathematics": r"mathem\w+|mathém\w+|matem\w+",
    "chemistry": r"chemistry|chimie|química|chemie|chimica",
    "law": r"laws?|derecho|droit|rechte?|jura|direito|diritto|giurisprudenza",
    "medicine": r"medicine|medicina|médecine|medizin",
    "philosophy": r"philosoph\w+|filosof\w+",
    "theology": r"theolog\w+|théolog\w+|teolog\w+|divinity",
    "history": r"history|historia|histoire|geschichte|história|storia",
    "letters": r"letters|arts|letras|lettres|literatur\w*|lettere",
    "biology": r"biolog\w+",
    "engineering": r"engineering|ingenier\w+|ingénieur\w*|ingenieur\w*|engenharia|ingegneria",
}
# Between two things of which the second came later.
LATER: Final = {
    "en": r"later|afterwards?|after that|then|next|followed by|subsequently",
    "es": r"después|luego|más tarde|seguido",
    "fr": r"plus tard|ensuite|puis|après",
    "de": r"später|danach|dann|darauf",
    "pt": r"depois|mais tarde|seguido",
    "it": r"poi|dopo|più tardi|quindi",
}

# Father, mother, husband and wife; "my"; "his or her"; and that one dies, or is lost.
KIN: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (("father", "father"), ("mother", "mother"), ("husband", "husband"), ("wife", "wife")),
    "es": (("father", "padre"), ("mother", "madre"), ("husband", "marido|esposo"), ("wife", "mujer|esposa")),
    "fr": (("father", "père"), ("mother", "mère"), ("husband", "mari|époux"), ("wife", "femme|épouse")),
    "de": (("father", "vaters?"), ("mother", "mutter"), ("husband", "mann|gatten?"), ("wife", "frau|gattin")),
    "pt": (("father", "pai"), ("mother", "mãe"), ("husband", "marido"), ("wife", "mulher|esposa")),
    "it": (("father", "padre"), ("mother", "madre"), ("husband", "marito"), ("wife", "moglie")),
}
DIES: Final = {
    "en": (r"my|our", r"his|her", r"died|passed away|was killed", r"(?:death|loss) of|lost|losing"),
    "es": (r"mi", r"su", r"murió|falleció", r"muerte de|perdió a|perdí a"),
    "fr": (r"mon|ma", r"son|sa", r"mourut|est morte?|décéda", r"mort de|perdit|perdis"),
    "de": (
        r"meine?[rsnm]?",
        r"seine?[rsnm]?|ihre?[rsnm]?",
        r"starb|verstarb",
        r"tode?s? (?:des|der)?|verlor",
    ),
    "pt": (r"meu|minha", r"seu|sua", r"morreu|faleceu", r"morte d[eoa]|perdeu"),
    "it": (r"mio|mia", r"suo|sua", r"morì", r"morte d(?:i|el|ella)|perse|perdette"),
}
# "when he was", and ages that no number tells, with the years that they leave room for.
WHEN_WAS: Final = {
    "en": r"when (?:the (?:child|boy|girl)|he|she|I) (?:was|had been) (?:(?:only|but|still|just|then|yet|about|scarcely) )*",
    "es": r"cuando (?:él |ella |el niño |la niña |yo )?(?:tenía|era) (?:(?:sólo|solo|apenas|unos) )*",
    "fr": r"(?:quand|lorsqu['’]|alors qu['’])\s?(?:il|elle|j['’]|je|l['’]enfant) ?(?:avait|avais|était|étais) (?:(?:à peine|encore|seulement) )*",
    "de": r"als (?:er|sie|ich|das kind) (?:(?:erst|noch|kaum|etwa) )*",
    "pt": r"quando (?:ele |ela |eu )?(?:tinha|era) (?:(?:apenas|só|cerca de) )*",
    "it": r"quando (?:egli |lei |lui |io )?(?:aveva|avevo|era|ero) (?:(?:solo|appena|ancora) )*",
}
AT_AGE: Final = {
    "en": r"when (?:he|she|I) was (?:(?:only|but|still|just|about) )*|at (?:the age of )?(?:(?:only|about) )*|while (?:yet |still )?",
    "es": r"a los |a la edad de |cuando tenía ",
    "fr": r"à l['’]âge de |à (?=\w+ ans)",
    "de": r"im alter von |mit |als (?:er|sie|ich) ",
    "pt": r"aos |com |quando tinha ",
    "it": r"all['’]età di |a (?=\w+ anni)|quando aveva ",
}
EGO_WAS: Final = {
    "en": (r"I was (?:(?:then|only|but|just|still|about|at that time) )*", r"(?:He|She) was (?:(?:then|only|but|just|still|about|at that time) )*"),
    "es": (r"Yo tenía (?:(?:entonces|sólo|solo|apenas) )*", r"(?:Él |Ella )?[Tt]enía (?:(?:entonces|sólo|solo|apenas) )*"),
    "fr": (r"J['’]avais (?:(?:alors|seulement|à peine) )*", r"(?:Il|Elle) avait (?:(?:alors|seulement|à peine) )*"),
    "de": (r"Ich war (?:(?:damals|erst|noch|kaum) )*", r"(?:Er|Sie) war (?:(?:damals|erst|noch|kaum) )*"),
    "pt": (r"Eu tinha (?:(?:então|apenas|só) )*", r"(?:Ele |Ela )?[Tt]inha (?:(?:então|apenas|só) )*"),
    "it": (r"(?:Io )?[Aa]vevo (?:(?:allora|solo|appena) )*", r"(?:Egli |Lei )?[Aa]veva (?:(?:allora|solo|appena) )*"),
}  # fmt: skip
SMALL: Final = {
    "en": (("very (?:small|young)|a very (?:small|young|little) \\w+|quite (?:small|a baby)", 6), ("(?:an )?infant|(?:a )?baby|(?:in|during) (?:his|her|my) infancy|(?:in|from) the cradle", 4)),
    "es": (("muy (?:pequeñ[oa]|niñ[oa])", 6), ("en la cuna|recién nacid[oa]", 2)),
    "fr": (("tout(?:e)? petit(?:e)?|très jeune", 6), ("au berceau|nourrisson", 3)),
    "de": (("sehr klein|ganz klein", 6), ("säugling|in der wiege", 2)),
    "pt": (("muito pequen[oa]", 6), ("no berço|recém-nascid[oa]", 2)),
    "it": (("molto piccol[oa]", 6), ("in fasce|nella culla", 2)),
}  # fmt: skip

# How many children somebody had.
CHILDREN: Final = {
    "en": (r"(?:had|have|raised|reared|left|bore (?:him|her)|bore|were born|father of|mother of|parents? of|blessed with)", "children", r"no children|childless"),
    "es": (r"(?:tuvo|tuvieron|dejó|nacieron|padre de|madre de)", "hijos", r"no tuvo hijos|no tuvieron hijos|sin hijos"),
    "fr": (r"(?:eut|eurent|laissa|naquirent|père de|mère de)", "enfants", r"n['’]eut pas d['’]enfants?|n['’]eurent pas d['’]enfants?|sans enfants?"),
    "de": (r"(?:hatte|hatten|hinterließ|vater von|mutter von|bekamen?)", "kindern?|kinder", r"kinderlos|keine kinder"),
    "pt": (r"(?:teve|tiveram|deixou|nasceram|pai de|mãe de)", "filhos", r"não teve filhos|não tiveram filhos|sem filhos"),
    "it": (r"(?:ebbe|ebbero|lasciò|nacquero|padre di|madre di)", "figli", r"non ebbe figli|non ebbero figli|senza figli"),
}  # fmt: skip
# In Spanish, Portuguese and Italian the word for sons is that for children.
SONS_AND_DAUGHTERS: Final = {
    "sons": {"en": "sons", "fr": "fils", "de": "söhnen?"},
    "daughters": {
        "en": "daughters",
        "es": "hijas",
        "fr": "filles",
        "de": "töchtern?",
        "pt": "filhas",
        "it": "figlie",
    },
}
# Counts of some of the children only.
SOME_ONLY: Final = r"\b(?:surviv\w+|living|of whom|by (?:his|her|the) (?:first|second|third)|first (?:wife|husband|marriage)|second (?:wife|husband|marriage)|more|other|step\w*|adopt\w+|grown|vivos?|vivientes|survécurent|vivants?|überleb\w+|lebende\w*|sobreviv\w+|sopravviss\w+)\b"

# Others of a family, by name: "his uncle, John Barlow".
RELATED: Final = {
    "en": (("brother", "brother"), ("sister", "sister"), ("uncle", "uncle"), ("aunt", "aunt"), ("cousin", "cousin"), ("nephew", "nephew"), ("niece", "niece"), ("grandfather", "grandfather"), ("grandmother", "grandmother"), ("son", "son"), ("daughter", "daughter")),
    "es": (("brother", "hermano"), ("sister", "hermana"), ("uncle", "tío"), ("aunt", "tía"), ("cousin", "prim[oa]"), ("nephew", "sobrino"), ("niece", "sobrina"), ("grandfather", "abuelo"), ("grandmother", "abuela"), ("son", "hijo"), ("daughter", "hija")),
    "fr": (("brother", "frère"), ("sister", "sœur"), ("uncle", "oncle"), ("aunt", "tante"), ("cousin", "cousine?"), ("nephew", "neveu"), ("niece", "nièce"), ("grandfather", "grand-père"), ("grandmother", "grand-mère"), ("son", "fils"), ("daughter", "fille")),
    "de": (("brother", "bruder"), ("sister", "schwester"), ("uncle", "onkel"), ("aunt", "tante"), ("cousin", "vetter|cousine?"), ("nephew", "neffe"), ("niece", "nichte"), ("grandfather", "großvater"), ("grandmother", "großmutter"), ("son", "sohn"), ("daughter", "tochter")),
    "pt": (("brother", "irmão"), ("sister", "irmã"), ("uncle", "tio"), ("aunt", "tia"), ("cousin", "prim[oa]"), ("nephew", "sobrinho"), ("niece", "sobrinha"), ("grandfather", "avô"), ("grandmother", "avó"), ("son", "filho"), ("daughter", "filha")),
    "it": (("brother", "fratello"), ("sister", "sorella"), ("uncle", "zio"), ("aunt", "zia"), ("cousin", "cugin[oa]"), ("nephew", "nipote"), ("grandfather", "nonno"), ("grandmother", "nonna"), ("son", "figlio"), ("daughter", "figlia")),
}  # fmt: skip

# What somebody is in a body. Small letters only: "President Grant" is a name, and so is what a capital opens.
ROLES: Final = (
    r"\b(?:vice-)?(?:members?|secretary|president|chairman|treasurer|delegate|editor|founder|director|professor|lecturer|"
    r"governor|judge|mayor|marshal|recorder|minister|consul|ambassador|captain|colonel|lieutenant|sergeant|bishop|inspector|"
    r"superintendent|clerk|surgeon|curator|librarian|"
    r"miembro|secretari[oa]|presidente|tesorer[oa]|delegad[oa]|director[a]?|profesor[a]?|gobernador|juez|alcalde|embajador|"
    r"membre|secrétaire|président|trésorier|délégué|directeur|professeur|gouverneur|juge|maire|ambassadeur|"
    r"membro|secretári[oa]|tesoureir[oa]|governador|juiz|segretari[oa]|tesoriere|direttore|professore|governatore)\b"
    r"|\b(?:Mitglied|Sekretär|Präsident|Vorsitzender|Schatzmeister|Direktor|Gouverneur|Botschafter)\b"
)

# A prize with a name: "the Davy medal", "el premio Nobel".
PRIZE: Final = (
    r"(?P<name>(?:[A-Z][\w'’.-]+ )+)(?:[Pp]rizes?|[Mm]edals?|[Aa]wards?)\b"
    r"|\b(?:[Pp]remio|[Pp]rix|[Pp]r[êé]mio|[Mm]edalla|[Mm]édaille|[Mm]edalha|[Mm]edaglia)(?: d\w+)? (?P<after>[A-Z][\w'’.-]+)"
    r"|\b(?P<joined>[A-Z][\wäöüß]+)-?(?:preis|[Pp]reis|[Mm]edaille)\b"
)
WINS: Final = (
    r"\b(?:awarded|received?|won|gained|obtained|given|bestowed|conferred|recibió|obtuvo|ganó|reçut|obtint|remporta|erhielt|"
    r"gewann|verliehen|recebeu|ganhou|obteve|ricevette|vinse|ottenne)\b"
)


class Having(NamedTuple):
    """How a language says that somebody's father had a thing, or had none."""

    he: str
    she: str
    having: str
    lacking: str
    things: str


# Only things that one can stand before, so that "his father's trust" and "he had no time" are nothing.
HAVING: Final[dict[str, Having]] = {
    "en": Having(
        "he",
        "she",
        r"\b(?:{whose}) (?P<kin>{kin})['’]s (?:(?:own|little|small|large|old|private) )?(?:\w+, ){{0,2}}(?:and )?(?P<thing>{thing})\b",
        r"\b(?:(?P<who>{he})|(?:my|his|her) (?P<kin>{kin})) (?:had|owned|possessed|kept) (?:no|neither) (?:(?:such|private) )?(?P<thing>{thing})\b",
        r"laboratory|library|workshop|farm|shop|school|garden|estate|carriage|studio|piano|house|mill|orchard|servants|slaves",
    ),
    "es": Having(
        "él",
        "ella",
        r"\b(?:el|la|los|las) (?P<thing>{thing}) de (?:{whose}) (?P<kin>{kin})\b",
        r"\b(?:(?P<who>{he})|(?:mi|su) (?P<kin>{kin})) no (?:tenía|tuvo|poseía) (?:ningun[oa]? )?(?P<thing>{thing})\b",
        r"laboratorio|biblioteca|taller|granja|tienda|escuela|jardín|finca|carruaje|estudio|piano|casa|molino|esclavos",
    ),
    "fr": Having(
        "il",
        "elle",
        r"\b(?:le |la |les |l['’])(?P<thing>{thing}) de (?:{whose}) (?P<kin>{kin})\b",
        r"\b(?:(?P<who>{he})|(?:mon|ma|son|sa) (?P<kin>{kin})) n['’](?:avait|eut|avait jamais) (?:pas|point|aucun|aucune) (?:d['’]|de )?(?P<thing>{thing})\b",
        r"laboratoire|bibliothèque|atelier|ferme|boutique|école|jardin|domaine|voiture|studio|piano|maison|moulin|esclaves",
    ),
    "de": Having(
        "er",
        "sie",
        r"\b(?P<thing>{thing}) (?:{whose}) (?P<kin>{kin})\b",
        r"\b(?:(?P<who>{he})|(?:mein|sein|ihr)e? (?P<kin>{kin})) (?:hatte|besaß) kein(?:e|en)? (?P<thing>{thing})\b",
        r"labor|laboratorium|bibliothek|werkstatt|hof|laden|schule|garten|gut|kutsche|atelier|klavier|haus|mühle|sklaven",
    ),
}

# What only who has the thing has: "her father's retorts" are those of a laboratory.
PARTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "laboratory": r"retorts|beakers|crucibles|test[- ]tubes|batteries(?=, (?:\w+, )?(?:and )?\w+)|chemicals",
        "library": r"book-?cases|book-?shelves|shelves of books",
        "farm": r"cattle|cows|barns?|ploughs?|plows?|hired hands",
        "shop": r"customers|shop-?window|counter",
        "school": r"schoolroom|boarders",
        "workshop": r"work-?bench|apprentices|journeymen",
        "mill": r"mill-?wheel|millstones?",
    },
    "es": {"laboratorio": r"retortas|probetas|crisoles", "biblioteca": r"estanterías", "tienda": r"clientes|mostrador", "taller": r"aprendices"},
    "fr": {"laboratoire": r"cornues|éprouvettes|creusets", "boutique": r"clients|comptoir", "atelier": r"apprentis|établi"},
    "de": {"laboratorium": r"retorten|reagenzgläser|tiegel", "laden": r"kunden|ladentisch", "werkstatt": r"lehrlinge|werkbank"},
}  # fmt: skip
