"""Latin script: letters and their bare forms count as the same letter."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a bare letter and a mark.
_BARE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)


def fold_latin(word: str, language: str) -> str:
    """Drop the marks of Latin letters: `şehir` and `sehir`, `över` and `over` become the same word."""
    if word.isascii():
        return word
    kept: list[str] = []
    for letter in unicodedata.normalize("NFD", word).translate(_BARE):
        # A mark in front of all letters belongs to its own script.
        before = kept[-1] if kept else letter
        if not (unicodedata.combining(letter) and _is_latin_or_mark(before)):
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_latin_or_mark(letter: str) -> bool:
    return letter < "\u0370"
