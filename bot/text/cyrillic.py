"""Cyrillic script: ё is mostly typed as е; й stays a letter of its own."""

from __future__ import annotations

_BARE = str.maketrans({"ё": "е", "ѐ": "е", "ѝ": "и"})


def fold_cyrillic(word: str, language: str) -> str:
    """Write ё as е, and drop stress marks."""
    if word.isascii():
        return word
    return word.translate(_BARE).replace("\u0301", "")
