"""The spelling rules, in the order in which they apply to every word of content and of messages alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from bot.text.cyrillic import fold_cyrillic
from bot.text.latin import fold_latin
from bot.text.thai import fold_thai

Rule = Callable[[str, str], str]

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHES = re.compile("['\u2019\u02bc\u2018`\u00b4\uff07]")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


def compatible(word: str, language: str) -> str:
    """Full-width letters, ligatures and the like become their plain forms (Unicode NFKC)."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


def visible(word: str, language: str) -> str:
    """Drop soft hyphens, joiners and direction marks."""
    return word if word.isascii() else _INVISIBLE.sub("", word)


def lower(word: str, language: str) -> str:
    """Lower case by language: in Turkish and Azerbaijani, I is the capital of ı and İ of i."""
    if language in {"tr", "az"}:
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


def join_apostrophes(word: str, language: str) -> str:
    """Write `don't` and `dont` alike."""
    return _APOSTROPHES.sub("", word)


def shorten_repeats(word: str, language: str) -> str:
    """Three or more of one letter become two (`pleeease`); what is left is for the corrector."""
    return _REPEATED.sub(r"\1\1", word)


RULES: tuple[Rule, ...] = (
    compatible,
    visible,
    lower,
    fold_latin,
    fold_cyrillic,
    fold_thai,
    join_apostrophes,
    shorten_repeats,
)


@lru_cache(maxsize=50_000)
def normal(word: str, language: str) -> str:
    """A word after all the rules; may be empty when nothing visible was in it."""
    for rule in RULES:
        word = rule(word, language)
    return word
