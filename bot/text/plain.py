"""How plain a word of the language is, so that a right word is not taken for a misspelt one.

Everyday words are a short list of ours for each language of the packs. For English the rest comes from the
word list by frequency that the package symspellpy ships, for Thai from the list that words are cut by. They
are read as files when first asked for; none of symspellpy's code runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import filterfalse
from pathlib import Path
from string import ascii_letters, digits

from bot.text.rules import normal
from bot.text.stems import stem
from bot.text.thaiwords import word_list

# What symspellpy ships per language: a word and its count a line, the commonest first.
_LISTS = {"en": "frequency_dictionary_en_82_765.txt"}
# From this place on a word is so rare that a slip is about as likely.
ORDINARY_WORDS = 40_000
# The same for words of up to four letters, of which any slip makes another.
SHORT, SHORT_WORDS = 4, 10_000


_WORDS_ONLY = str.maketrans("", "", f"{digits}'")
_COUNTS_ONLY = str.maketrans("", "", f"{ascii_letters}'")


class Plainness(IntEnum):
    """How likely it is that a word was meant as it is typed."""

    UNKNOWN = 0
    RARE = 1
    ORDINARY = 2
    EVERYDAY = 3


def plainness(word: str, language: str) -> Plainness:
    """How plain a word in normal form is; forms of an everyday word are everyday words too."""
    everyday = _everyday(language)
    if word in everyday or stem(word, language) in everyday:
        return Plainness.EVERYDAY
    ordinary, rare = _listed(language)
    if word in ordinary or (language == "th" and word in (word_list() or ())):
        return Plainness.ORDINARY
    return Plainness.RARE if word in rare else Plainness.UNKNOWN


def has_list(language: str) -> bool:
    """Whether nearly all right words of the language are known, so that an unknown one is a slip."""
    return list_file(language) is not None


def is_plain(word: str, language: str) -> bool:
    """Whether a word in normal form is an ordinary word of the language, or an everyday one."""
    return plainness(word, language) >= Plainness.ORDINARY


def is_listed(word: str, language: str) -> bool:
    """Whether a word in normal form stands on the language's full list as it is; not where there is none."""
    ordinary, rare = _listed(language)
    return word in ordinary or word in rare


def common_words(language: str, among: Iterable[str]) -> dict[str, int]:
    """The ordinary words among some in normal form, each with how often it is used; none without a list."""
    ordinary, _ = _listed(language)
    return {word: ordinary[word] for word in among if word in ordinary}


@lru_cache(maxsize=32)
def _everyday(language: str) -> frozenset[str]:
    name = f"words_{language}.txt"
    source = files("bot.text").joinpath(name)
    if not language.isalpha() or not source.is_file():
        return frozenset()
    listed = {normal(word, language) for word in source.read_text(encoding="utf-8").split()}
    return frozenset(listed | {stem(word, language) for word in listed})


@lru_cache(maxsize=32)
def _listed(language: str) -> tuple[dict[str, int], frozenset[str]]:
    """Ordinary words in normal form, each with its count, and rare ones; none where there is no list."""
    source = list_file(language)
    # Not through `normal`: that many words would push those of customers out of its cache. First all words,
    # then all counts: what is kept and what is not stand apart in memory, and the rest can be given back.
    text = source.read_text(encoding="utf-8-sig") if source else ""
    words = text.translate(_WORDS_ONLY).split()
    counts = text.translate(_COUNTS_ONLY).split(None, ORDINARY_WORDS)[:ORDINARY_WORDS]
    lines = list(zip(words, counts, strict=False))
    some = lines[:SHORT_WORDS] + [line for line in lines[SHORT_WORDS:] if len(line[0]) > SHORT]
    # Of a word that stands there twice, the first line counts.
    ordinary = {word: int(count) for word, count in reversed(some)}
    return ordinary, frozenset(filterfalse(ordinary.__contains__, words))


@lru_cache(maxsize=32)
def list_file(language: str) -> Path | None:
    """The list of the language's words, the commonest first; None where there is none."""
    package = find_spec("symspellpy") if language in _LISTS else None
    folders = package.submodule_search_locations if package else None
    source = Path(folders[0]) / _LISTS[language] if folders else None
    return source if source is not None and source.is_file() else None
