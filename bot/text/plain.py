"""Plain words of a language, so that a right word is not taken for a misspelt one."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from bot.text.rules import normal
from bot.text.stems import stem


@lru_cache(maxsize=16)
def _known(language: str) -> frozenset[str]:
    name = f"words_{language}.txt"
    source = files("bot.text").joinpath(name)
    if not language.isalpha() or not source.is_file():
        return frozenset()
    listed = {normal(word, language) for word in source.read_text(encoding="utf-8").split()}
    return frozenset(listed | {stem(word, language) for word in listed})


def is_plain(word: str, language: str) -> bool:
    """Whether a word in normal form, or its stem, is on the language's list of plain words."""
    known = _known(language)
    return word in known or stem(word, language) in known
