"""Short things that customers say to a question of the bot, in its six languages. Pure."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bot.text.tokens import words

_Said = Mapping[str, tuple[str, ...]]

# Neither yes nor no: the answer helped, but not enough.
_PARTLY: _Said = {
    "en": ("kind of", "kinda", "sort of", "partly", "partially", "half", "somewhat", "a bit", "a little"),
    "sv": ("delvis", "typ", "sådär", "lite", "till viss del", "lite grann"),
    "ro": ("parțial", "cam așa", "oarecum", "pe jumătate", "puțin", "în parte"),
    "th": ("บางส่วน", "นิดหน่อย", "พอได้"),
    "ru": ("частично", "отчасти", "не совсем", "немного", "наполовину", "почти"),
    "tr": ("kısmen", "biraz", "sayılır", "pek değil", "yarı yarıya"),
}
_ALMOST: _Said = {"en": ("not quite", "not entirely", "not completely", "almost", "more or less", "so so")}
# "Yes, but ...": what follows is what was missing.
_BUT: _Said = {
    "en": ("but", "except", "however"),
    "sv": ("men",),
    "ro": ("dar", "însă"),
    "th": ("แต่",),
    "ru": ("но", "однако"),
    "tr": ("ama", "fakat", "ancak"),
}
_ALL: _Said = {
    "en": ("both", "both of them", "both please", "all", "all of them", "all three", "all of these"),
    "sv": ("båda", "bägge", "båda två", "alla", "alla tre"),
    "ro": ("ambele", "amândouă", "toate", "toate trei"),
    "th": ("ทั้งสอง", "ทั้งสองข้อ", "ทั้งคู่", "ทั้งหมด"),
    "ru": ("оба", "обе", "и то и другое", "все", "все три"),
    "tr": ("ikisi de", "her ikisi", "her ikisi de", "hepsi", "üçü de"),
}
_WITHDRAWN: _Said = {
    "en": (
        *("never mind", "nevermind", "nvm", "forget it", "forget about it", "cancel", "cancel that", "stop"),
        *("no need", "no need anymore", "not needed anymore", "back", "go back", "i changed my mind"),
        *("bot", "back to bot", "i don't want to wait", "i do not want to wait", "i dont want to wait"),
    ),
    "sv": ("strunta i det", "glöm det", "det behövs inte", "avbryt", "tillbaka", "jag vill inte vänta"),
    "ro": (
        "las-o baltă",
        "lasă",
        "nu mai contează",
        "renunț",
        "nu mai e nevoie",
        "înapoi",
        "nu vreau să aștept",
    ),
    "th": ("ไม่เป็นไร", "ไม่ต้องแล้ว", "ยกเลิก", "ช่างมัน", "ไม่อยากรอ", "กลับ"),
    "ru": ("неважно", "не важно", "забудь", "забудьте", "не надо", "отмена", "назад", "не хочу ждать"),
    "tr": (
        "boş ver",
        "boşver",
        "unut gitsin",
        "gerek yok",
        "vazgeçtim",
        "iptal",
        "geri",
        "beklemek istemiyorum",
    ),
}
# Only what can mean nothing else: "restart" alone may be about a device.
_START_OVER: _Said = {
    "en": ("start over", "start again", "start from the beginning", "let's start over", "lets start over"),
    "sv": ("börja om", "börja om från början", "vi börjar om"),
    "ro": ("ia-o de la capăt", "de la capăt", "începe din nou", "să o luăm de la capăt"),
    "th": ("เริ่มใหม่", "เริ่มต้นใหม่", "ขอเริ่มใหม่"),
    "ru": ("начать сначала", "начнём сначала", "начнем сначала", "давай сначала", "давайте сначала"),
    "tr": ("baştan başla", "baştan başlayalım", "baştan alalım"),
}
_POLITE: _Said = {
    "en": ("please", "thanks", "then", "ok", "sorry", "oh", "ah", "well", "just", "it's", "its"),
    "sv": ("tack", "då", "okej"),
    "ro": ("te rog", "mulțumesc", "vă rog"),
    "th": ("ค่ะ", "ครับ", "คะ", "นะ"),
    "ru": ("пожалуйста", "спасибо", "ладно"),
    "tr": ("lütfen", "teşekkürler", "tamam"),
}
THUMBS: Mapping[str, bool] = {"👍": True, "👌": True, "✅": True, "👎": False, "❌": False}


def partly(text: str, language: str) -> bool:
    """Whether this is neither a yes nor a no, like "kind of"."""
    return _is(text, language, _PARTLY) or _is(text, language, _ALMOST)


def objects(text: str, language: str) -> bool:
    """Whether what follows a yes takes half of it back: "but it costs too much"."""
    said = _bare(text, language)
    return any(said[: len(word)] == word for word in _split(_BUT, language))


def all_of_them(text: str, language: str) -> bool:
    """Whether every option is wanted."""
    return _is(text, language, _ALL)


def withdraws(text: str, language: str) -> bool:
    """Whether the customer, as the whole message, takes back what they asked for."""
    return _is(text, language, _WITHDRAWN)


def starts_over(text: str, language: str) -> bool:
    """Whether the customer, as the whole message, wants to begin from the beginning."""
    return _is(text, language, _START_OVER)


def thumb(text: str) -> bool | None:
    """What a message of nothing but thumbs says; skin tones do not matter."""
    signs = {
        sign
        for sign in text
        if not sign.isspace() and not 0x1F3FB <= ord(sign) <= 0x1F3FF and sign != "\ufe0f"
    }
    found = {THUMBS.get(sign) for sign in signs}
    return found.pop() if len(found) == 1 else None


def _is(text: str, language: str, listed: _Said) -> bool:
    said = _bare(text, language)
    wanted = _split(listed, language)
    polite = {word for phrase in _split(_POLITE, language) for word in phrase}
    return said in wanted or tuple(word for word in said if word not in polite) in wanted


def _split(listed: _Said, language: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a language, as words; English ones count in every language."""
    return _in_words((*listed.get(language, ()), *listed.get("en", ())), language)


@functools.lru_cache(256)
def _in_words(phrases: tuple[str, ...], language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_bare(one, language) for one in phrases)


def _bare(text: str, language: str) -> tuple[str, ...]:
    return tuple(word for word in words(text[:200], language) if word not in {"?", "!"})
