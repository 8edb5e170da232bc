"""Words by which a text says what kind of thing it speaks of, folded, in the languages of books."""

from __future__ import annotations

from typing import Final

from sources.language import COMMON_WORDS
from sources.people import fold_name

STOP_WORDS: Final = frozenset(fold_name(word) for word in COMMON_WORDS) | frozenset(
    "also been being both during each ever into many most other over same some such than that them then"
    " there these those through under upon very were what when where which while whom whose with without"
    " would".split()
)

# What is named after people. "Marie Curie School": the words behind a name.
NAMED_AFTER_BEHIND: Final = frozenset(
    "school schools academy college university institute laboratory hospital clinic hospice foundation"
    " trust charity society association centre center museum library prize award medal fellowship"
    " fellowships scholarship scholarships grant grants actions street avenue boulevard road square park"
    " bridge station airport stadium hall house homes housing estate building theater theatre elementary"
    " primary high middle secondary senior junior memorial day crater asteroid ship ferry strasse straße"
    " str platz allee weg gymnasium schule grundschule gesamtschule realschule hochschule universitat"
    " krankenhaus klinik stiftung preis apartments hotel restaurant cafe bar shop store brewery band"
    " trio quartet orchestra marathon cup league tournament club ulica szkola liceum skole gade".split()
)
# "rue Pierre et Marie Curie", "Escuela Marie Curie": the words in front.
NAMED_AFTER_IN_FRONT: Final = frozenset(
    "uss hms rms rue avenue boulevard place lycee college ecole universite institut hopital clinique fondation prix"
    " bourse station metro calle avenida plaza paseo escuela colegio instituto universidad hospital"
    " fundacion premio beca ceip ies rua praca escola colegio universidade fundacao via viale piazza"
    " corso scuola liceo istituto universita ospedale fondazione borsa fermata escuelas scuole ulica"
    " szkola liceum uniwersytet".split()
)

_FILM = (
    "film films filmed movie movies cinema screenplay screenwriter director directed starring starred"
    " stars actor actress actors cast casting premiere premiered biopic trailer soundtrack"
    " cinematography filmmaker studio streaming episode season pelicula peliculas dirigida protagonizada"
    " guion actriz reparto taquilla estreno estrenada serie realise realisateur scenario tournage acteur"
    " actrice drehbuch regie regisseur schauspieler schauspielerin hauptrolle kino filme direcao roteiro"
    " ator atriz elenco estreia regia regista sceneggiatura attore attrice sceneggiatore riprese netflix"
    " imdb"
)
FILM_WORDS: Final = frozenset(_FILM.split())
SHOP_WORDS: Final = frozenset(
    "cart checkout shipping price prices buy sale discount coupon stock wishlist refund order poster"
    " mug carrito comprar envio precio panier acheter livraison prix warenkorb kaufen versand preis"
    " carrinho frete preco carrello acquista spedizione prezzo casino bonus viagra".split()
)

TITLES_BY_GENDER: Final = {
    **dict.fromkeys(
        "mme madame mrs miss ms mlle mademoiselle frau fraulein senora srta signora signorina dona lady"
        " madam sra pani mevrouw fru".split(),
        "f",
    ),
    **dict.fromkeys("mr monsieur herr senor sr signor sir lord mister dom don pan mijnheer".split(), "m"),
    **dict.fromkeys(
        "dr doctor professor prof president senator marshal minister governor general captain".split(), ""
    ),
}
