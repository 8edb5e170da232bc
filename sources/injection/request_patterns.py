"""Requests that only a writing machine is asked: to be another one, to void its rules, to answer in some way."""

# ruff: noqa: E501 - the long lines are patterns

from __future__ import annotations

import re
from typing import Final

_MACHINE: Final = r"(?:ai|a\.i\.|llm|assistant|chatbot|bot|language\s+model|model|dan|gpt)"
_TEXT: Final = r"(?:biography|summary|response|reply|answer|output|completion)"
_RULES: Final = r"(?:instructions?|guidelines?|rules?|prompts?|directives?|directions)"
_EARLIER: Final = r"(?:earlier|previous|prior|original|initial|above|system|former)"
_WRITE: Final = r"(?:write|say|state|mention|describe|output|include|add|omit|claim|call|present|portray|refer|insert|append|conclude|ignore|leave\s+out|report)"

REQUESTS: Final = tuple(
    (name, re.compile(pattern, flags))
    for name, flags, pattern in (
        # To be another one.
        ("role", re.I, rf"\byou(?:\s+are|['’]re)\s+(?:now\s+)?[^.\n]{{0,40}}?\b(?:(?:un(?:restricted|limited|filtered|censored|aligned)|jailbroken)\s+{_MACHINE}\b|{_MACHINE}\b[^.\n]{{0,20}}?\b(?:without|with\s+no|free\s+of)\s+(?:any\s+)?(?:restrictions?|rules?|limits?|limitations?|filters?|guidelines?|censorship))"),
        ("role", re.I, r"\b(?:eres|es|sois|seas?|tu\s+es|vous\s+êtes|bist|sind|você\s+é|és|sei|siete)\b[^.\n]{0,30}?\b(?:asistente|assistente|assistant|assistent|ia|ki|ai|modelo|modèle|modell|sprachmodell|modello)\b[^.\n]{0,20}?\b(?:sin|sans|ohne|sem|senza)\s+(?:\w+\s+)?(?:l[ií]mites|restricciones|reglas|restrictions|limites|règles|regeln|grenzen|einschränkungen|restrições|regras|limiti|regole|restrizioni|filtros?|filtres?|filter)\b"),
        ("role", re.I, r"\b(?:uneingeschränkte[rns]?|unzensierte[rns]?)\s+(?:assistent|ki|sprachmodell|modell)\b|\bты\s+теперь\b[^.\n]{0,30}?\b(?:ассистент|модель|ии|бот)\b"),
        ("role", re.I, r"\bstop\s+being\s+an?\s+(?:biographer|assistant|ai|author|writer|model)\b|\b(?:developer|dan|god|jailbreak)\s+mode\s+(?:is\s+)?(?:now\s+)?(?:enabled|activated|on)\b"),
        # Addressed to models, or to whoever makes this text.
        ("address", re.I, r"\b(?:ai|llm|(?:large\s+)?language)\s+(?:models?|systems?|assistants?|agents?)\b[^.\n]{0,60}?\b(?:must|should|shall|are\s+required\s+to|are\s+instructed\s+to)\s+(?:always\s+|never\s+|not\s+)?(?:state|write|say|describe|mention|output|call|portray|claim|refer\s+to)\s+(?:that|her|him|them|the\s+(?:word|subject|person|author|following))\b"),
        ("address", re.I, rf"\bif\s+this\s+(?:text|page|document|article|source|passage|file)\s+is\s+(?:being\s+)?(?:processed|read|summari[sz]ed|analy[sz]ed|parsed|used)\s+by\s+(?:an?\s+|any\s+|the\s+)?(?:\w+\s+)?(?:{_MACHINE}|machine|program|software|system)\b"),
        ("address", re.I, rf"\bwhen(?:ever)?\s+(?:you\s+(?:are\s+)?)?(?:summari[sz]\w*|generat\w+|paraphras\w+|process\w*|rewrit\w+|writ(?:e|ing)|quot\w+)\s+(?:about\s+)?(?:this\s+(?:document|page|text|article|source|passage|material)|(?:the|this|your|a)\s+(?:biography|summary|response|output))\b[^.\n]{{0,40}}?,\s*(?:please\s+|also\s+|always\s+|you\s+must\s+)*{_WRITE}\b"),
        ("address", re.I, rf"\b(?:author|writer|generator|editor|model)\s+of\s+(?:the|this)\s+(?:biography|summary|book|chapter)\s+(?:should|must|shall)\s+(?:\w+\s+)?(?:ignore|disregard|{_WRITE})\b[^.\n]{{0,60}}?\b(?:sources?|instructions?|prompts?|and\s+(?:write|say|state))\b"),
        ("address", re.I, r"\bas\s+an?\s+(?:large\s+)?(?:language\s+model|llm|ai(?:\s+(?:model|assistant|writer))?)\s*,?\s+you\s+(?:are\s+(?:required|instructed|asked|obliged)|have\s+to)\b"),
        # Its rules are void.
        ("override", re.I, rf"\b(?:do\s+not|don['’]t|stop|cease)\s+(?:follow|obey|heed|apply)(?:ing)?\s+(?:any\s+of\s+|all\s+of\s+)?(?:your|the|any|all)\s+{_EARLIER}\s+{_RULES}\b(?!\s+(?:of|from|in)\s)"),
        ("override", re.I, rf"\byour\s+(?:{_EARLIER}\s+)?{_RULES}\s+(?:are|is|have\s+been|has\s+been|were)\s+(?:now\s+|hereby\s+)?(?:void|revoked|cancell?ed|superseded|overridden|obsolete|replaced|suspended|lifted|null)\b"),
        ("override", re.I, rf"\b{_EARLIER}\s+{_RULES}\s+(?:are|have\s+been)\s+(?:now\s+|hereby\s+)?(?:void|revoked|cancell?ed|superseded|overridden)\b[^.\n]{{0,20}}?\byour\s+(?:only|new|sole)\b"),
        ("override", re.I, rf"\boverrid(?:es?|ing)\s+(?:any|all|your|the)\s+(?:{_EARLIER}\s+)?(?:system\s+prompts?|prompts?)\b"),
        ("override", re.I, r"\b(?:set|put)\s+aside\s+(?:everything|all|anything|whatever)\s+(?:that\s+)?you\s+(?:were|have\s+been|had\s+been)\s+(?:told|instructed|given)\b[^.\n]{0,24}?\b(?:and|then)\s+(?:reply|respond|answer|write|output|say|print)\b"),
        ("override", re.I, rf"(?:(?:^|(?<=[.!?:;,\n]))\s{0,3}|\bplease\s+)(?:set|put)\s+aside\s+(?:all\s+|any\s+)?(?:the\s+|your\s+)?{_EARLIER}\s+{_RULES}\b"),
        ("override", re.I, r"\b(?:haz|haga|hagan|hacer)\s+caso\s+omiso\s+de\s+(?:\w+\s+){0,3}(?:instrucciones|reglas|indicaciones|normas|consignas|directrices)\s+(?:anteriores|previas|precedentes|arriba)\b|\bno\s+(?:sigas|siga|hagas\s+caso\s+(?:de|a))\s+(?:\w+\s+){0,2}(?:instrucciones|reglas|indicaciones)\s+(?:anteriores|previas)\b"),
        ("override", re.I, r"\b(?:ne\s+(?:tiens|tenez)\s+(?:pas|aucun)\s+compte|fai(?:s|tes)\s+abstraction|ne\s+(?:suis|suivez)\s+(?:pas|plus))\s+(?:de\s+|des\s+|d['’])?(?:\w+\s+){0,2}?(?:instructions|consignes|règles|directives)\s+(?:précédentes|antérieures|ci-dessus)\b"),
        ("override", re.I, r"\b(?:beachte|befolge|beachten\s+sie|befolgen\s+sie)\s+(?:\w+\s+){0,2}?(?:vorherigen|bisherigen|obigen|früheren|vorigen)\s+(?:anweisungen|regeln|instruktionen|vorgaben)\s+nicht\b"),
        ("override", re.I, r"\bnon\s+(?:tenere|tenga|tenete|seguire|seguite)\s+(?:conto\s+)?(?:delle|le|dei|di)\s+(?:\w+\s+){0,2}?(?:istruzioni|regole|direttive)\s+(?:precedenti|sopra)\b|\bn[ãa]o\s+(?:leve|siga|considere)\s+(?:em\s+conta\s+)?(?:\w+\s+){0,2}?(?:instruções|regras)\s+(?:anteriores|acima|prévias)\b|\bне\s+(?:следуй|обращай\s+внимания)\w*\s+[^.\n]{0,20}?(?:предыдущи|прежни)\w+\s+(?:инструкци|указани|правил)\w+"),
        # A task, and a way to answer.
        ("order", re.I, r"\byour\s+(?:new|only|real|actual|updated)\s+(?:task|job|goal|objective|instructions?)\s+(?:is|are)\s+(?:now\s+)?to\s+(?:write|produce|generate|output|compose|promote|print|reply|respond|answer|say|praise)\b"),
        ("order", re.I, r"(?:^|(?<=[.!?\n]))\s{0,3}(?:(?:new|updated|revised|real|actual)\s+(?:instructions?|task|prompt|directive)|now\s+the\s+real\s+task)\s*:\s*[^.\n]{0,60}?\b(?:write|produce|generate|output|compose|respond|reply|say|print)\b[^.\n]{0,40}?\b(?:chapters?|biograph\w+|poems?|story|stories|response|answer|summary|output|only|nothing\s+but|pirate|instead)\b"),
        ("order", re.I, rf"\b(?:begin|start|end|finish|prefix|preface|conclude)\s+(?:every\s+|each\s+|all\s+|of\s+)*your\s+(?:next\s+)?{_TEXT}s?\s+(?:with|by)\s+(?:the\s+(?:exact\s+)?(?:words?|phrase|sentence|text|string)\b|[\"“'‘«„]|(?:saying|writing|printing|stating)\b)"),
        ("order", re.I, r"\b(?:reply|respond|answer)\s+(?:only\s+)?with\s+your\s+(?:\w+\s+){0,2}(?:prompt|instructions|system\s+message)\b"),
        ("order", re.I, rf"\bwhat\s+(?:are|were|is|was)\s+your\s+(?:system\s+|initial\s+|original\s+|exact\s+)?{_RULES}\s*\?\s*(?:print|repeat|show|output|list|reveal|write|quote)\b"),
        ("order", re.I, r"(?:(?:^|(?<=[.!?:;\n\"“]))\s{0,3}|\bplease\s+)(?:show|print|repeat|output|give|display|reveal)\s+(?:me\s+|us\s+)?(?:all\s+|back\s+)?(?:of\s+)?(?:the\s+)?(?:text|words|instructions?|prompt|everything|messages?)\s+above\b[^.\n]{0,30}?\b(?:verbatim|word\s+for\s+word|exactly|line|in\s+full|code\s+block)\b"),
        ("order", 0, r"\b(?:SYSTEM|System)\s*:\s*(?:[Tt]he|[Tt]his|[Yy]our|[Ee]very|[Aa]ll)\s+(?:\w+\s+)?(?:biography|book|chapters?|answers?|responses?|output|summar(?:y|ies))\b[^.\n]{0,60}?\b(?:must|should|shall|will|has\s+to)\b"),
        ("order", re.I, r"\byour\s+(?:sole|only|new)\s+(?:purpose|goal|task|job|objective|function)\s+(?:is\s+now|now\s+is|is\s+from\s+now\s+on)\s+to\b|\byou\s+(?:will|must|shall|should)\s+(?:now\s+|only\s+|always\s+)?(?:respond|answer|reply)\s+to\s+(?:every|all|any|each)\s+(?:questions?|prompts?|requests?|messages?|quer(?:y|ies))\s+with\b"),
        ("order", re.I, rf"\b(?:must|should|has\s+to|have\s+to)\s+(?:appear|be\s+(?:included|inserted|mentioned|quoted|repeated))\s+(?:\w+\s+)?in\s+(?:your|any|every|the\s+generated)\s+{_TEXT}\b"),
        ("order", re.I, r"\b(?:add|insert|include|append|put|mention|write|say|state|repeat)\b[^\n]{0,120}?\b(?:chapter|text|biography|summary|book|answer|response)\s+(?:that\s+)?you(?:\s+are|['’]re)\s+(?:now\s+)?(?:writing|generating|producing|composing)\b"),
        ("order", re.I, r"(?:^|(?<=[.!?:;\n]))\s{0,3}(?:assume|adopt|take\s+on)\s+the\s+(?:persona|identity)\s+of\b|\byou\s+(?:have\s+to|must|should|need\s+to)\s+call\s+the\s+(?:tool|function|plugin)\b|\bthe\s+assistant\s+will\s+now\s+(?:comply|print|output|reveal|ignore|write|answer|respond)\b"),
        ("override", re.I, rf"\b(?:treat|regard|consider|take)\s+(?:everything|all|this|the)\b[^.\n]{{0,40}}?\bas\s+your\s+(?:new\s+|only\s+)?{_RULES}\b|\b(?:is|are)\s+(?:an?\s+)?(?:instructions?|commands?|orders?)\s+from\s+(?:your|the)\s+(?:developers?|operator|creators?|user|system|administrator)\b"),
        ("address", re.I, r"\b(?:whoever|whatever|anyone\s+who|anything\s+that|any\s+system\s+that)\s+(?:generat|summari[sz]|process|paraphras|rewrit)\w*\s+(?:\w+\s+){0,2}?(?:text|content|this|summar\w+|prose|chapters?)\b[^.\n]{0,40}?\b(?:must|should|shall|has\s+to)\b"),
        ("address", re.I, rf"(?:^|(?<=[.!?\n]))\s{0,3}(?:(?:hey|hello|dear|attention|ok|okay)[\s,]+)?(?:chatbots?|gpt(?:-?\d)?|chatgpt|llms?|ais?|language\s+models?|ai\s+(?:models?|assistants?|agents?|readers?|crawlers?))\s*[:,—–!]\s*(?:please\s+|kindly\s+)?(?:(?:do\s+not|don['’]t|never|always)\s+)?(?:{_WRITE}|skip|answer|reply|respond|summari[sz]e|repeat|print)\b"),
        ("address", re.I, r"(?:^|(?<=[.!?\n]))\s{0,3}(?:hey|attention|ok|okay)[\s,]+(?:claude|gemini|copilot|grok)\b[^.\n]{0,120}?\byou\s+(?:write|summari[sz]e|generate|answer|read)\b|\bfor\s+(?:ai|llms?|bots?)\s+(?:readers?|crawlers?|models?|assistants?|agents?|systems?)\s*[:—–]"),
        ("role", 0, r"(?:从现在起|從現在起|现在|現在)[^。\n]{0,4}?你[^。\n]{0,4}?是[^。\n]{0,10}?(?:没有|沒有|不受|無|无)[^。\n]{0,8}?(?:限制|约束|約束|规则|規則)|(?:あなたは今から|今からあなたは)[^。\n]{0,20}?(?:制限|制約)の?ない"),
        # A conversation that was put into the text.
        ("marker", re.M, r"^\s*(?:Human|User)\s*:[^\n]{1,300}\n+\s*(?:Assistant|AI|Bot|Model)\s*:|^\s*Assistant\s*:\s*(?:Sure|Certainly|Of course|Here is|Here's|Understood|Okay|OK)\b"),
    )
)  # fmt: skip
