"""The words of commands in many languages: forms in which somebody is told to do something, not told about.

Folded: lower case, no accents. Only imperatives stand here ("ignore", not "ignored"), for history is full
of people who ignored instructions.
"""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import unicodedata
from typing import Final

_OVERRIDE = """ignore disregard forget erase override bypass olvidate olvidese descartad skip neglect discard
 ignora ignore ignoren olvida olvide descarta desestima omite prescinde
 ignorez oubliez oublie negligez contournez
 ignoriere ignorieren ignoriert vergiss vergesst missachte missachten ubergehe umgehe
 ignorem esqueca esquece desconsidere desconsidera descarte despreze
 ignorate ignori dimentica dimenticate scarta trascura
 negeer negeert vergeet zignoruj ignoruj zapomnij pomin ignorera glom bortse ignorer glem tilsidesaet ignoruj zapomen ignorujte
 игнорируй игнорируите проигнорируй забудь забудьте ігноруй görmezden goz unut yoksay abaikan lupakan bo unohda jata"""
_RULES = """instruction instructions guidance programming prompt prompts rules guidelines directives directive commands orders directions policies policy
 instruccion instrucciones indicaciones reglas ordenes directrices normas consignas
 consignes instructions regles directives ordres
 anweisung anweisungen instruktionen regeln vorgaben befehle anleitungen
 instrucao instrucoes regras ordens diretrizes comandos
 istruzione istruzioni regole ordini direttive comandi
 instructies regels opdrachten aanwijzingen instrukcje instrukcji polecenia zasady reguly instruktioner anvisningar regler
 anvisninger pokyny instrukce pravidla инструкции инструкция указания правила промпт команды інструкції talimatlari talimatlar kurallari
 instruksi perintah ohjeet saannot"""
_EARLIER = """previous prior above earlier preceding foregoing all any every existing former everything
 anterior anteriores previas previos previa todas todos toda arriba precedentes todo
 precedente precedents precedentes tous toutes anterieures ci dessus tout
 vorherigen vorigen bisherigen obigen alle fruheren vorangegangenen vorhergehenden alles
 acima anteriormente previas tudo precedenti tutte tutti sopra tutto
 vorige eerdere bovenstaande poprzednie wszystkie powyzsze wczesniejsze tidigare ovanstaende alla foregaende tidligere ovenstaende
 predchozi vsechny все предыдущие прежние вышеуказанные всі попередні onceki tum yukaridaki sebelumnya semua aiemmat kaikki
 system sistema системные системныи системную системных your tus tes ton sus vos свои твои deinen ihre deine suas tue vostre"""
_MINE = "my our his her their my mi mis nuestras nuestros mes nos ses leurs meine meinen unsere seine ihren minhas nossas mie nostre mijn moje mina мои"
_SAY = """print output write say answer reply respond repeat echo type
 escribe escriba imprime responde responda contesta repite di muestra escreva imprima diga responda repita
 ecris ecrivez imprime imprimez reponds repondez repete repetez dis affiche affichez
 schreibe schreib drucke antworte wiederhole gib sag sage scrivi stampa rispondi ripeti mostra
 schrijf antwoord herhaal druk napisz wypisz odpowiedz powtorz skriv svara upprepa svar gentag napis vypis odpovez
 напиши напишите выведи выведите ответь ответьте повтори напечатай yaz yazdir cevapla tulis cetak jawab"""
_SHOW = """reveal show translate summarize summarise disclose leak display send forward expose list
 revela revele traduce traduzca muestra muestre envia revelez revele traduis traduisez montre montrez envoie
 zeige ubersetze verrate offenbare sende revele traduza mostre envie rivela traduci invia toon vertaal"""
_PUT = """add insert include append mention cite quote recommend promote state claim start begin end call describe always never omit
 anade agrega incluye inserta menciona cita recomienda ajoute ajoutez insere inserez mentionne mentionnez cite citez recommande
 fuge erwahne zitiere empfiehl beginne nenne adicione inclua mencione cite recomende aggiungi inserisci menziona cita consiglia
 voeg vermeld noem dodaj wspomnij lagg namn tilfoj naevn pridej zmin добавь добавьте упомяни упомяните"""
_MODEL = """ai llm llms chatgpt gpt claude gemini copilot chatbot chatbots ia ki"""
# What may stand before a command; "must" only after "you" (see YOU).
_LEADS = """please now then and also kindly instead always just llm ai
 por favor ahora y debes tambien entonces plait maintenant et bitte jetzt und agora e ora favore nu en alsjeblieft prosze
 teraz пожалуйста теперь и"""
_MUST = "must should shall will can need musst mussen sollst devez dois deve devi"
_YOU = "you du sie vous tu voce lei"


def _set(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return frozenset("".join(char for char in plain if not unicodedata.combining(char)).split())


OVERRIDE: Final = _set(_OVERRIDE)
RULES: Final = _set(_RULES)
EARLIER: Final = _set(_EARLIER)
MINE: Final = _set(_MINE)
SAY: Final = _set(_SAY)
SHOW: Final = _set(_SHOW)
RETELL: Final = _set(
    "repeat output echo repite repete repetez wiederhole repita ripeti herhaal powtorz upprepa"
)
PUT: Final = _set(_PUT)
MODEL: Final = _set(_MODEL)
VERBS: Final = OVERRIDE | SAY | SHOW | PUT  # with one of which every command begins
OPENING: Final = VERBS | MODEL  # words of which it counts whether they open a clause
LEADS: Final = _set(_LEADS)
MUST: Final = _set(_MUST)
YOU: Final = _set(_YOU)
CONDITION: Final = _set(
    "if unless when where si salvo wenn falls sofern se quando als jesli om hvis pokud если"
)
FIRST_PERSON: Final = _set("i ich je yo eu io we wir nous nosotros noi я мы")
TAUGHT: Final = _set(
    "taught learned learnt ensenaron ensenado aprendiste appris apprises gelernt gelehrt ensinaram aprendeu insegnato imparato"
)
WHOSE: Final = _set("from of issued by del der von du des dos della dei dell")
MODEL_SIDE: Final = _set(
    "system prompt user developer operator model assistant chat conversation context this sistema prompts benutzers"
)
