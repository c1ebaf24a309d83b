"""Keyboards: where the keys are, which are neighbours, and what a word typed on the wrong layout would be.

A layout is four rows of keys from left to right, as on the US keyboard with its digits on top; the same
place in two layouts is the same key. Shifted keys are capitals where they are not written down.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_US = ("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./")
_LAYOUTS = {
    "en": _US,
    "sv": ("§1234567890+´", "qwertyuiopå¨'", "asdfghjklöä", "zxcvbnm,.-"),
    "fi": ("§1234567890+´", "qwertyuiopå¨'", "asdfghjklöä", "zxcvbnm,.-"),
    "ro": ("„1234567890-=", "qwertyuiopăîâ", "asdfghjklșț", "zxcvbnm,./"),
    "tr": ('"1234567890*-', "qwertyuıopğü,", "asdfghjklşi", "zxcvbnmöç."),
    "ru": ("ё1234567890-=", "йцукенгшщзхъ\\", "фывапролджэ", "ячсмитьбю."),
    "th": ("_ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบลฃ", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ"),
    "de": ("^1234567890ß´", "qwertzuiopü+#", "asdfghjklöä", "yxcvbnm,.-"),
    "fr": ("²&é\"'(-è_çà)=", "azertyuiop^$*", "qsdfghjklmù", "wxcvbn,;:!"),
    "es": ("º1234567890'¡", "qwertyuiop`+ç", "asdfghjklñ´", "zxcvbnm,.-"),
    "it": ("\\1234567890'ì", "qwertyuiopè+ù", "asdfghjklòà", "zxcvbnm,.-"),
    "pt": ("\\1234567890'«", "qwertyuiop+´~", "asdfghjklçº", "zxcvbnm,.-"),
    "pl": _US,
    "nl": _US,
}
_SHIFTED = {
    "en": ("~!@#$%^&*()_+", "QWERTYUIOP{}|", 'ASDFGHJKL:"', "ZXCVBNM<>?"),
    "ru": ('Ё!"№;%:?*()_+', "ЙЦУКЕНГШЩЗХЪ/", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ,"),
    "th": ("%+๑๒๓๔ู฿๕๖๗๘๙", '๐"ฎฑธํ๊ณฯญฐ,ฅ', "ฤฆฏโฌ็๋ษศซ.", "()ฉฮฺ์?ฒฬฦ"),
}
# Where the first key of each row stands, in widths of a key.
_SLANT = (0.0, 1.5, 1.75, 2.25)
LAYOUTS = tuple(_LAYOUTS)


@lru_cache(maxsize=64)
def neighbours(language: str, folded: bool = False) -> frozenset[str]:
    """Pairs of letters, as strings of two, whose keys touch; of an unknown language those of the US layout.

    Pairs hold in both orders, in lower case. On a layout whose shifted keys are letters of their own (Thai),
    two letters of one key are neighbours too. `folded` writes letters without their marks, as words are in
    normal form.
    """
    found = set()
    places = [(sign, *place) for sign, place in _places(language).items() if _is_letter(sign)]
    for a, ax, ay in places:
        for b, bx, by in places:
            if a != b and abs(ay - by) <= 1 and abs((ax + _SLANT[ay]) - (bx + _SLANT[by])) <= 1:
                found.add(_bare(a) + _bare(b) if folded else a + b)
    return frozenset(pair for pair in found if pair[0] != pair[1])


def relayout(word: str, typed_on: str, meant_on: str) -> str:
    """What the same keys write on another layout; signs that the first layout does not have stay."""
    return word.translate(_table(typed_on, meant_on))


@lru_cache(maxsize=64)
def _places(language: str) -> dict[str, tuple[int, int]]:
    """Each lower-case sign of a layout with its place: key from the left, and row from the top."""
    rows = _LAYOUTS.get(language, _US)
    layers = [rows, _shifted(language)] if language == "th" else [rows]
    return {key: (x, y) for layer in layers for y, row in enumerate(layer) for x, key in enumerate(row)}


def _shifted(language: str) -> tuple[str, ...]:
    rows = _LAYOUTS.get(language, _US)
    known = _SHIFTED.get("en" if rows is _US else language)
    if known:
        return known
    # A sign keeps its place empty: what stands above it matters in no word.
    return tuple("".join(_capital(key, language) for key in row) for row in rows)


def _capital(key: str, language: str) -> str:
    if language == "tr" and key == "i":
        return "İ"
    capital = key.upper()
    return capital if capital != key and len(capital) == 1 else " "


@lru_cache(maxsize=256)
def _table(typed_on: str, meant_on: str) -> dict[int, str]:
    table: dict[int, str] = {}
    layers = (
        (_shifted(typed_on), _shifted(meant_on)),
        (_LAYOUTS.get(typed_on, _US), _LAYOUTS.get(meant_on, _US)),
    )
    for typed, meant in layers:
        for typed_row, meant_row in zip(typed, meant, strict=True):
            table.update({ord(a): b for a, b in zip(typed_row, meant_row, strict=True) if " " not in a + b})
    return table


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Mn", "Mc"} and sign not in "ºªµ"


def _bare(letter: str) -> str:
    from bot.text.rules import normal

    return normal(letter, "") if not unicodedata.combining(letter) else letter
