"""Closed lists of words that the support check reads, in six languages, folded (no capitals, no accents)."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

from typing import Final

from sources.numerals import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


FUNCTION: Final[dict[str, frozenset[str]]] = {
    "en": _words(
        "a an the this that these those some any each every such same other another i me my mine we us our ours you your yours he him his she her hers it its they "
        "them their theirs myself himself herself itself themselves who whom whose which what when where while as than then there here and or but nor so yet if "
        "because although though since until till whether of in on at by for from to into onto upon with within about over under between among through during "
        "against toward towards after before above below off out up down again be am is are was were been being have has had having do does did done will would "
        "shall should can could may might must also very too just only even still already both all most more much many few quite rather how why once ever always "
        "often soon later however thus therefore whereas s t d ll re ve one own well"
    ),
    "es": _words(
        "el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella aquello mi mis tu tus su sus nuestro nuestra yo me nos nosotros el "
        "ella ellos ellas le les se que quien quienes cual cuales cuyo cuya donde cuando como mientras y e o u pero sino si porque aunque de del a al en por para con "
        "desde hasta entre sobre tras hacia durante contra ante bajo segun es era eran fue fueron ser sido siendo son esta estaba estaban estuvo estar ha habia habian "
        "han haber hubo he muy mas menos tan tanto tambien ya aun todavia todo toda todos todas otro otra otros otras mismo misma cada luego despues antes entonces asi uno"
    ),
    "fr": _words(
        "le la les l un une des du de d au aux ce cet cette ces mon ma mes ton son sa ses notre nos leur leurs je j me m nous vous il elle ils elles lui se s on qui "
        "que qu quoi dont ou quand comme et mais si car donc ni a en dans par pour avec sur sous vers chez entre depuis jusqu jusque pendant durant contre apres avant "
        "est etait etaient fut furent etre ete etant sont ai as avait avaient eut eurent avoir eu ont tres plus moins tant aussi deja encore tout toute tous toutes "
        "autre autres meme chaque alors ainsi y c t n ne puis ensuite"
    ),
    "de": _words(
        "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene jenes mein meine meinen seiner sein seine seinen seinem "
        "ihr ihre ihren ihrem ihrer unser unsere ich mich mir wir uns er ihn ihm sie es ihnen sich man wer was welche welcher wo wann wie wenn als und oder aber "
        "sondern denn weil obwohl dass ob von vom zu zum zur in im an am auf bei beim fur mit nach aus uber unter zwischen durch gegen um seit bis vor hinter wahrend "
        "ist war waren wurde wurden sein gewesen worden werden wird hat hatte hatten haben habe sehr mehr auch schon noch nur alle allen alles andere anderen dann so "
        "da dort hier danach"
    ),
    "pt": _words(
        "o a os as um uma uns umas este esta estes estas esse essa isso aquele aquela meu minha seu sua seus suas nosso nossa eu me nos ele ela eles elas lhe lhes se "
        "que quem qual quais cujo cuja onde quando como enquanto e ou mas se porque embora de do da dos das em no na nos nas ao aos por pelo pela pelos pelas para com "
        "desde ate entre sobre apos durante contra sob e era eram foi foram ser sido sendo sao esta estava estavam estar ha havia tinha tinham tem ter teve muito mais "
        "menos tao tambem ja ainda todo toda todos todas outro outra outros outras mesmo mesma cada depois antes entao assim dum duma num numa"
    ),
    "it": _words(
        "il lo la i gli le l un uno una dei degli delle del dello della dell di d a al allo alla ai agli alle all in nel nello nella nei negli nelle nell con col per su "
        "sul sulla sui tra fra da dal dalla dai dagli dalle questo questa questi queste quello quella quelli quelle quel mio mia suo sua suoi sue nostro loro io mi noi "
        "ci vi egli lui lei essi esse si che chi cui quale quali dove quando come mentre e ed o ma se perche anche e era erano fu furono essere stato stata stati sono "
        "ha aveva avevano ebbe avere hanno molto piu meno tanto gia ancora tutto tutta tutti tutte altro altra altri altre stesso stessa ogni poi dopo prima allora cosi ne"
    ),
}
# Words that turn what follows them into its opposite.
NEGATION: Final[dict[str, frozenset[str]]] = {
    "en": _words(
        "not never no without neither nor cannot nobody nothing none nowhere failed fail fails refused refuse declined unable hardly barely scarcely don't didn't doesn't "
        "wasn't weren't isn't aren't hadn't hasn't haven't couldn't wouldn't shouldn't won't can't shan't mustn't needn't"
    ),
    "es": _words("no nunca jamas sin ningun ninguna ninguno nadie nada tampoco ni rehuso nego"),
    "fr": _words("pas jamais sans aucun aucune personne rien nullement ni refusa refuse echoua"),
    "de": _words(
        "nicht nie niemals kein keine keinen keinem keiner keines ohne weder niemand nichts weigerte"
    ),
    "pt": _words("nao nunca jamais sem nenhum nenhuma ninguem nada tampouco nem recusou"),
    "it": _words("non mai senza nessun nessuno nessuna niente nulla neppure nemmeno rifiuto"),
}
# Verbs that deny with the word behind them: "turned down the offer".
REFUSING: Final = {"turned": "down", "turn": "down", "turns": "down", "turning": "down"}
# Verbs of German whose opposite is told by a word at the end of the clause: "nahm das Amt an".
SEPARABLE: Final = {"nahm": "an", "nahmen": "an", "nimmt": "an"}
# Of these alone nothing follows: "no fewer than", "not only", "not until".
NO_NEGATION_BEFORE: Final = _words(
    "only fewer less more until till later sooner doubt solo solamente mas menos seulement moins nur weniger mehr apenas soltanto"
)
PRONOUNS: Final = _words(
    "i me my mine we us our ours he him his she her hers it its they them their theirs who yo me mi mis nosotros nuestro nuestra el ella ellos su sus je j m mon ma mes nous "
    "notre nos il elle ils elles son sa ses leur leurs lui ich mich mir mein meine meinen meinem meiner wir uns unser unsere er ihn ihm sie sein seine seinen seiner seinem ihr "
    "ihre ihren ihrer eu meu minha nosso nossa ele ela eles seu sua seus suas io mio mia miei noi nostro egli lei suo sua suoi loro"
)
MALE, FEMALE = _words("he him his himself"), _words("she her hers herself")

# Word -> who it is; a widow is a wife here, and a stepmother a word of its own.
_KIN: Final = {
    "en": {
        "mother": "mother mama mamma mum mom mothers", "father": "father papa dad fathers", "parent": "parent parents",
        "wife": "wife widow bride wives", "husband": "husband widower bridegroom husbands", "spouse": "spouse spouses",
        "sister": "sister sisters", "brother": "brother brothers", "sibling": "sibling siblings", "son": "son sons",
        "daughter": "daughter daughters", "child": "child children", "grandmother": "grandmother grandma", "grandfather": "grandfather",
        "aunt": "aunt aunts", "uncle": "uncle uncles", "cousin": "cousin cousins", "niece": "niece nieces", "nephew": "nephew nephews",
        "grandson": "grandson grandsons", "granddaughter": "granddaughter granddaughters", "stepmother": "stepmother", "stepfather": "stepfather",
    },
    "es": {
        "mother": "madre mama", "father": "padre papa", "parent": "padres", "wife": "esposa mujer viuda", "husband": "esposo marido viudo",
        "sister": "hermana hermanas", "brother": "hermano", "sibling": "hermanos", "son": "hijo", "daughter": "hija hijas", "child": "hijos nino ninos",
        "grandmother": "abuela", "grandfather": "abuelo", "aunt": "tia", "uncle": "tio", "cousin": "primo prima primos", "niece": "sobrina",
        "nephew": "sobrino", "grandson": "nieto", "granddaughter": "nieta", "stepmother": "madrastra", "stepfather": "padrastro",
    },
    "fr": {
        "mother": "mere maman", "father": "pere papa", "parent": "parents parent", "wife": "femme epouse veuve", "husband": "mari epoux veuf",
        "sister": "soeur soeurs sœur sœurs", "brother": "frere freres", "son": "fils", "daughter": "fille filles", "child": "enfant enfants",
        "grandmother": "grandmere", "grandfather": "grandpere", "aunt": "tante", "uncle": "oncle", "cousin": "cousin cousine cousins",
        "niece": "niece", "nephew": "neveu", "stepmother": "marâtre belle-mere",
    },
    "de": {
        "mother": "mutter", "father": "vater vaters", "parent": "eltern", "wife": "ehefrau frau gattin witwe gemahlin", "husband": "ehemann gatte gatten witwer gemahl mann",
        "sister": "schwester schwestern", "brother": "bruder bruders brudern", "sibling": "geschwister", "son": "sohn sohnes sohne", "daughter": "tochter tochtern",
        "child": "kind kinder kindern kindes", "grandmother": "grossmutter großmutter", "grandfather": "grossvater großvater", "aunt": "tante", "uncle": "onkel",
        "cousin": "cousin cousine vetter base", "niece": "nichte", "nephew": "neffe neffen", "grandson": "enkel", "granddaughter": "enkelin",
        "stepmother": "stiefmutter", "stepfather": "stiefvater",
    },
    "pt": {
        "mother": "mae", "father": "pai", "parent": "pais", "wife": "esposa mulher viuva", "husband": "esposo marido viuvo", "sister": "irma irmas",
        "brother": "irmao", "sibling": "irmaos", "son": "filho", "daughter": "filha filhas", "child": "filhos crianca criancas", "grandmother": "avo",
        "grandfather": "avô", "aunt": "tia", "uncle": "tio", "cousin": "primo prima", "niece": "sobrinha", "nephew": "sobrinho", "grandson": "neto", "granddaughter": "neta",
    },
    "it": {
        "mother": "madre mamma", "father": "padre papa babbo", "parent": "genitori genitore", "wife": "moglie sposa vedova", "husband": "marito sposo vedovo",
        "sister": "sorella sorelle", "brother": "fratello", "sibling": "fratelli", "son": "figlio", "daughter": "figlia figlie", "child": "figli bambino bambini",
        "grandmother": "nonna", "grandfather": "nonno", "aunt": "zia", "uncle": "zio", "cousin": "cugino cugina", "niece": "nipote",
        "stepmother": "matrigna", "stepfather": "patrigno",
    },
}  # fmt: skip
# Relations of baptism, in no other table.
_GODS: Final[dict[str, dict[str, str]]] = {
    "en": {"godmother": "godmother", "godfather": "godfather", "goddaughter": "goddaughter", "godson": "godson"},
    "es": {"godmother": "madrina", "godfather": "padrino", "goddaughter": "ahijada", "godson": "ahijado"},
    "fr": {"godmother": "marraine", "godfather": "parrain", "goddaughter": "filleule", "godson": "filleul"},
    "de": {"godmother": "patin taufpatin", "godfather": "pate taufpate", "goddaughter": "patentochter", "godson": "patensohn"},
    "pt": {"godmother": "madrinha", "godfather": "padrinho", "goddaughter": "afilhada", "godson": "afilhado"},
    "it": {"godmother": "madrina", "godfather": "padrino", "goddaughter": "figlioccia", "godson": "figlioccio"},
}  # fmt: skip
KIN: Final[dict[str, dict[str, str]]] = {
    tongue: {fold(word): kin for kin, words in {**table, **_GODS[tongue]}.items() for word in words.split()}
    for tongue, table in _KIN.items()
}
# Who may be meant by, or follows from, another word: a wife has a husband, a mother is a parent.
KIN_ALSO: Final[dict[str, frozenset[str]]] = {
    "mother": _words("parent son daughter child"), "father": _words("parent son daughter child"),
    "parent": _words("mother father son daughter child"),
    "wife": _words("husband spouse"), "husband": _words("wife spouse"), "spouse": _words("wife husband"),
    "sister": _words("brother sibling"), "brother": _words("sister sibling"), "sibling": _words("sister brother"),
    "son": _words("child mother father parent"), "daughter": _words("child mother father parent"),
    "child": _words("son daughter mother father parent"),
}  # fmt: skip
MARRYING: Final = (
    "marri",
    "wed",
    "match",
    "betro",
    "casar",
    "casad",
    "casam",
    "matri",
    "epous",
    "heira",
    "verhe",
    "spos",
    "desp",
)

# Pairs of opposites: the left hand against the right, per language. A small list, by hand.
_OPPOSITES: Final = {
    "en": (
        "support supported supports favour favoured favored welcomed welcome encouraged approved backed endorsed | oppose opposed opposes against resisted objected disapproved rejected forbade discouraged",
        "older elder oldest eldest | younger youngest", "accepted accept accepts accepting agreed | rejected refused declined reject refuse decline",
        "won win wins winning | lost lose loses losing", "before | after", "first | last second", "married | unmarried bachelor spinster single",
        "rich wealthy prosperous | poor penniless impoverished destitute", "increased increase rose grew risen | decreased decrease fell declined shrank fallen dropped",
        "arrived arrive reached entered came | left departed fled leaving", "more | fewer less", "larger bigger greater | smaller lesser", "longer | shorter",
        "succeeded success successful successfully | failed failure unsuccessful unsuccessfully", "began begun started opened founded established | ended finished closed abolished dissolved",
        "alive survived lived | dead died perished killed", "public publicly | private privately secret secretly anonymous anonymously", "voluntarily willingly | unwillingly forcibly reluctantly",
        "early | late", "born | died", "bought buy purchased | sold sell", "friend friends ally allies | enemy enemies rival rivals", "victory | defeat",
        "guilty convicted | innocent acquitted", "legitimate | illegitimate", "northern north | southern south", "eastern east | western west", "allowed permitted | forbidden forbade prohibited banned",
        "loved liked admired adored | hated disliked despised loathed detested", "happy happily | unhappy unhappily", "present attended | absent missed", "remembered | forgot forgotten",
        "healthy | ill sick", "free | enslaved", "above | below", "best | worst", "easily | hardly", "always often frequently | never rarely seldom", "borrowed | lent", "taught teaches | learned studied",
        "confirmed | denied", "united together | separated separately apart", "alone | together accompanied", "praised | criticised criticized condemned attacked", "joined | left resigned quit",
    ),
    "es": (
        "apoyo apoyaba favorecio acepto aprobo | rechazo rehuso opuso oponia nego", "mayor | menor", "gano gana | perdio pierde", "antes | despues", "primero primer primera | ultimo ultima segundo segunda",
        "casado casada | soltero soltera", "rico rica | pobre", "aumento crecio | disminuyo", "llego | partio", "mas | menos", "nacio | murio", "compro | vendio", "amigo amiga | enemigo enemiga rival",
        "norte | sur", "este oriente | oeste occidente", "publico publica | privado privada secreto", "exito | fracaso", "siempre | nunca", "vivo | muerto", "mejor | peor", "permitio | prohibio", "temprano | tarde",
    ),
    "fr": (
        "soutint appuya approuva accepta favorisa | rejeta refusa opposa oppose s'opposa", "aine ainee | cadet cadette", "gagna remporta | perdit", "avant | apres", "premier premiere | dernier derniere second seconde",
        "marie mariee | celibataire", "riche | pauvre", "augmenta | diminua", "arriva | partit quitta", "plus | moins", "naquit ne nee | mourut mort morte", "acheta | vendit", "ami amie | ennemi ennemie rival",
        "nord | sud", "est | ouest", "public publique publiquement | prive privee secret", "succes reussit | echec echoua", "toujours souvent | jamais", "meilleur | pire", "permit autorisa | interdit", "tot | tard", "vieux vieille | jeune",
    ),
    "de": (
        "unterstutzte befurwortete billigte annahm annahmen annimmt akzeptierte | ablehnte lehnte widersetzte gegen", "alter altere alteste altesten altester | junger jungere jungste jungsten jungster", "gewann | verlor", "vor | nach", "erste ersten erster erstes | letzte letzten letzter zweite zweiten zweiter",
        "verheiratet | unverheiratet ledig", "reich reichen | arm armen", "stieg wuchs | sank fiel", "kam | verliess ging", "mehr | weniger", "geboren | starb gestorben", "kaufte | verkaufte", "freund freunde freundin | feind feinde feindin rivale",
        "norden nordlich | suden sudlich", "osten ostlich | westen westlich", "offentlich | privat heimlich", "erfolg erfolgreich | misserfolg scheiterte", "immer | nie niemals", "beste besten | schlechteste", "erlaubte | verbot", "fruh | spat",
    ),
    "pt": (
        "apoiou aceitou aprovou | rejeitou recusou opos", "velho velha mais | novo nova", "ganhou venceu | perdeu", "antes | depois", "primeiro primeira | ultimo ultima segundo segunda", "casado casada | solteiro solteira",
        "rico rica | pobre", "aumentou cresceu | diminuiu", "chegou | partiu deixou", "mais | menos", "nasceu | morreu", "comprou | vendeu", "amigo amiga | inimigo inimiga rival", "norte | sul", "leste | oeste",
        "publico publica | privado privada secreto", "sucesso | fracasso", "sempre | nunca", "melhor | pior", "permitiu | proibiu", "cedo | tarde", "maior | menor",
    ),
    "it": (
        "sostenne appoggio accetto approvo | rifiuto respinse oppose", "maggiore | minore", "vinse | perse", "prima | dopo", "primo prima | ultimo ultima secondo seconda", "sposato sposata | celibe nubile", "ricco ricca | povero povera",
        "aumento crebbe | diminui calo", "arrivo giunse | parti lascio", "piu | meno", "nacque nato nata | mori morto morta", "compro acquisto | vendette", "amico amica | nemico nemica rivale", "nord | sud", "est | ovest",
        "pubblico pubblica | privato privata segreto", "successo | fallimento", "sempre | mai", "migliore | peggiore", "permise | proibi", "presto | tardi", "vecchio vecchia | giovane",
    ),
}  # fmt: skip
# Opposites of which one is the other seen from the other side: who bought from Wiese, to him Wiese sold.
CONVERSE: Final = _words(
    "bought buy purchased sold sell lent borrowed taught teaches learned studied compro vendio acheta vendit"
    " kaufte verkaufte comprou vendeu acquisto vendette gave received"
)
# Opposites that mean something only before the same word ("the first lesson"), not anywhere in a sentence.
BOUND: Final = _words(
    "before after first last second early late more less fewer larger smaller greater longer shorter above below best worst north south east west northern southern eastern western "
    "antes despues primero primer primera ultimo ultima mayor menor mas menos norte sur este oeste avant apres premier premiere dernier derniere plus moins nord sud est ouest "
    "vor nach erste ersten erster erstes letzte letzten letzter zweite zweiten zweiter mehr weniger depois primeiro primeira segundo segunda mais sul leste maior prima dopo primo "
    "secondo seconda piu meno ovest maggiore minore public publicly private free alone together always often never siempre toujours souvent immer sempre mai"
)


def _opposites(rows: tuple[str, ...]) -> dict[str, tuple[tuple[int, int], ...]]:
    table: dict[str, tuple[tuple[int, int], ...]] = {}
    for axis, row in enumerate(rows):
        for side, words in enumerate(row.split(" | ")):
            for word in words.split():
                table[fold(word)] = (*table.get(fold(word), ()), (axis, side))
    return table


OPPOSITES: Final = {tongue: _opposites(rows) for tongue, rows in _OPPOSITES.items()}

# Units of time in days; what is counted in them can be compared across units.
_UNITS: Final = {
    1 / 24: "hour hours hora horas heure heures stunde stunden ora ore",
    1.0: "day days dia dias jour jours tag tage tagen giorno giorni",
    7.0: "week weeks semana semanas semaine semaines woche wochen settimana settimane",
    14.0: "fortnight fortnights quincena",
    30.4: "month months mes meses mois monat monate monaten mese mesi",
    365.25: "year years ano anos an ans annee annees jahr jahre jahren anno anni",
    3652.5: "decade decades decada decadas decennie decennies jahrzehnt jahrzehnte jahrzehnten decennio decenni",
}
UNITS: Final = {word: days for days, words in _UNITS.items() for word in words.split()}
# Units of length, area and weight: (what they measure, how much of it in metres, square metres, grammes).
_MEASURES: Final = {
    "length": {
        1609.3: "mile miles milla millas mille milles meile meilen milha milhas miglio miglia",
        1000.0: "kilometre kilometres kilometer kilometers kilometern kilometro kilometros km chilometro chilometri quilometro quilometros",
        0.9144: "yard yards", 0.3048: "foot feet", 0.0254: "inch inches", 4828.0: "league leagues",
        1.0: "metre metres meter meters metern metro metros metri", 0.01: "centimetre centimetres centimeter centimeters zentimeter cm",
    },
    "area": {4046.9: "acre acres", 10_000.0: "hectare hectares hektar hectarea hectareas ettari"},
    "weight": {
        453.6: "pound lb lbs", 1000.0: "kilogram kilograms kilogramme kilogrammes kilo kilos kilogramm kg", 28.35: "ounce ounces",
        1.0: "gram grams gramme grammes gramm gramo gramos", 1e6: "tonne tonnes",
    },
}  # fmt: skip
MEASURES: Final = {
    word: (kind, size)
    for kind, sizes in _MEASURES.items()
    for size, words in sizes.items()
    for word in words.split()
}
# Verbs behind which something is only wished or tried, and those behind which it didn't come about.
WISHING: Final = _words(
    "asked applied wished wanted hoped tried attempted sought intended planned offered begged proposed threatened promised desired longed urged expected petitioned invited advised encouraged "
    "invito aconsejo convido invita lud "
    "quiso intento pidio solicito esperaba deseaba trato voulut tenta demanda souhaita esperait wollte versuchte bat hoffte wunschte "
    "quis tentou pediu esperava volle tento chiese sperava"
)
THWARTED: Final = _words(
    "failed refused declined unable forbade forbidden prevented prohibited denied barred rehuso negaron echoua refusa weigerte recusou rifiuto"
)
# Words that deny without being negations.
DENYING: Final = _words(
    "lack lacked lacking absence absent ignorance ignorant forbid forbade forbidden prevented prohibited impossible rejected deprived denied insolvent insolvency "
    "refusal excluded barred vain turned unsuccessfully "
    "falta ausencia prohibido imposible rechazo manque interdit fehlte verboten unmoglich vergeblich vano vain"
)
# Said before a number: it's not meant exactly (0), or bounds what is meant from above (-1) or below (1).
VAGUE: Final = {
    **dict.fromkeys(_words("about around some roughly approximately circa nearly almost unos unas casi cerca aproximadamente environ presque quelque pres rund etwa ungefahr fast quase circa quasi hacia"), 0),
    **dict.fromkeys(_words("less under within fewer menos moins weniger meno"), -1),
    **dict.fromkeys(_words("more over above exceeding beyond mas plus mehr uber mais piu oltre"), 1),
}  # fmt: skip
COUNTS: Final = {
    "en": {"dozen": 12, "score": 20, "half": 0.5, "twice": 2, "thrice": 3, "once": 1, "double": 2, "hundred": 100, "hundreds": 100, "thousand": 1000, "million": 1_000_000, "both": 2},
    "es": {"docena": 12, "medio": 0.5, "media": 0.5, "mitad": 0.5, "ciento": 100, "cien": 100, "cientos": 100, "mil": 1000, "millon": 1_000_000, "millones": 1_000_000},
    "fr": {"douzaine": 12, "demi": 0.5, "demie": 0.5, "moitie": 0.5, "cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000},
    "de": {"dutzend": 12, "halb": 0.5, "halbe": 0.5, "halbes": 0.5, "halben": 0.5, "halfte": 0.5, "hundert": 100, "tausend": 1000, "million": 1_000_000, "millionen": 1_000_000},
    "pt": {"duzia": 12, "meio": 0.5, "meia": 0.5, "metade": 0.5, "cem": 100, "cento": 100, "mil": 1000, "milhao": 1_000_000, "milhoes": 1_000_000},
    "it": {"dozzina": 12, "mezzo": 0.5, "mezza": 0.5, "meta": 0.5, "cento": 100, "mille": 1000, "mila": 1000, "milione": 1_000_000, "milioni": 1_000_000},
}  # fmt: skip
# What is no number where it stands for a word: "one" is a pronoun, "a second" a moment.
ARTICLES_THAT_COUNT: Final = _words("one un una uno ein eine einem einen einer eines um uma une")
