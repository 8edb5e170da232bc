"""Closed classes of words of which one excludes the others, per language: a spring is no autumn, a franc no dollar.

A row is a class: its name, then its members with "|" between; words of one member mean the same. Folded words.
"""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

from typing import Final

from sources.numerals import fold

_CLASSES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "hand": "left | right",
        "season": "spring springtime | summer summers midsummer | autumn fall autumnal | winter winters midwinter wintry",
        "weekday": "monday mondays | tuesday | wednesday | thursday | friday | saturday saturdays | sunday sundays sabbath",
        "daytime": "morning mornings forenoon dawn daybreak | noon midday | afternoon afternoons | evening evenings dusk twilight | night nights midnight overnight",
        "currency": "dollar dollars | cent cents | pound pounds sterling | shilling shillings | penny pence | guinea guineas | franc francs | ruble rubles rouble roubles | mark marks | crown crowns | lira lire | peso pesos | euro euros | rupee rupees | yen",
        "measure": "mile miles | yard yards | foot feet | inch inches | league leagues | kilometer kilometers kilometre kilometres | meter meters metre metres | acre acres | hectare hectares | gramme grammes gram grams | kilogram kilograms kilogramme kilogrammes | ton tons tonnes | ounce ounces | milligram milligrams decigrammes | gallon gallons | liter liters litre litres | bushel bushels",
        "time": "minute minutes | hour hours hourly | day days daily | week weeks weekly | fortnight fortnightly | month months monthly | year years yearly annual annually | decade decades | century centuries",
        "rank": "general generals | colonel colonels | major | captain captains | lieutenant lieutenants | sergeant | corporal | admiral | commodore | marshal marshals",
        "office": "president presidents presidency | governor governors | senator senators | mayor mayors | minister ministers | consul | ambassador ambassadors | commissioner commissioners | secretary secretaries | treasurer | judge judges magistrate | sheriff constable constables | congressman representative delegate | emperor | king | queen | prince | princess | duke | countess | pope | recorder register | clerk clerks | editor editors | chancellor | director directors directress | chairman chairwoman",
        "calling": "professor professors professorship prof | lecturer | student students | teacher teachers schoolmaster schoolmistress | tutor | governess governesses | physician physicians doctor doctors dr surgeon | nurse nurses | lawyer lawyers attorney barrister | engineer engineers | physicist physicists | chemist chemists | mathematician | bishop bishops | archbishop | cardinal | deacon | priest priests | rabbi | blacksmith | carpenter carpenters | tailor | farmer farmers planter planters | sailor sailors seaman | soldier soldiers | merchant merchants | printer printers | overseer overseers",
        "ordinal": "first firstly | second secondly | third thirdly | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth | last final youngest",
        "age": "eldest oldest elder older | youngest younger",
        "nation": "american americans america states usa | english englishman englishmen england british britain | scottish scotch scots | irish irishman irishmen | welsh | french frenchman france | german germans germany | austrian austria | russian russians russia | polish pole poles poland | spanish spain | portuguese | italian italians italy | greek greece | dutch holland | belgian belgium | swiss switzerland | swedish sweden | norwegian norway | danish denmark | finnish | hungarian hungary | czech bohemian | turkish turkey | chinese china | japanese japan | indian india | mexican mexico | canadian canada | haytian haitian hayti haiti | brazilian brazil | african africa | australian | cuban cuba | jewish jew jews | egyptian egypt",
        "faith": "catholic catholics | protestant protestants | methodist methodists | baptist baptists | presbyterian presbyterians | quaker quakers | lutheran | anglican episcopal episcopalian | unitarian | muslim mohammedan | buddhist | atheist",
        "compass": "north northern northward | south southern southward | east eastern eastward | west western westward",
        "metal": "gold golden | silver | copper | iron | bronze brass | steel",
        "colour": "black | white | red | blue | green | yellow | brown | gray grey | purple",
    },
    "es": {
        "age": "mayor mayores primogenito primogenita | menor menores benjamin",
        "season": "primavera | verano estio | otono | invierno",
        "weekday": "lunes | martes | miercoles | jueves | viernes | sabado | domingo",
        "time": "minuto minutos | hora horas | dia dias diario | semana semanas semanal | mes meses mensual | ano anos anual | decada decadas | siglo siglos",
        "currency": "dolar dolares | libra libras | franco francos | peseta pesetas | peso pesos | marco marcos | rublo rublos | real reales | euro euros | centavo centavos",
        "measure": "milla millas | metro metros | kilometro kilometros | legua leguas | acre acres | hectarea hectareas | gramo gramos | kilo kilos kilogramo kilogramos | tonelada toneladas",
        "rank": "general generales | coronel | comandante | capitan | teniente | sargento | almirante",
        "office": "presidente presidenta | gobernador | senador | alcalde | ministro ministra | consul | embajador | secretario | tesorero | juez | rey | reina | principe | emperador | papa | director directora",
        "calling": "profesor profesora catedratico | estudiante alumno | maestro maestra | medico doctor | abogado | ingeniero | fisico | quimico | obispo | sacerdote cura | carpintero | soldado | marinero | comerciante",
        "ordinal": "primero primer primera | segundo segunda | tercero tercer tercera | cuarto cuarta | quinto quinta | sexto sexta | septimo septima | octavo octava | noveno novena | decimo decima | ultimo ultima",
        "nation": "frances francesa franceses | ingles inglesa ingleses | aleman alemana alemanes | ruso rusa rusos | polaco polaca polacos | espanol espanola espanoles | italiano italiana italianos | americano americana estadounidense norteamericano | mexicano mexicana | argentino argentina | cubano cubana | chileno chilena | peruano peruana | portugues portuguesa | austriaco austriaca | suizo suiza | irlandes irlandesa | escoces escocesa | japones japonesa | chino",
        "compass": "norte | sur | este oriental | oeste occidental",
    },
    "fr": {
        "age": "aine ainee aines | cadet cadette benjamin benjamine",
        "season": "printemps | ete | automne | hiver",
        "weekday": "lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche",
        "currency": "dollar dollars | livre livres | franc francs | mark marks | rouble roubles | euro euros",
        "rank": "general generaux | colonel | commandant | capitaine | lieutenant | amiral",
        "office": "president presidente | gouverneur | senateur | maire | ministre | consul | ambassadeur | secretaire | roi | reine | prince | empereur | pape | directeur directrice",
        "ordinal": "premier premiere | deuxieme second seconde | troisieme | quatrieme | cinquieme | sixieme | septieme | huitieme | neuvieme | dixieme | dernier derniere",
        "nation": "francais francaise | anglais anglaise | allemand allemande | russe russes | polonais polonaise | espagnol espagnole | italien italienne | americain americaine | autrichien autrichienne | suisse | belge",
    },
    "de": {
        "age": "alteste altesten altester alteren altere | jungste jungsten jungster jungeren jungere",
        "season": "fruhling fruhjahr | sommer | herbst | winter",
        "weekday": "montag | dienstag | mittwoch | donnerstag | freitag | samstag sonnabend | sonntag",
        "currency": "dollar | pfund | franken | mark | rubel | gulden | kronen | taler | euro",
        "rank": "general | oberst | major | hauptmann | leutnant | admiral",
        "office": "prasident prasidentin | gouverneur | senator | burgermeister | minister ministerin | konsul | botschafter | sekretar | konig | konigin | kaiser | papst | direktor direktorin",
        "ordinal": "erste ersten erster erstes | zweite zweiten zweiter zweites | dritte dritten dritter drittes | vierte vierten vierter | funfte funften funfter | letzte letzten letzter",
        "nation": "franzosische franzosischen franzosischer franzosisches | englische englischen englischer | deutsche deutschen deutscher deutsches | russische russischen russischer | polnische polnischen polnischer | spanische spanischen | italienische italienischen | amerikanische amerikanischen amerikanischer | osterreichische osterreichischen",
    },
    "pt": {
        "season": "primavera | verao | outono | inverno",
        "weekday": "segunda-feira | terca-feira | quarta-feira | quinta-feira | sexta-feira | sabado | domingo",
        "time": "minuto minutos | hora horas | dia dias diario | semana semanas semanal | mes meses mensual | ano anos anual | decada decadas | siglo siglos",
        "currency": "dolar dolares | libra libras | franco francos | marco marcos | rublo rublos | reis | euro euros",
        "office": "presidente presidenta | governador | senador | prefeito | ministro ministra | consul | embaixador | secretario | rei | rainha | imperador | diretor diretora",
        "ordinal": "primeiro primeira | segundo segunda | terceiro terceira | quarto quarta | quinto quinta | ultimo ultima",
        "nation": "frances francesa | ingles inglesa | alemao alema | russo russa | polones polonesa polaco polaca | espanhol espanhola | italiano italiana | americano americana | portugues portuguesa | brasileiro brasileira",
    },
    "it": {
        "season": "primavera | estate | autunno | inverno",
        "weekday": "lunedi | martedi | mercoledi | giovedi | venerdi | sabato | domenica",
        "currency": "dollaro dollari | sterlina sterline | franco franchi | marco marchi | rublo rubli | lira lire | euro",
        "office": "presidente | governatore | senatore | sindaco | ministro ministra | console | ambasciatore | segretario | re | regina | principe | imperatore | papa | direttore direttrice",
        "ordinal": "primo prima | secondo seconda | terzo terza | quarto quarta | quinto quinta | ultimo ultima",
        "nation": "francese francesi | inglese inglesi | tedesco tedesca tedeschi | russo russa russi | polacco polacca polacchi | spagnolo spagnola | italiano italiana italiani | americano americana americani | austriaco austriaca",
    },
}  # fmt: skip

# Words that only lead from one sentence to the next.
LINKING: Final = frozenset(
    "instead later afterwards meanwhile finally eventually thereafter moreover besides therefore indeed now"
    " luego finalmente ademas entonces ensuite enfin pourtant ailleurs danach schliesslich ausserdem depois finalmente poi infine inoltre".split()
)
# What a sentence says of how many or how often: of all, of none, of some.
_QUANTITIES: Final[dict[str, str]] = {
    "en": "all every each everyone everybody everything always whole entire entirely both | only sole solely alone exclusively merely | none nobody nothing never no neither | most mostly | many much numerous often frequently | few little seldom rarely | some several sometimes certain various | any anyone",
    "es": "todo toda todos todas siempre cada ambos ambas | solo solamente unico unica unicamente | ningun ninguna ninguno nadie nada nunca jamas | mayoria | muchos muchas mucho mucha | pocos pocas poco poca | algunos algunas algun alguna varios varias",
    "fr": "tout toute tous toutes toujours chaque | seul seule seulement uniquement | aucun aucune personne rien jamais | plupart | beaucoup nombreux nombreuses | peu | quelques plusieurs certains certaines",
    "de": "alle allen aller alles immer jeder jede jedes jeden beide beiden | nur einzig einzige einzigen allein | kein keine keinen keiner niemand nichts nie niemals | meisten meist | viele vielen viel | wenige wenigen wenig | einige einigen mehrere",
    "pt": "todo toda todos todas sempre cada ambos ambas | so somente apenas unico unica | nenhum nenhuma ninguem nada nunca jamais | maioria | muitos muitas muito muita | poucos poucas pouco | alguns algumas algum alguma varios varias",
    "it": "tutto tutta tutti tutte sempre ogni | solo sola solamente soltanto unico unica | nessun nessuno nessuna niente nulla mai | maggior | molti molte molto molta | pochi poche poco | alcuni alcune qualche parecchi",
}  # fmt: skip
# Of these sides a sentence must find its own beside the words that it shares: it speaks of all, of this alone, of none.
SWEEPING: Final = (0, 1, 2, 3)
# What makes less sure that it happened: taken out of a copy, it says more than its source.
_HEDGES: Final[dict[str, str]] = {
    "en": "almost nearly perhaps probably possibly supposed supposedly alleged allegedly apparently rumored reported reportedly might may would should if unless seemed seem attempted tried hoped intended expected threatened",
    "es": "casi quiza quizas acaso probablemente posiblemente supuesto supuestamente si intento esperaba",
    "fr": "presque peut-etre probablement apparemment si faillit essaya",
    "de": "fast beinahe vielleicht wahrscheinlich vermutlich angeblich wenn falls versuchte",
    "pt": "quase talvez provavelmente possivelmente supostamente se tentou",
    "it": "quasi forse probabilmente possibilmente apparentemente se tento",
}  # fmt: skip
# Words that may stand for one another in a copy: what a writer of today makes of an old one.
_SAME: Final[dict[str, str]] = {
    "en": (
        "praised commended lauded | promptly immediately | mostly chiefly mainly | began started commenced | got obtained received gained acquired | home house | big large great | forenoon morning | wed married | said stated declared remarked"
        " | near close | help aid assistance assist assisted helped aided | whole entire | often frequently | quick fast rapid swift | quickly rapidly swiftly | begin start"
        " | buy purchase | bought purchased | gave delivered | carried bore borne | studied followed | directed director headed led | arose began started | end finish | ended finished | child children | show display | wrote penned | books works | book work | paper newspaper journal"
        " | named called titled | job position post | death died | moved removed relocated | asked requested | gave presented | chose selected elected chosen | built erected constructed"
        " | lived resided dwelt | kept retained | discovered found | taught instructed | tried attempted | colored black negro | negroes blacks | physician doctor | lady woman | ladies women"
        " | picture photograph | ill sick | truck wagon | talked spoke | talking speaking | published issued | released freed liberated | escaped fled | hurt injured | wanted wished desired"
        " | town city | garden yard | speech address oration | speeches addresses | pay wages salary | road street | shop store | autumn fall | america states | britain england"
        " | happy glad | sad sorrowful | brave courageous | famous celebrated renowned | clever intelligent | hard difficult | made created produced | joined entered | settled established"
    ),
    "es": "comenzo empezo inicio | casa hogar | obtuvo recibio consiguio | murio fallecio | libro obra | nombrado llamado | cargo puesto | eligio escogio | construyo erigio | vivio residio",
    "fr": "commenca debuta | maison foyer | obtint recut | mourut deceda | livre ouvrage | poste place | choisit elut | construisit erigea | vecut habita",
    "de": "begann | haus heim | erhielt bekam | starb verstarb | buch werk | stelle posten | wahlte | baute errichtete | lebte wohnte",
    "pt": "comecou iniciou | casa lar | obteve recebeu | morreu faleceu | livro obra | cargo posto | escolheu elegeu | viveu residiu",
    "it": "comincio inizio | casa dimora | ottenne ricevette | mori | libro opera | posto incarico | scelse elesse | visse abito",
}  # fmt: skip

Place = tuple[str, int]  # the name of a class, and which of its members


def _members(rows: dict[str, str]) -> dict[str, tuple[Place, ...]]:
    table: dict[str, tuple[Place, ...]] = {}
    for name, row in rows.items():
        for member, words in enumerate(row.split(" | ")):
            for word in map(fold, words.split()):
                table[word] = (*table.get(word, ()), (name, member))
    return table


CLASSES: Final = {tongue: _members(rows) for tongue, rows in _CLASSES.items()}
QUANTITIES: Final = {
    tongue: {word: places[0][1] for word, places in _members({"": row}).items()}
    for tongue, row in _QUANTITIES.items()
}
HEDGES: Final = {tongue: frozenset(map(fold, words.split())) for tongue, words in _HEDGES.items()}
SAME: Final = {
    tongue: {word: frozenset(member for _, member in places) for word, places in _members({"": row}).items()}
    for tongue, row in _SAME.items()
}
# Who does what: "she was a teacher there" where the passage has "she taught".
_CALLED: Final = (
    "teacher: taught teach teaching teaches; student: studied studying studies; nurse: nursed nursing;"
    " farmer: farmed farming; printer: printed printing; preacher: preached preaching; maestra: enseno dirigio;"
    " maestro: enseno; estudiante: estudio; professeur: enseigna; lehrer: unterrichtete lehrte; lehrerin: unterrichtete"
    " lehrte; student: studierte studied studying studies; directeur: dirigea dirigeait; directrice: dirigea;"
    " director: dirigio dirigia directed; directora: dirigio; direktor: leitete; direktorin: leitete; editor: edited;"
    " president: presided presida presidio; direttore: diresse; diretor: dirigiu; governor: governed"
)
CALLED: Final = {
    word: frozenset(deeds.split()) for word, deeds in (row.strip().split(": ") for row in _CALLED.split(";"))
}
# Classes whose members exclude each other so plainly that another one in the same sentence is a contradiction.
STRICT: Final = frozenset("season weekday currency measure rank ordinal".split())
