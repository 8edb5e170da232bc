"""Commands to set aside earlier instructions in languages that write without spaces, or put the verb last."""

# ruff: noqa: E501 - the long lines are patterns

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sources.injection.base import Sign
from sources.injection.needles import Haystack

_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # Chinese
        r"(?:忽略|无视|無視|忽视|忽視|忘记|忘記|不要理会)[^。\n]{0,16}?(?:指令|指示|说明|說明|规则|規則|提示|命令)",
        # Japanese: the verb stands last
        r"(?:以前|上記|これまで|前|すべて|全て)[^。\n]{0,16}?(?:指示|命令|ルール|プロンプト|規則)[^。\n]{0,10}?(?:無視|忘れ)",
        r"(?:とだけ|のみを?)(?:出力|回答|返答)(?:し|せ)|只(?:输出|輸出|回答|回复)",
        # Korean
        r"(?:이전|앞선|위의?|모든)[^.\n]{0,16}?(?:지시|명령|규칙|프롬프트)[^.\n]{0,10}?(?:무시|잊)",
        # Arabic, Hebrew, Persian
        r"تجاهل[^.\n]{0,24}?(?:التعليمات|الأوامر|القواعد)",
        r"(?:התעלם|התעלמי|שכח)[^.\n]{0,24}?(?:ההוראות|הוראות|הכללים)",
        r"(?:دستورات|دستورالعمل)[^.\n]{0,24}?نادیده",
        # Hindi, Turkish, Greek, Ukrainian, Hungarian, Vietnamese, Thai
        r"(?:निर्देशों|निर्देश|नियमों)[^।\n]{0,16}?(?:अनदेखा|नज़रअंदाज|भूल)",
        r"(?:önceki|yukarıdaki|tüm)[^.\n]{0,24}?(?:talimat|kural|komut)\w*[^.\n]{0,12}?(?:yok say|görmezden gel|unut|dikkate alma)",
        r"(?:αγνόησε|αγνοήστε|ξέχνα)[^.\n]{0,32}?(?:οδηγίες|εντολές|κανόνες)",
        r"(?:ігноруй|ігноруйте|забудь)[^.\n]{0,32}?(?:інструкції|вказівки|правила)",
        r"(?:hagyd|hagyja)\s+figyelmen\s+kívül[^.\n]{0,40}?(?:utasítás|szabály)",
        r"(?:bỏ qua|phớt lờ)[^.\n]{0,24}?(?:hướng dẫn|chỉ dẫn|quy tắc)",
        r"(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ)[^\n]{0,24}?(?:คำสั่ง|คำแนะนำ)",
    )
)


def found_in(hay: Haystack) -> Iterator[Sign]:
    """Each such command."""
    for pattern in _PATTERNS if not hay.text.isascii() else ():
        if hay.may_match(pattern):
            yield from (Sign("override", *match.span()) for match in pattern.finditer(hay.text))
