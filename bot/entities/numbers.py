"""Numbers and amounts of money in messages; values are plain: `1234.5`, `12.50 EUR`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.entities.dates import Span
from bot.entities.datewords import WORDS
from bot.text.rules import normal
from bot.text.tokens import MAX_CHARACTERS

# In a reply of up to so many words even an article is a number: `ett`, `the one`.
_SHORT = 3
# Languages that write 1,234.5; the others write 1.234,5.
_POINT = frozenset({"en", "th", "zh", "ja", "ko", "he"})

_FIGURES = "\\d{1,3}(?:[ .,'’\u00a0\u202f]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,15}(?:[.,]\\d{1,6})?"
_NUMBER = re.compile(rf"(?<![\w.,/:-])(?P<sign>[-−]?)(?P<figures>{_FIGURES})(?![\w/:]|[.,-]\d)")

# What currencies are called, by their codes. Codes count in capitals; what follows them, in any case.
_CURRENCIES = {
    "EUR": "€ euro euros euroa eurot евро ยูโร avro",
    "USD": "$ dollar dollars dollari долларов доллара доллар dolar dolari ดอลลาร์ bucks",
    "GBP": "£ pound pounds quid lire фунтов",
    "SEK": "sek kronor krona kronan spänn",
    "NOK": "nok",
    "DKK": "dkk",
    "CHF": "chf franken francs",
    "RON": "ron lei leu",
    "PLN": "pln zł złotych zloty",
    "CZK": "czk kč",
    "HUF": "huf ft",
    "RUB": "₽ руб рубль рубля рублей р",
    "TRY": "₺ tl lira liraya liralık",
    "THB": "฿ บาท baht",
    "JPY": "¥ yen",
}
_CROWNS = {"no": "NOK", "nb": "NOK", "da": "DKK"}
_BY_WORD = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_CODE = "|".join((*_CURRENCIES, "[€$£₽₺฿¥]"))
_MONEY_BEFORE = re.compile(rf"(?<!\w)(?P<unit>{_CODE})\s?(?P<figures>{_FIGURES})(?![\w/:]|[.,]\d)")
_MONEY_BEHIND = re.compile(
    rf"(?<![\w.,/:-])(?P<figures>{_FIGURES})\s?(?:de\s)?(?P<unit>[€$£₽₺฿¥]|[^\W\d_]{{1,10}}|[\u0e00-\u0e7f]{{3,10}})"
)


def numbers(text: str, language: str) -> list[Span]:
    """All numbers in a text, in order; written out (`two`) only when none is in figures."""
    text = text[:MAX_CHARACTERS]
    found = [
        (_plain(hit["figures"], language, "-" if hit["sign"] else ""), hit.start(), hit.end())
        for hit in _NUMBER.finditer(text)
    ]
    return found or list(_written_out(text, language))


def amounts(text: str, language: str) -> list[Span]:
    """All amounts of money in a text, in order: number and code of the currency."""
    text = text[:MAX_CHARACTERS]
    found: list[Span] = []
    for form in (_MONEY_BEFORE, _MONEY_BEHIND):
        for hit in form.finditer(text):
            code = _currency(hit["unit"], language)
            if code and not any(hit.start() < end and start < hit.end() for _, start, end in found):
                end = hit.end() - (len(hit["unit"]) - len(_unit(hit["unit"])) if form is _MONEY_BEHIND else 0)
                found.append((f"{_money(_plain(hit['figures'], language))} {code}", hit.start(), end))
    return sorted(found, key=lambda one: one[1])


def _unit(written: str) -> str:
    """The currency at the beginning of a run of Thai; any other word as it is."""
    baht = next((word for word in ("บาท", "ดอลลาร์", "ยูโร") if written.startswith(word)), "")
    return baht or written


def _currency(unit: str, language: str) -> str | None:
    if unit in _CURRENCIES:
        return unit
    word = _unit(unit).lower()
    if word == "kr":
        return _CROWNS.get(language, "SEK")
    return _BY_WORD.get(word)


def _money(number: str) -> str:
    return f"{Decimal(number):.2f}" if "." in number else number


def _plain(figures: str, language: str, sign: str = "") -> str:
    """A number as programs write it; what parts three figures off stands for thousands, where it can."""
    point, thousands = (".", ",") if language in _POINT else (",", ".")
    bare = re.sub("[ '’\u00a0\u202f]", "", figures)
    if bare.count(thousands) > 1 or re.search(rf"[{thousands}]\d{{3}}(?!\d)", bare) or point in bare:
        bare = bare.replace(thousands, "")
    elif thousands in bare:
        point = thousands
    whole = Decimal(bare.replace(point, "."))
    plain = f"{whole:f}"
    return sign + (plain.rstrip("0").rstrip(".") if "." in plain else plain)


def _written_out(text: str, language: str) -> Iterator[Span]:
    words = WORDS.get(language)
    if words is None:
        return
    values = {
        normal(form, language): str(number)
        for number, forms in enumerate(words.numbers.split(", "), 1)
        for form in ([forms] if " " in forms and number > 10 else forms.split())
    }
    said = list(re.finditer("(?:[^\\W\\d_][\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*)+", text))
    articles = {normal(word, language) for word in words.articles.split()} if len(said) > _SHORT else set()
    for hit in said:
        word = normal(hit.group(), language)
        if word in values and word not in articles:
            yield values[word], hit.start(), hit.end()
