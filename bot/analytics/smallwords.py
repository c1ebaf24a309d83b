"""Words that say little about what somebody asks: articles, pronouns, greetings, "can I", "please"."""

from __future__ import annotations

from functools import lru_cache

from bot.model import Language
from bot.text.language import SMALL_WORDS
from bot.text.tokens import words

_THAI = (
    "ได้ ไหม มั้ย ได้ไหม ครับ ค่ะ คะ ผม ฉัน ดิฉัน เรา คุณ อยาก ขอ ต้องการ ที่ ของ และ หรือ ไม่ มี เป็น คือ นี้ นั้น"
    " จะ ให้ กับ ใน จาก ถ้า ช่วย หน่อย แล้ว ยัง อะไร ทำไม อย่างไร ยังไง เมื่อไหร่ ที่ไหน สวัสดี ขอบคุณ"
)


@lru_cache(maxsize=32)
def small_words(language: Language) -> frozenset[str]:
    """The small words of a language, in normal form; none where we have no list."""
    listed = _THAI if language == "th" else SMALL_WORDS.get(language, "")
    # One by one: Thai words side by side may be cut otherwise.
    return frozenset(word for one in listed.split() for word in words(one, language))
