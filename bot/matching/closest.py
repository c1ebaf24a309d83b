"""Which button a typed text means: its title, misspelt or shortened, or its place ("2", "the first")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

from bot.entities.ordinals import place
from bot.text.stems import stem
from bot.text.tokens import words

# A title is meant from this likeness on (0 to 100), if no other title is nearly as like.
ALIKE = 80.0
AHEAD = 8.0
MAX_WORDS = 8


def closest(text: str, options: Mapping[str, str], language: str) -> str | None:
    """The key of the option that `text` means, or None; `options` are in the order of the buttons."""
    said = words(text, language)
    said = tuple(word for word in said if word not in {"?", "!"})
    if not said or not options or len(said) > MAX_WORDS:
        return None
    titles = {key: _bare(title, language) for key, title in options.items()}
    equal = [key for key, title in titles.items() if title == said]
    if equal:
        return equal[0]
    at = place(said, len(titles), language)
    if at is not None:
        return list(titles)[at]
    return _alike(said, titles, language) or _part(said, titles, language)


def _bare(title: str, language: str) -> tuple[str, ...]:
    return tuple(word for word in words(title, language) if word not in {"?", "!"})


def _alike(said: Sequence[str], titles: Mapping[str, Sequence[str]], language: str) -> str | None:
    text = " ".join(said)
    ranked = sorted(
        ((token_sort_ratio(text, " ".join(title)), key) for key, title in titles.items()), reverse=True
    )
    best, key = ranked[0]
    enough = ALIKE if len(text) > 3 else 99.0
    if best < enough or (len(ranked) > 1 and best - ranked[1][0] < AHEAD):
        return None
    return key


def _part(said: Sequence[str], titles: Mapping[str, Sequence[str]], language: str) -> str | None:
    """The only title in which all the words stand, if one of them at least is no small word."""
    if not any(len(word) >= 4 for word in said):
        return None
    hits = [key for key, title in titles.items() if all(_stands_in(word, title, language) for word in said)]
    return hits[0] if len(hits) == 1 else None


def _stands_in(word: str, title: Sequence[str], language: str) -> bool:
    root = stem(word, language)
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    return any(
        stem(other, language) == root or (allowed and OSA.distance(word, other) <= allowed) for other in title
    )
