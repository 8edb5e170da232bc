"""What a text may not hold: marks that a reader would see as marks, and words of whoever made the text."""

# ruff: noqa: E501 - the long lines are patterns

from __future__ import annotations

import re
from typing import Final

from biographies.vocabulary import Severity


def gettext_noop(message: str) -> str:
    """Mark a message for translation where it stands; it's translated where it's used."""
    return message


ADDRESS: Final = re.compile(
    r"(?:\b(?:https?|ftp|file)://|\bwww\.|\b(?:javascript|data|mailto|vbscript):(?=\S))[^\s<>“”\"|]+", re.I
)

_MARKS = gettext_noop("Marks of Markdown are left in the text: %(words)s")
_TAG = gettext_noop("HTML stands in the text: %(words)s")
_LINK = gettext_noop("A link or image stands in the text: %(words)s")
_FENCE = gettext_noop("A fence of code is left in the text: %(words)s")
_NOTE = gettext_noop("A mark of a note is left in the text: %(words)s")
_TEMPLATE = gettext_noop("A mark of a template is left in the text: %(words)s")
_BLANK = gettext_noop("A blank was left to be filled in: %(words)s")
_TALK = gettext_noop("This is talk of a language model, not of the book: “%(words)s”")
_BROKEN = gettext_noop("A character was lost: %(words)s")

LEFTOVERS: Final = tuple(
    (severity, re.compile(pattern, flags), message)
    for severity, message, flags, pattern in (
        (Severity.WARNING, _MARKS, 0, r"\*{1,3}[^\s*][^*\n]{0,80}\*{1,3}|(?<![\w*])\*{1,3}(?=\w)|(?<=[\w.,;])\*{1,3}(?![\w*])|__[^_\n]{1,80}__|(?<![\w_])_[^\W_][^_\n]{0,80}_(?!\w)|~~[^~\n]{1,80}~~|^\s*#{1,6}\s+\S[^\n]{0,80}|^\s*>\s|^\s*[-*+]\s+\S"),
        (Severity.ERROR, _TAG, re.I, r"</?(?:a|abbr|b|blockquote|body|br|center|cite|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|script|small|span|strong|style|sub|sup|svg|table|td|th|title|tr|u|ul)(?:\s[^<>\n]{0,200})?/?>|<!--|-->|<!doctype|&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|#\d{2,6}|#x[0-9a-f]{2,6});"),
        (Severity.ERROR, _LINK, 0, r"!?\[[^\]\n]{1,120}\]\([^)\n]{1,300}\)|!\[[^\]\n]*\]"),
        (Severity.WARNING, _FENCE, 0, r"```+\w*|~~~+"),
        (Severity.WARNING, _NOTE, re.I, r"\[\^[^\]\n]{0,20}\]?|\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]|\[[SFP]\d{1,4}\]|【[^】\n]{0,30}】|\[(?:citation|source|cita|quelle|citation nécessaire)(?: needed| requerida| fehlt)?\]"),
        (Severity.ERROR, _TEMPLATE, 0, r"\{\{[^}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|\$\{[^}\n]{1,40}\}|<%[^%\n]{0,80}%>|\{\s*INCLUDE(?:PICTURE|TEXT)\b"),
        (Severity.ERROR, _BLANK, re.I, r"\[(?:the |your |full |insert |su |el |nom de |name des )?(?:name|names|date|year|place|city|town|country|title|author|person|subject|number|insert[^\]\n]{0,60}|add[^\]\n]{1,60}|todo[^\]\n]{0,60}|tbd|to be [^\]\n]{1,40}|placeholder[^\]\n]{0,30}|nombre|fecha|lugar|ciudad|año|nom|lieu|ville|année|datum|ort|stadt|jahr|nome|data|luogo|città|anno|cidade)\]|\blorem ipsum\b|\bX{3,}\b(?=,? (?:years?|in|of))"),
        (Severity.ERROR, _BLANK, 0, r"\b(?:TODO|FIXME|TBD|TKTK|PLACEHOLDER)\b"),
        (Severity.ERROR, _TALK, re.I, r"\bas an? (?:ai|artificial intelligence|(?:large )?language model|assistant)\b(?: language model)?[,.]?|\bI(?:['’]m| am) (?:just |only )?an? (?:AI|language model)\b|\bI(?:['’]m| am) (?:sorry|afraid),? (?:but )?I (?:can['’]?t|cannot|am unable)[^.\n]{0,60}|\bI (?:cannot|can['’]t|am unable to) (?:fulfil?l|comply|assist with|help with|generate|complete) (?:this|that|the|your)\b[^.\n]{0,60}|\bmy (?:knowledge|training) (?:cutoff|data)\b"),
        (Severity.ERROR, _TALK, re.I, r"(?:^|(?<=[.!?]\s))(?:certainly|sure|of course|absolutely)[!,.]\s+(?:here(?:['’]s| is| are)|I['’]ll|below)\b[^.\n]{0,60}|(?:^|(?<=[.!?]\s))here(?:['’]s| is) (?:the|your|a) (?:revised |rewritten |requested |full |complete |new )?(?:chapter|section|text|draft|version|biography|rewrite|summary)\b[^.\n]{0,40}|\bI hope this (?:helps|meets)\b[^.\n]{0,40}|\blet me know if you(?:['’]d like| would like| need| want)\b[^.\n]{0,60}|\(?word count:? ?\d[\d,.]*\)?|\b(?:end of chapter|chapter ends|to be continued in the next chapter)\b|\b(?:the|this) (?:provided|given) (?:sources?|passages?|context|facts?) (?:do(?:es)? not|don['’]t|doesn['’]t) (?:mention|contain|provide|say)\b[^.\n]{0,60}"),
        (Severity.ERROR, _TALK, re.I, r"\bcomo (?:una? )?(?:ia|inteligencia artificial|modelo de (?:lenguaje|linguagem))\b|\ben tant qu(?:e modèle de langage|['’](?:ia|intelligence artificielle))\b|\bals (?:ki|ki-sprachmodell|sprachmodell|künstliche intelligenz)\b|\bcome (?:modello linguistico|intelligenza artificiale)\b|(?:^|(?<=[.!?]\s))(?:aquí tienes|aquí está|voici|hier ist|aqui está|ecco)\s+(?:el|la|le|das|der|die|o|a|il)\s+(?:capítulo|texto|chapitre|texte|kapitel|text|capitolo|testo)\b[^.\n]{0,40}"),
        (Severity.WARNING, _BROKEN, 0, r"\S{0,20}�\S{0,20}|\S{0,12}(?:Ã[©¨¡³±¼¶]|â€[™œ“”])\S{0,12}"),
    )
)  # fmt: skip
