"""Personal data in texts, replaced by what kind of thing stood there: `[email]`, `[phone]`, `[name]` ...

Masking errs on the side of hiding: a long number of any kind is hidden, a price or a date is not. What cannot
be told from ordinary words (a name that nobody has given us, a street without a number) stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from bot.text.addresses import ADDRESS
from bot.text.thai import is_thai

KINDS = ("email", "link", "iban", "card", "phone", "code", "address", "name")

_MASK = re.compile(rf"\[(?:{'|'.join(KINDS)})\]")
_AT = r"(?:@|＠|\s?[(\[]at[)\]]\s?)"
# Every rule but the one about names needs one of these.
_TELLING = re.compile(r"[\d@＠]|[(\[]at[)\]]|https?:|www\.", re.IGNORECASE)
_EMAIL = re.compile(
    rf"[^\s@＠<>,;:()\[\]\"'|]{{1,64}}{_AT}[^\s@＠<>,;:()\[\]\"'|/]{{1,190}}\.[^\W\d_]{{2,24}}", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]]+", re.IGNORECASE)
# What stands before a password, after a `?` or `#`, or in a long piece that has figures and letters.
_SECRET = re.compile(r"://[^/\s]*@|[?#&][^\s]*[^\W_]|(?=[^/\s.]*\d)(?=[^/\s.]*[^\W\d_])[\w-]{12,}|\d{5,}")

_BETWEEN = "[ \u00a0\u202f-]"
_IBAN = re.compile(
    rf"(?<!\w)[A-Z]{{2}}\d{{2}}(?:{_BETWEEN}[A-Z0-9]{{4}}){{2,7}}(?:{_BETWEEN}[A-Z0-9]{{1,3}})?(?!\w)"
    r"|(?<!\w)(?i:[A-Z]{2}\d{2}[A-Z0-9]{11,30})(?!\w)"
)
_CARD = re.compile(
    rf"(?<!\d)(?:\d{{13,19}}|(?:\d{{4}}{_BETWEEN}){{3}}\d{{1,7}}|\d{{4}}{_BETWEEN}\d{{6}}{_BETWEEN}\d{{4,5}})(?!\d)"
)
# 7 to 15 figures, as E.164 allows, with what people write between them.
_PHONE = re.compile(r"(?<![\w.,-])(?:\+|00)?\s?\(?\d(?:[\s().\-/\u00a0\u202f]{0,3}\d){6,14}(?![\w%]|[.,]\d)")
# A word, perhaps of several parts; it is a code if it has letters and figures enough.
_CODE = re.compile(r"(?<![\w-])#?[^\W_]+(?:[-_/][^\W_]+)*(?!\w)")
_MANY_FIGURES = re.compile(r"\d{3}|\d[^\d]*\d[^\d]*\d[^\d]*\d")
_NUMBER = re.compile(r"(?<!\d)#?\d(?:[ \u00a0\u202f-]?\d){4,}(?!\d)|#\d+")
# Names that are small words, or months, as well: only hidden where they are written as names.
_WORDS_TOO = frozenset(
    ("will", "may", "can", "in", "do", "an", "my", "to", "don", "bill", "mark", "sun", "mi", "i", "de", "la",
     "din", "se", "pe", "on", "max", "art")
)  # fmt: skip
_NAMES = re.compile(r"\[name\](?: \[name\])+")

# 1000th, 500g, 2000mah, 1080p: a number and its unit.
_ORDINAL = re.compile(r"\d{1,4}[^\W\d_]{1,3}")

_DATE = re.compile(
    r"(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./ ])\d{1,2}\2(?:19|20|25)?\d\d"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d"
)
_HOURS = re.compile(r"\d{1,2}(?:[.:]\d\d)?\s?[-–—]\s?\d{1,2}(?:[.:]\d\d)?|\d\d00\s?[-–—]\s?\d\d00")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{5,7}(?:[.,]\d{1,2})?")
_MONEY_BEFORE = re.compile(r"(?:[€$£¥฿₽₺]|\b(?:EUR|USD|GBP|SEK|NOK|DKK|RON|RUB|TRY|THB))\s?$", re.IGNORECASE)
_MONEY_BEHIND = re.compile(
    r"\s?(?:[€$£¥฿₽₺]|(?:EUR|euro?s?|USD|dollars?|GBP|pounds?|SEK|kr|kronor|NOK|DKK|RON|lei|RUB|руб\w*|р|TRY|TL|lira|THB"
    r"|baht)\b|บาท|ยูโร|евро)",
    re.IGNORECASE,
)


def masked(text: str, names: Collection[str] = (), keep: Collection[str] = ()) -> str:
    """The text with personal data replaced by masks. Takes any string; masking twice changes nothing more.

    `names` are people known to be in the conversation; each word of them is hidden wherever it stands as a
    word. What `keep` has, exactly as it is written, stays: an address that the shop gives to everybody.
    """
    kept = frozenset(keep)
    while True:
        once = _once(text, frozenset(names), kept)
        # Every round leaves fewer letters outside masks, so this ends.
        if once == text:
            return _NAMES.sub("[name]", text)
        text = once


def has_masks(text: str) -> bool:
    """Whether something in the text was masked."""
    return _MASK.search(text) is not None


def masks(text: str) -> tuple[str, ...]:
    """The masks in a text, in order: `[email]`, `[code]` ..."""
    return tuple(_MASK.findall(text))


def personal(text: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """What `masked` would hide in a text at first sight, as it is written, in order."""
    found: list[str] = []

    def noted(kind: str, hit: str) -> str:
        found.append(hit)
        return f"[{kind}]"

    _once(text, frozenset(names), frozenset(), noted)
    return tuple(found)


def _mask(kind: str, hit: str) -> str:
    return f"[{kind}]"


def _once(
    text: str, names: frozenset[str], keep: frozenset[str], mask: Callable[[str, str], str] = _mask
) -> str:
    # Most texts have nothing in them that any rule but the one about names looks for.
    for kind, pattern, sure in _rules(names, _TELLING.search(text) is not None):
        text = "".join(_pieces(text, kind, pattern, sure, keep, mask))
    return text


_Sure = Callable[[re.Match[str]], bool]


def _pieces(
    text: str,
    kind: str,
    pattern: re.Pattern[str],
    sure: _Sure,
    keep: frozenset[str],
    mask: Callable[[str, str], str],
) -> Iterator[str]:
    """The text around masks with one kind of thing hidden; the masks themselves as they are."""

    def hidden(hit: re.Match[str]) -> str:
        written = hit.group()
        trimmed = written.strip(" .,\u00a0\u202f")
        if not trimmed or not sure(hit) or trimmed in keep:
            return written
        before, behind = written.split(trimmed, 1)
        return before + mask(kind, trimmed) + behind

    at = 0
    for found in _MASK.finditer(text):
        yield pattern.sub(hidden, text[at : found.start()])
        yield found.group()
        at = found.end()
    yield pattern.sub(hidden, text[at:])


@lru_cache(maxsize=256)
def _rules(names: frozenset[str], every: bool) -> tuple[tuple[str, re.Pattern[str], _Sure], ...]:
    known = _names(names)
    own: list[tuple[str, re.Pattern[str], _Sure]] = [("name", known, _always)] if known is not None else []
    return (*(_RULES if every else ()), *own)


def _names(names: frozenset[str]) -> re.Pattern[str] | None:
    """Whole words of the names with what is added to a name: Anna's, Annas, Анны, Ayşe'nin."""
    words = {
        word
        for name in names
        for word in re.findall(r"[^\W\d_]+(?:[\u0e31-\u0e4e\u0300-\u036f]|[^\W\d_])*", name)
    }
    # Longest first, so that a name is not cut in two.
    ordered = sorted((word for word in words if len(word) >= 2), key=lambda word: (-len(word), word))
    if not ordered:
        return None
    return re.compile("|".join(_name(word) for word in ordered), re.IGNORECASE)


def _name(word: str) -> str:
    if word.lower() in _WORDS_TOO:
        # "Will it fit?" asks nothing about Will, but "Will" may as well be he.
        return rf"(?-i:\b{re.escape(word.capitalize())}(?:['’]s)?\b)"
    if is_thai(word[0]):
        return (
            re.escape(word)
            if len(word) >= 3
            else rf"(?<![\u0e00-\u0e7f]){re.escape(word)}(?![\u0e00-\u0e7f])"
        )
    if "\u0400" <= word[0] <= "\u052f":
        stem = re.sub("[аяйьеиоуы]$", "", word.lower()) if len(word) >= 4 else word
        return rf"\b{re.escape(stem)}\w{{0,3}}\b"
    return rf"\b{re.escape(word)}(?:['’]?s|['’]\w{{1,6}})?\b"


def _always(hit: re.Match[str]) -> bool:
    return True


def _secret(hit: re.Match[str]) -> bool:
    return _SECRET.search(hit.group()) is not None


def _figures(text: str) -> str:
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def _luhn(hit: re.Match[str]) -> bool:
    """The checksum of payment cards (ISO/IEC 7812-1, annex B)."""
    figures = [int(figure) for figure in _figures(hit.group())]
    doubled = (sum(divmod(2 * figure, 10)) for figure in figures[-2::-2])
    return (sum(figures[-1::-2]) + sum(doubled)) % 10 == 0


def _iban(hit: re.Match[str]) -> bool:
    """The checksum of account numbers (ISO 13616), or mostly figures: somebody may have mistyped one."""
    plain = re.sub(r"[\W_]", "", hit.group()).upper()
    if not plain.isascii():
        return False
    moved = plain[4:] + plain[:4]
    if int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1:
        return True
    return sum(sign.isdigit() for sign in plain) >= 12


def _phone(hit: re.Match[str]) -> bool:
    written = hit.group().strip()
    if _is_date_or_hours(written) or _money(hit):
        return False
    # A bare row of figures may as well be an order: it is hidden as a code.
    return not written.isdecimal() or written.startswith("0")


def _code(hit: re.Match[str]) -> bool:
    written = hit.group()
    if not _MANY_FIGURES.search(written) or not any(sign.isalpha() for sign in written):
        return False
    return not _is_date_or_hours(written) and _ORDINAL.fullmatch(written) is None


def _number(hit: re.Match[str]) -> bool:
    return not (_is_date_or_hours(hit.group()) or _money(hit))


def _is_date_or_hours(written: str) -> bool:
    return bool(_DATE.fullmatch(written) or _HOURS.fullmatch(written))


def _money(hit: re.Match[str]) -> bool:
    """Whether a number is a price: a currency stands beside it, and it is written as prices are."""
    if not _THOUSANDS.fullmatch(hit.group().strip()):
        return False
    return bool(_MONEY_BEFORE.search(hit.string[: hit.start()]) or _MONEY_BEHIND.match(hit.string, hit.end()))


_RULES: tuple[tuple[str, re.Pattern[str], _Sure], ...] = (
    ("link", _LINK, _secret),
    ("email", _EMAIL, _always),
    ("iban", _IBAN, _iban),
    ("card", _CARD, _luhn),
    ("address", ADDRESS, _always),
    ("phone", _PHONE, _phone),
    ("code", _CODE, _code),
    ("code", _NUMBER, _number),
)
