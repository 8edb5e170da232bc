"""What marks and addresses of a conversation with a model look like."""

# ruff: noqa: E501 - the long lines are patterns

from __future__ import annotations

import re
from typing import Final

# What stands in no prose: markers of chat formats, forged ends of a data block, broken-out JSON.
MARKERS: Final = tuple(
    (name, re.compile(pattern, flags))
    for name, flags, pattern in (
        ("marker", re.I, r"<\|[a-z_ ]{2,30}\|>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|<\|?(?:begin|end)_of_text\|?>"),
        ("marker", re.I, r"</?(?:system|assistant|instructions?|untrusted|source_?text|data_?block)(?:\s[^>\n]{0,80})?>|</(?:user|source|document|context|prompt|data|passage|text)>"),
        ("marker", re.I | re.M, r"^\s{0,3}#{2,4}\s*(?:system|instructions?|user|assistant|human|response|new task)\s*:?\s*$|#{2,4}\s*(?:system|instructions?|new\s+task)\s*:"),
        ("marker", re.I, r"[-=*#<\[]{3,}\s*(?:begin|end|start|stop)\s+(?:of\s+)?(?:the\s+)?(?:source|context|prompt|instructions?|data|user|system|input|untrusted|passages?)\b[^\n]{0,30}?[-=*#>\]]{2,}"),
        ("marker", re.I, r"[\"']role[\"']\s*:\s*[\"'](?:system|user|assistant|developer|tool)[\"']|[\"'](?:tool_calls|function_call)[\"']\s*:"),
        ("marker", 0, r"\{\s*(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|HYPERLINK)\b|\{\{\s*\d+\s*[*+]\s*\d+|\{%\s*(?:debug|include|import|load)\b"),
        ("hidden", 0, r"(?<!\U0001f3f4)[\U000e0020-\U000e007f]+"),
        ("address", re.I, r"\bif\s+you\s+(?:are|'re)\s+(?:an?\s+)?(?:ai|a\.i\.|llm|(?:large\s+)?language\s+model|ai\s+\w+|chatbot|virtual assistant)\b"),
        ("address", re.I, r"\b(?:si\s+eres\s+(?:una?\s+)?(?:ia|inteligencia artificial|modelo de lenguaje)|si\s+(?:vous\s+êtes|tu\s+es)\s+(?:une?\s+)?(?:ia|modèle de langage)|(?:wenn|falls)\s+du\s+(?:eine?\s+)?(?:ki|sprachmodell)|se\s+(?:você\s+é|és|sei)\s+(?:uma?\s+|un['’]?\s*)?(?:ia|modelo de linguagem|modello linguistico))\b"),
        ("address", re.I, r"\b(?:note|message|instructions?|attention|notice|reminder)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+)?(?:ai|a\.i\.|llms?|language\s+models?|chatbots?|(?:ai|automated|virtual)\s+(?:assistants?|agents?|models?|writers?|systems?)|(?:the\s+)?model\s+(?:writing|reading|processing))\b"),
        ("address", re.I, r"\b(?:notes?|message|instructions?|attention|notice|reminder|request|memo)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+|whichever\s+|this\s+)?(?:\w+\s+)?(?:(?:summari[sz]ers?|text\s+generators?|crawlers?|scrapers?|pipelines?|rewriters?|paraphrasers?|translation\s+engines?)\s*(?:[:—–]|\s-\s)|(?:bots?|robots?|models?|assistants?|agents?|algorithms?|software|generators?|machines?)\s*(?:[:—–]|\s-\s)\s*(?:please\s+)?(?:(?:do\s+not|don['’]t|never|always)\s+)?(?:say|write|state|mention|describe|ignore|disregard|output|include|omit|claim|add|call|answer|reply|respond|repeat|print|report|leave\s+out)\b)"),
        ("address", re.I, r"\bto\s+(?:whatever|whichever)\s+(?:model|system|machine|program|software|bot)\b[^.\n]{0,40}?\b(?:reads?|reading|summari[sz]\w+|process\w*|writ\w+)\b|\bto\s+the\s+(?:model|system|machine|program|software|bot|ai)\s+(?:that\s+(?:is\s+)?)?(?:reads?|reading|summari[sz]\w+|process\w+|writ(?:es|ing))\s+(?:this|the\s+(?:text|page|book|biography))\b"),
        ("address", re.I, r"\b(?:nota|mensaje|aviso|instrucci[oó]n(?:es)?|mensagem|messaggio|istruzioni)\s+(?:para|al?|per)\s+(?:el|la|los|o|il|lo)?\s*(?:resumidor|modelo|asistente|sistema\s+autom[aá]tico|bot|generador|assistente|modello|riassuntore|int?eligencia\s+artificial|ia)\s*[:—–]"),
        ("address", re.I, r"\b(?:note|message|avis|consignes?|instructions?)\s+(?:pour|au|[aà])\s+(?:le\s+|la\s+|l['’])?(?:r[eé]sumeur|mod[eè]le|assistant|robot|bot|g[eé]n[eé]rateur|intelligence\s+artificielle|ia)\s*[:—–]|\b(?:hinweis|nachricht|anweisung(?:en)?|notiz)\s+(?:an|f[uü]r)\s+(?:den|die|das|alle)?\s*(?:zusammenfasser|sprachmodelle?|modell|assistenten?|bots?|ki(?:-\w+)?|maschine)\s*[:—–]"),
        ("address", re.I, r"\bas\s+(?:the|an?)\s+(?:writing\s+|ai\s+|language\s+)?(?:model|assistant|llm|ai),?\s+you\s+(?:must|should|will|are)\b"),
        ("override", re.I, r"\bpay\s+no\s+(?:attention|heed)\s+to\s+(?:(?:the|all|any|your)\s+){0,2}(?:earlier|previous|prior|above)\s+(?:instructions?|guidelines|rules|prompts?)\b|\bsystem\s+override\b"),
        ("fetch", re.I, r"\bhttps?://(?:169\.254\.169\.254|metadata\.google|\[fd00:ec2)\S*|\bfile:///(?:etc|proc|root|c:)\S*"),
        ("trigger", 0, r"\b[Ww]hen(?:ever)?\s+you\s+(?:see|read|encounter|meet|find|come across)\s+(?:the\s+(?:word|phrase|code)\s+)?[\"'“]?[A-Z]{3,}\b[^.\n]{0,30}?\b(?:print|say|write|output|answer|reply|respond|do)\b"),
    )
)  # fmt: skip
# What stands in prose too, and counts beside something else.
HINTS: Final = tuple(
    (name, re.compile(pattern, flags))
    for name, flags, pattern in (
        ("role change", re.I, r"\byou\s+are\s+(?:now|no\s+longer)\b|\bfrom\s+now\s+on,?\s+you\s+(?:are|will|must)\b|\b(?:act|behave)\s+as\s+(?:if\s+you|an?\s+(?:unrestricted|unfiltered))|\bpretend\s+(?:that\s+)?you\s+are\b"),
        ("new rules", re.I, r"\b(?:new|updated|real|actual)\s+(?:system\s+)?(?:instructions?|polic(?:y|ies)|rules?|task|prompt)\s*[:,]"),
        ("machine", re.I, r"\b(?:system|developer|hidden)\s+prompts?\b|\b(?:developer|god|dan)\s+mode\b|\bjailbreak\w*|\blanguage\s+models?\b|\bLLMs?\b|\bAI\s+(?:assistants?|models?|agents?)\b"),
        ("code word", re.I, r"\b(?:remember|memorize|memorise)\s+(?:the|this)\s+(?:code|secret|magic|trigger)\s*-?\s*(?:word|phrase)\b"),
        ("obey", re.I, r"\b(?:also|please|now)\s+(?:obey|follow|execute|comply\s+with)\s+(?:the|these|this|every)\b"),
        ("hidden style", re.I, r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|text render mode 3|color\s*:\s*(?:white|#fff)\b"),
        ("document end", re.I, r"[-=*#<\[]{3,}\s*end\s+of\s+(?:the\s+)?(?:document|text|file|article|page|quote)\b"),
    )
)  # fmt: skip
# Places that are suspicious only for what they hold: a command that is a sign of its own, or these words.
TOLD: Final = re.compile(
    r"\b(?:new\s+(?:policy|instructions?|rules?|task)|you\s+(?:are|must|will|should)|from\s+now\s+on|ignore|disregard|obey)\b"
    r"|\b(?:AI|LLMs?|chatbots?|language\s+models?|assistants?)\s*[:,]",
    re.I,
)
FRAMES: Final = tuple(
    (name, re.compile(pattern, flags))
    for name, flags, pattern in (
        ("hidden", re.I | re.S, r"<!--.{0,400}?(?:-->|$)"),
        ("hidden", re.I, r"<meta\b[^>\n]{0,400}>|<title>[^<\n]{0,200}</title>|\b(?:alt|title|aria-label|content)\s*=\s*[\"'][^\"'\n]{0,300}[\"']|/(?:Title|Subject|Keywords)\s*\([^)\n]{0,200}\)"),
        ("role", re.M, r"(?:^|(?<=[.!?]\s)|(?<=-\n)|(?<=[\"'`\n]))\s*\[?(?:SYSTEM|DEVELOPER|SISTEMA|SYSTÈME|System)\s*[:\]][^\n]{0,120}"),
        ("address", re.I | re.M, r"(?:^|(?<=[.!?>(\[\n-]\s)|(?<=[(\[>\n-]))\s*(?:dear\s+|hey\s+|hello\s+|attention,?\s+)?(?:ai|a\.i\.|llms?|(?:large\s+)?language\s+models?|chatbots?|ai[- ](?:assistants?|models?|agents?|systems?|writers?|readers?)|chatgpt|gpt-?\d\w*|ia|ki|modelo de lenguaje|modèle de langage|sprachmodell)\s*[:,!][^\n]{0,120}"),
    )
)  # fmt: skip
