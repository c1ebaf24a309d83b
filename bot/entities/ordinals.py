"""Words that point at a place in a row: "1", "the second one", "last"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.tokens import words

_PLACES = {
    "en": (
        "one first 1st",
        "two second 2nd",
        "three third 3rd",
        "four fourth 4th",
        "five fifth 5th",
        "six sixth 6th",
    ),
    "sv": ("ett en första", "två andra", "tre tredje", "fyra fjärde", "fem femte", "sex sjätte"),
    "ro": (
        "unu prima primul",
        "doi doua a doua al doilea",
        "trei treia treilea",
        "patru patra patrulea",
        "cinci cincea cincilea",
        "sase șase sasea saselea",
    ),
    "ru": (
        "один первый первое первая",
        "два второй второе вторая",
        "три третий третье третья",
        "четыре четвертый четвертое",
        "пять пятый пятое",
        "шесть шестой шестое",
    ),
    "tr": ("bir birinci ilk ilki", "iki ikinci", "üç üçüncü", "dört dördüncü", "beş beşinci", "altı altıncı"),
    "th": ("หนึ่ง แรก", "สอง", "สาม", "สี่", "ห้า", "หก"),
    "de": (
        "eins erste ersten erstes",
        "zwei zweite zweiten",
        "drei dritte dritten",
        "vier vierte",
        "fünf fünfte",
        "sechs sechste",
    ),
    "fr": (
        "un premier première",
        "deux deuxième second seconde",
        "trois troisième",
        "quatre quatrième",
        "cinq cinquième",
        "six sixième",
    ),
    "es": (
        "uno primero primera",
        "dos segundo segunda",
        "tres tercero tercera",
        "cuatro cuarto",
        "cinco quinto",
        "seis sexto",
    ),
}
_LAST = {
    "en": "last",
    "sv": "sista",
    "ro": "ultima ultimul",
    "ru": "последний последняя последнее",
    "tr": "son sonuncu",
    "de": "letzte letzten",
    "fr": "dernier dernière",
    "es": "último última",
}
_AROUND = {
    "en": "the one option number no nr answer choice button please pls i want take choose pick",
    "sv": "den alternativ nummer nr knapp tack jag vill ha valja väljer tar det",
    "ro": "cea cel optiunea opțiunea numarul numărul varianta va rog a al de",
    "ru": "вариант номер кнопка пожалуйста хочу давай",
    "tr": "seçenek numara lütfen olan olanı",
    "th": "ข้อ ที่ อัน ตัวเลือก",
    "de": "das die der option nummer nr bitte ich nehme",
    "fr": "le la option numéro numero bouton svp je veux choix",
    "es": "el la opción opcion número numero por favor quiero",
}


def place(said: Sequence[str], count: int, language: str) -> int | None:
    """The place from 0 that the words point at in a row of `count`, or None if they say anything else too."""
    ranks = _ranks(language)
    around = set(_normal(_AROUND.get(language, ""), language))
    left = [word for word in said if word not in around] or [word for word in said if word in ranks]
    whole = " ".join(left)
    if whole in _normal_last(language):
        return count - 1
    at = ranks.get(whole, int(whole) - 1 if whole.isascii() and whole.isdecimal() else -1)
    return at if 0 <= at < count else None


def _ranks(language: str) -> dict[str, int]:
    return {
        word: rank
        for rank, written in enumerate(_PLACES.get(language, ()))
        for word in _normal(written, language)
    }


def _normal(written: str, language: str) -> list[str]:
    return [" ".join(words(word, language)) for word in written.split()]


def _normal_last(language: str) -> list[str]:
    return _normal(_LAST.get(language, ""), language)
