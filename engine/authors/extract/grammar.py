"""What the author must know of a language: closed classes of words, as patterns.

Six languages are known; for any other `of()` gives a grammar that finds nothing, so that units
become whole paragraphs and nothing is said in the first person: dull, but never wrong.
"""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Alternations of regular expressions, matched without case unless said otherwise."""

    first: str = NEVER  # first person, as a word
    ego: str = NEVER  # first person singular only: surely the writer and not mankind
    second: str = NEVER  # whom a speech or letter talks to
    he: str = NEVER
    she: str = NEVER
    either: str = NEVER  # third person of either gender ("su", "lui")
    openers: str = NEVER  # a sentence opening so leans on the one before
    early: str = NEVER  # the same, within its first words
    weak: str = (
        NEVER  # openers that only join: at the head of a paragraph a dated sentence can do without them
    )
    loose: str = NEVER  # adverbs that lean on what came before when they stand near the head
    article: str = NEVER  # definite article that opens a sentence
    objects: str = NEVER  # pronouns that can't be the subject of their clause, nor mean it
    many: str = NEVER  # third person plural
    plural: str = NEVER  # what a plural pronoun may mean
    people: str = NEVER  # common nouns for a person, which a later pronoun may mean
    past: str = NEVER  # telling
    musing: str = NEVER  # arguing, asking, moralising
    asides: str = NEVER  # talk about the book itself
    scene: str = NEVER  # what eyes and ears meet, and what the heart feels
    age: str = NEVER  # "at the age of {n}", with {n} for a number in words or digits


_ENGLISH = Grammar(
    weak=r"so|but|and|then|however|thus|accordingly|finally|later|meanwhile|meantime|also",
    loose=r"then|therefore|also|too|however|moreover|likewise|nevertheless|further",
    scene=r"night|morning|evening|dawn|midnight|door|window|room|eyes?|face|hands?|voice|heart|tears?|trembl\w+|fear\w*|cold|dark\w*|silence|silent|suddenly|cried|wept|blood|fire|snow|rain|wind|joy|terror|train|ship|deck|road|river|woods|sea|crowd|whisper\w*|shout\w*|laugh\w*|smil\w+|alone|moment|street|horse|letter",
    ego=r"I|me|my|mine|myself",
    first=r"I|me|my|mine|myself|we|us|our|ours|ourselves",
    second=r"you|your|yours|yourself|yourselves|thee|thou|thy|sir",
    he=r"he|him|his|himself",
    she=r"she|her|hers|herself",
    objects=r"him|her(?! \w+(?:s|er|y|e|n|d|t)\b)",
    many=r"they|them|their|theirs|themselves",
    plural=r"(?!(?:was|has|his|this|does|thus|always|perhaps|unless|besides|sometimes|across|\w+wards|\w+ous|\w+[ein]ss)\b)\w{3,}s|and|men|women|people|children|folks?|family|parents|crowd|company|public|committee|audience|"
    r"couple|party|congress|government|army|police|mob|negroes|both|all|many|some|few|those|who|each|every\w*|mice|feet|teeth|"
    r"themselves|we|us|our|you|nation|society|press|world|two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?",
    openers=(
        r"(?:this|that|these|those|such|here|thus|so|hence|thence|therefore|then|but|yet|however|nevertheless|"
        r"nonetheless|moreover|furthermore|besides|also|too|both|neither|another|others?|"
        r"(?:some|many|most|all|several|one|two|three|each|none|few|half) of (?:them|these|those|its|his|her|their|whom|which)|"
        r"accordingly|consequently|still|meanwhile|and|or|nor|for(?! (?:\w+ ){0,3}(?:years?|months?|weeks?|days?|time|nights?)\b)|"
        r"indeed|likewise|similarly|otherwise|instead|again|it|its|they|them|their|theirs|"
        r"among (?:them|these|those)|of (?:these|this|those|them|course)|not only|not so|no such|none|"
        r"on the (?:other|contrary|same)|in (?:fact|addition|short|like manner|other words|consequence)|"
        r"for (?:example|instance|this|these|that|such)|as (?:a result|such|regards|for)|"
        r"to (?:this|these|that|which)|from (?:this|that|these|which)|by (?:this|these|that|which)|"
        r"with (?:this|these|that|such|which)|at (?:this|that|which|such)|"
        r"after (?:this|that|these|which|all)|afterwards?|upon (?:this|that|which)|"
        r"the (?:latter|former|same|other|others|second|third|next|following|first of|last of|result|reason|answer|"
        r"reply|consequence|above|matter|effect|like|more|most|less)|what (?:followed|was)|which|whom|whose|"
        r"there (?:he|she|they|it)|each|either|no wonder|to be sure|ay|aye|nay|yes|no|well|oh|alas|why|"
        r"later|finally|immediately|meantime|subsequently|thereafter|thereupon|presently|now (?:it|he|she|the|they|this|that|came)|"
        r"(?:under|in|at|by|of|from|for|with|on|to|through|after|before|against|upon|into|over|without|during) (?:its|their|it|them)|"
        r"the (?:\w+ ){1,2}of the (?:one|other|former|latter|two)|the one|"
        r"(?:second|third|fourth|fifth|lastly|(?:second|third|fourth)ly)(?=,)|"
        r"there (?:was|were)(?: \S+){0,14} (?:hundreds?|thousands?|dozens?|scores?|millions?)(?=[;.]))\b"
    ),
    early=(
        r"\b(?:the (?:first|second|third|fourth|fifth|sixth|last|other|next)(?: and last)? "
        r"(?:of (?:these|those|them|all)|circumstance|reason|cause|point|question|step|objection|thing|case|instance)|this|these|those|the latter|the former|aforesaid|the said|"
        r"(?:at|on|in|by|of|to|from|for|with|after|before|during|since|until|upon) that|such (?:a|an)|besides|"
        r"that (?:time|day|night|year|morning|evening|place|man|woman|house|city|town|country|event|battle))\b"
        r"(?! (?:country|world|book|volume|narrative|biography|life|day|memoir|account|sketch|chapter))"
        r"|\bthe same(?! \w+ (?:which|that|as|who))\b"
        r"|^(?:I|we|he|she) (?:\w+ly )?(?:found|knew|saw|took|did|made|used|liked|read|got|had) "
        r"(?:it(?! (?:\w+ ){0,3}(?:to|that|hard|difficult|necessary|impossible|best))|them)\b"
        r"|^(?:I|we|he|she) have (?:\w+ )?(?:found|known|seen|read|had|heard) (?:it|them)\b"
        r"|^(?:I|we|he|she|they) (?:went|came|consented|agreed|refused|declined|replied|answered|obeyed|did so|did not)(?=[,;.])"
        r"|^the (?:plan|scheme|project|proposal|proposition|suggestion|offer|request|experiment|arrangement|agreement|"
        r"incident|affair|occurrence|instrument|interview|attempt)s? (?:was|were|had|is|came|went|proved|failed|succeeded)\b"
    ),
    article=r"the",
    people=(
        r"man|woman|boy|girl|father|mother|brother|sister|son|daughter|wife|husband|uncle|aunt|master|mistress|"
        r"friend|doctor|professor|president|king|queen|child|lady|gentleman|captain|officer|soldier|teacher|"
        r"minister|priest|author|poet|one|who|whoever|person|stranger|slave|servant|prisoner|orator|speaker|"
        r"scientist|artist|writer|leader|editor|lawyer|judge|overseer|neighbor|neighbour|cousin|grandmother|grandfather"
    ),
    past=(
        r"was|were|had|did|went|came|took|made|saw|said|told|gave|got|left|found|began|became|brought|sent|kept|"
        r"felt|heard|met|ran|wrote|stood|sat|fell|knew|led|paid|rose|spoke|held|bought|sold|thought|[a-z]{2,}ed|"
        r"(?:fore|under|over|with|out|mis|re|up|be|for|a)?(?:told|took|stood|came|drew|held|went|gave|got|saw|rose|woke|bade|"
        r"beat|bent|bit|bled|blew|bore|bound|bred|broke|built|burnt|burst|caught|chose|clung|cost|crept|cut|dealt|drank|dreamt|"
        r"drove|dug|dwelt|fed|fled|flew|flung|fought|froze|grew|hid|hit|hung|hurt|knelt|laid|lay|leapt|learnt|lent|let|lit|lost|"
        r"meant|put|read|rode|rang|sang|sank|shook|shone|shot|shut|slept|slid|sought|sped|spent|spread|sprang|stole|stuck|"
        r"struck|strove|swam|swept|swore|swung|taught|threw|tore|trod|won|wore|wound|wove|wept|wrought)"
    ),
    musing=(
        r"must|should|ought|shall|is|are|am|has|have|will|can|may|let|what|why|how|who|whether|if|would|could|"
        r"never|always|ever|every|all|nothing|duty|liberty|justice|god|heaven|truth|humanity|mankind|nature|principle"
    ),
    asides=(
        r"reader|readers|chapter|chapters|this (?:book|volume|narrative|biography|sketch|preface|essay|history)|"
        r"(?:as|have|has|been|was) (?:already )?(?:said|stated|mentioned|described|related|noted|told) (?:above|before|elsewhere|in)|"
        r"already (?:said|stated|mentioned|described|spoken|alluded|referred|told)|as I have|I have (?:said|mentioned|spoken|stated|referred|alluded)|"
        r"above|foregoing|hereafter|see page|footnote|sic|quoted|the following|as follows|these pages|the present work|"
        r"i may (?:say|add|mention)|it (?:may|must|should) be (?:said|added|noted|remembered|stated)|to return to"
    ),
    age=(
        r"(?:at|of) (?:the age|the early age) of (?:about )?{n}|"
        r"(?:was|am|being|when|now|only|then|just|about|between)(?: (?:now|then|only|about|just|but|nearly|not yet|already|"
        r"he was|she was|i was))* {n}(?: (?:or|and) \w+)? (?:years? (?:old|of age)|years)(?! (?:ago|later|after|before|of (?!age)))|"
        r"was(?: then| now)?(?: only| about| just| but| nearly| not yet)? {n}(?=[,.;] )|(?:when|though|scarcely|hardly|barely|not quite)(?: scarcely| only| but| just| hardly)? {n}(?=[,.;] )|"
        r"child (?:of|about) {n} years|in (?:my|his|her) {n}(?:th|st|nd|rd)? year|aged {n}"
    ),
)

_SPANISH = Grammar(
    weak=r"así|pero|y|entonces|sin embargo|luego|después|finalmente|más tarde|también",
    loose=r"entonces|también|además|asimismo|por tanto|sin embargo|tampoco",
    scene=r"noche|mañana|madrugada|alba|puerta|ventana|cuarto|ojos|rostro|cara|manos?|voz|corazón|lágrimas?|tembl\w+|miedo|frío|oscur\w+|silencio|súbitamente|gritó|lloró|sangre|fuego|nieve|lluvia|viento|alegría|terror|tren|barco|camino|río|bosque|mar|multitud|solo|sola|instante|calle|caballo|carta",
    ego=r"yo|me|mí|mi|mis|mío|mía|míos|mías|conmigo",
    first=r"yo|me|mí|mi|mis|mío|mía|míos|mías|conmigo|nosotros|nosotras|nos|nuestro|nuestra|nuestros|nuestras",
    second=r"tú|vos|usted|ustedes|vosotros|vuestro|vuestra|os|señor|señores|ciudadanos",
    he=r"él",
    she=r"ella",
    either=r"su|sus|le|suyo|suya",
    openers=(
        r"(?:est[eao]s?|es[eao]s?|aquel(?:l[ao]s?)?|dich[ao]s?|tal(?:es)?|así|entonces|pero|mas|sino|sin embargo|además|"
        r"también|tampoco|ambos|ambas|otr[ao]s?|por (?:es[eoa]s?|est[eoa]s?|ello|tanto|lo tanto|el contrario|otra parte|ejemplo)|"
        r"en (?:est[eoa]s?|es[eoa]s?|aquel\w*|cambio|efecto|consecuencia)|con (?:est[eoa]s?|es[eoa]s?|ello|tal\w*)|"
        r"de (?:est[eoa]s?|es[eoa]s?|ahí|allí|aquí|ello)|a (?:est[eoa]s?|es[eoa]s?)|y|e|ni|o|pues|porque|luego|después|"
        r"allí|ahí|aquí|ello|ell[ao]s|lo mismo|el mismo|la misma|los mismos|est[eoa] último|aun|aún|sólo|solo|mientras tanto|"
        r"desde (?:entonces|allí|ahí)|poco después|no obstante|asimismo|igualmente|finalmente|tras (?:est[eoa]|ello)|"
        r"lo (?:que|cual)|cuyo|quien|quienes|cual|la primera|el primero|el segundo|la segunda)\b"
    ),
    early=r"\b(?:est[eoa]s?|es[eoa]s?|aquel(?:l[ao]s?)?|dich[ao]s?|dicho|mism[ao]s?)\b(?! (?:libro|vida|país|mundo|obra))",
    article=r"el|la|los|las",
    people=(
        r"hombre|mujer|niño|niña|padre|madre|hermano|hermana|hijo|hija|esposa|esposo|marido|tío|tía|amigo|amiga|doctor|"
        r"profesor|presidente|rey|reina|señor|señora|capitán|general|maestro|maestra|cura|autor|poeta|quien|abuelo|abuela"
    ),
    past=r"fue|era|eran|fueron|había|habían|hizo|dijo|dio|tuvo|estaba|vino|puso|\w+(?:ó|aron|ieron|aba|aban|ían|ía|é|imos|amos)",
    musing=r"es|son|soy|somos|ha|han|debe|deben|puede|será|serán|qué|por qué|cómo|quién|siempre|nunca|jamás|todo|nada|deber|"
    r"libertad|justicia|dios|verdad|humanidad|patria",
    asides=r"lector|lectores|capítulo|capítulos|este libro|esta obra|ya (?:dicho|dije|hemos dicho|mencionad\w+|citad\w+)|arriba|véase|nota|"
    r"como (?:he|hemos) dicho|siguientes?",
    age=(
        r"a los {n}(?: años)?|con {n} años|tenía (?:apenas |ya |entonces |solo |sólo )?{n} años|a la edad de {n}(?: años)?|"
        r"de {n} años de edad|cumpl\w+ (?:los )?{n} años"
    ),
)

_FRENCH = Grammar(
    weak=r"ainsi|mais|et|alors|puis|ensuite|cependant|enfin|plus tard|aussi",
    loose=r"alors|aussi|donc|également|cependant|ensuite|pourtant",
    scene=r"nuit|matin|soir|aube|porte|fenêtre|chambre|yeux|visage|mains?|voix|cœur|larmes?|trembl\w+|peur|froid|obscur\w*|silence|soudain|cria|pleura|sang|feu|neige|pluie|vent|joie|terreur|train|navire|chemin|rivière|bois|mer|foule|seule?|instant|rue|cheval|lettre",
    ego=r"je|j['’]|me|m['’]|moi|mon|ma|mes",
    first=r"je|j['’]|me|m['’]|moi|mon|ma|mes|nous|notre|nos",
    second=r"tu|vous|votre|vos|monsieur|messieurs|citoyens",
    he=r"il|lui",
    she=r"elle",
    either=r"son|sa|ses|leur",
    openers=(
        r"(?:ce|cet|cette|ces|cela|ceci|celui|celle|ceux|celles|c['’]\w+|ainsi|alors|mais|or|donc|et|ou|ni|car|puis|ensuite|"
        r"cependant|pourtant|toutefois|néanmoins|d['’]ailleurs|de plus|en outre|aussi|également|ils|elles|l['’]un|l['’]une|l['’]autre|"
        r"les deux|un autre|une autre|d['’]autres|tel|telle|tels|telles|là|ici|y|en effet|au contraire|par (?:exemple|conséquent|là)|"
        r"pour (?:cela|cette|ce)|dans (?:ce|cette|ces)|à (?:ce|cette|ces)|de (?:ce|cette|là)|le (?:même|premier|second|dernier)|"
        r"la (?:même|première|seconde|dernière)|enfin|bientôt|plus tard|peu après|dès lors|depuis|on|tout cela|dont|qui|lequel|laquelle)(?!\w)"
    ),
    early=r"\b(?:ce(?:tte|t|s)|celui-ci|celle-ci|ceux-ci|ledit|ladite)\b(?! (?:livre|vie|pays|monde))",
    article=r"le|la|les|l['’]",
    people=(
        r"homme|femme|enfant|garçon|fille|père|mère|frère|sœur|fils|épouse|mari|oncle|tante|ami|amie|docteur|professeur|"
        r"président|roi|reine|maître|auteur|poète|qui|celui|capitaine|général|grand-père|grand-mère"
    ),
    past=r"fut|était|étaient|furent|avait|avaient|eut|fit|dit|vint|prit|mit|\w+(?:a|èrent|ait|aient|is|it|irent|ut|urent|é|ée)",
    musing=r"est|sont|suis|sommes|ont|doit|faut|peut|sera|pourquoi|comment|qui|toujours|jamais|tout|rien|devoir|liberté|justice|"
    r"dieu|vérité|humanité|patrie",
    asides=r"lecteur|lecteurs|chapitre|chapitres|ce livre|cet ouvrage|ci-dessus|plus haut|voir|note|comme (?:je l['’]ai|nous l['’]avons) dit",
    age=r"à l['’]âge de {n} ans|à {n} ans|(?:avait|avais) (?:à peine |alors |seulement )?{n} ans|âgée? de {n} ans",
)

_GERMAN = Grammar(
    weak=r"so|aber|und|dann|jedoch|schließlich|später|auch",
    loose=r"dann|auch|daher|jedoch|also|damals|ebenfalls",
    scene=r"nacht|morgen|abend|tür|fenster|zimmer|augen|gesicht|hände?|stimme|herz|tränen?|zitter\w+|angst|kalt|dunkel\w*|stille|plötzlich|rief|weinte|blut|feuer|schnee|regen|wind|freude|zug|schiff|weg|fluss|wald|meer|menge|allein|augenblick|straße|pferd|brief",
    ego=r"ich|mich|mir|mein(?:e|er|en|em|es)?",
    first=r"ich|mich|mir|mein(?:e|er|en|em|es)?|wir|uns|unser(?:e|er|en|em|es)?",
    second=r"du|dich|dir|dein\w*|ihr|euch|euer|eure\w*",
    he=r"er|ihn|ihm|sein(?:e|er|en|em|es)?",
    she=r"sie|ihr(?:e|er|en|em|es)?",
    openers=(
        r"(?:dies(?:e|er|es|em|en)?|jene(?:r|s|m|n)?|solche?\w*|so|also|dann|da|aber|doch|jedoch|dennoch|trotzdem|außerdem|ferner|"
        r"auch|beide|und|oder|denn|deshalb|daher|darum|deswegen|hier|dort|es|sie|ihnen|derselbe|dieselbe|dasselbe|letzter\w*|"
        r"erster\w*|andere\w*|inzwischen|danach|darauf|dabei|damit|dadurch|dafür|davon|dazu|hierauf|später|bald|schließlich|"
        r"endlich|nun|einer von|eine von|das (?:war|ist)|der letztere)\b"
    ),
    early=r"\b(?:dies(?:e|er|es|em|en)|jene(?:r|s|m|n)?|derselben|desselben)\b(?! (?:buch|leben|land|welt))",
    article=r"der|die|das",
    people=r"mann|frau|kind|junge|mädchen|vater|mutter|bruder|schwester|sohn|tochter|freund|freundin|doktor|professor|könig|königin|"
    r"lehrer|dichter|onkel|tante",
    past=r"war|waren|hatte|hatten|wurde|wurden|ging|kam|nahm|sah|sprach|gab|ließ|schrieb|fand|stand|blieb|\w+te|\w+ten",
    musing=r"ist|sind|bin|hat|haben|muss|muß|soll|kann|wird|werden|warum|wie|wer|immer|nie|alles|nichts|pflicht|freiheit|gott|wahrheit",
    asides=r"leser|kapitel|dieses buch|dieser schrift|oben|siehe|anmerkung",
    age=r"im alter von {n} jahren|mit {n} jahren|war (?:erst |kaum |damals )?{n} jahre alt",
)

_PORTUGUESE = Grammar(
    weak=r"assim|mas|e|então|porém|depois|finalmente|mais tarde|também",
    loose=r"então|também|além disso|portanto|porém",
    scene=r"noite|manhã|madrugada|porta|janela|quarto|olhos|rosto|mãos?|voz|coração|lágrimas?|trem\w+|medo|frio|escur\w+|silêncio|gritou|chorou|sangue|fogo|neve|chuva|vento|alegria|navio|caminho|rio|mar|multidão|instante|rua|cavalo|carta",
    ego=r"eu|me|mim|meu|minha|meus|minhas|comigo",
    first=r"eu|me|mim|meu|minha|meus|minhas|comigo|nós|nos|nosso|nossa|nossos|nossas",
    second=r"tu|você|vocês|vós|vosso|vossa|senhor|senhores",
    he=r"ele",
    she=r"ela",
    either=r"seu|sua|seus|suas|lhe",
    openers=(
        r"(?:est[ea]s?|ess[ea]s?|aquel[ea]s?|isto|isso|aquilo|tal|tais|assim|então|mas|porém|contudo|todavia|além d\w+|também|"
        r"ambos|ambas|outr[oa]s?|por (?:isso|isto|exemplo)|n(?:este|esta|esse|essa|aquele|aquela)s?|d(?:este|esta|esse|essa|aí|ali)s?|e|ou|nem|"
        r"pois|depois|ali|aí|aqui|eles|elas|o mesmo|a mesma|finalmente|logo|portanto|entretanto)\b"
    ),
    early=r"\b(?:[nd]?est[ea]s?|[nd]?ess[ea]s?|[nd]?aquel[ea]s?|mesm[oa]s?)\b(?! (?:livro|vida|país|mundo))",
    article=r"o|a|os|as",
    people=r"homem|mulher|menino|menina|pai|mãe|irmão|irmã|filho|filha|esposa|marido|tio|tia|amigo|amiga|doutor|professor|rei|rainha",
    past=r"foi|era|eram|foram|havia|tinha|fez|disse|deu|veio|estava|\w+(?:ou|aram|eram|iram|ava|avam|ia|iam|eu|iu)",
    musing=r"é|são|sou|somos|tem|deve|pode|será|porque|como|quem|sempre|nunca|tudo|nada|dever|liberdade|justiça|deus|verdade|pátria",
    asides=r"leitor|leitores|capítulo|este livro|esta obra|acima|veja|nota",
    age=r"aos {n}(?: anos)?|com {n} anos|tinha (?:apenas |então )?{n} anos|na idade de {n} anos",
)

_ITALIAN = Grammar(
    weak=r"così|ma|e|allora|poi|tuttavia|dopo|infine|più tardi|anche",
    loose=r"allora|anche|inoltre|dunque|tuttavia|però",
    scene=r"notte|mattin[oa]|sera|alba|porta|finestra|camera|occhi|volto|mani|mano|voce|cuore|lacrim[ae]|trem\w+|paura|freddo|buio|silenzio|gridò|pianse|sangue|fuoco|neve|pioggia|vento|gioia|treno|nave|strada|fiume|bosco|mare|folla|sol[oa]|istante|via|cavallo|lettera",
    ego=r"io|mi|me|mio|mia|miei|mie",
    first=r"io|mi|me|mio|mia|miei|mie|noi|ci|nostro|nostra|nostri|nostre",
    second=r"tu|voi|vostro|vostra|lei|signore|signori",
    he=r"egli|lui|esso",
    she=r"ella|lei|essa",
    either=r"suo|sua|suoi|sue|gli",
    openers=(
        r"(?:quest[oaei]|quell[oaei]?|quegli|quei|ciò|tal[ei]|così|allora|ma|però|tuttavia|inoltre|anche|entrambi|altr[oaie]|"
        r"perciò|dunque|quindi|poi|dopo|là|lì|qui|essi|esse|loro|lo stesso|la stessa|infine|e|ed|o|né|infatti|intanto|"
        r"in quest[oa]|in quel\w*|di quest[oa]|di quel\w*|da quest[oa]|a quest[oa])\b"
    ),
    early=r"\b(?:quest[oaei]|quell[oaei]|quel|stess[oaei])\b(?! (?:libro|vita|paese|mondo))",
    article=r"il|lo|la|i|gli|le|l['’]",
    people=r"uomo|donna|bambino|bambina|padre|madre|fratello|sorella|figlio|figlia|moglie|marito|zio|zia|amico|amica|dottore|professore|re|regina",
    past=r"fu|era|erano|furono|aveva|avevano|fece|disse|diede|venne|stava|\w+(?:ò|arono|irono|ava|avano|iva|eva|ì)",
    musing=r"è|sono|siamo|ha|hanno|deve|può|sarà|perché|come|chi|sempre|mai|tutto|nulla|dovere|libertà|giustizia|dio|verità|patria",
    asides=r"lettore|lettori|capitolo|questo libro|sopra|vedi|nota",
    age=r"all['’]età di {n} anni|a {n} anni|aveva (?:appena |allora )?{n} anni",
)

_GRAMMARS = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
}


def base_language(language: str) -> str:
    """ "en-GB" -> "en"."""
    return language.split("-")[0].split("_")[0].lower()


@lru_cache(maxsize=16)
def grammar_of(language: str) -> Grammar:
    """The grammar of a language; an empty one when it is not known."""
    return _GRAMMARS.get(base_language(language), Grammar())


@lru_cache(maxsize=256)
def word_pattern(alternation: str) -> re.Pattern[str]:
    """The alternation as whole words, without case."""
    return re.compile(rf"(?<!\w)(?:{alternation})(?!\w)", re.I)
