"""Things that a message carries: order numbers, sizes, whatever the content describes as entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.expressions import compiled, searchable
from bot.matching.keywords import alike
from bot.model import Entity
from bot.text.plain import is_plain
from bot.text.tokens import words

_EDGE = r"[^\pL\pN_]"


def find_entities(text: str, entities: Iterable[Entity], language: str = "en") -> Mapping[str, str]:
    """The first hit of every entity in a message.

    A pattern must stand as a whole (not inside a longer word or number) and gives the text as it was typed;
    a value may be misspelt and is given as the content writes it.
    """
    found: dict[str, str] = {}
    for entity in entities:
        hit = by_pattern(text, entity.pattern) if entity.pattern else by_value(text, entity.values, language)
        if hit is not None:
            found[entity.name] = hit
    return found


def by_pattern(text: str, pattern: str) -> str | None:
    """The first whole match of an RE2 pattern, ignoring case; raises `PatternRefused`."""
    whole = compiled(rf"(?:^|{_EDGE})(?P<frontdesk>{pattern})(?:$|{_EDGE})")
    hit = whole.search(searchable(text))
    return str(hit.group("frontdesk")) if hit and hit.group("frontdesk") else None


def by_value(text: str, values: Sequence[str], language: str = "en") -> str | None:
    """The value that stands in the text, else one misspelt; the earliest, then the longest, wins."""
    heard = words(text, language)
    split = [(value, words(value, language)) for value in values]
    for same in (_equal, alike):
        hits = [
            (start, -len(wanted), order, value)
            for order, (value, wanted) in enumerate(split)
            for start in range(len(heard) - len(wanted) + 1)
            if wanted
            and all(
                same(typed, word) and (typed == word or not is_plain(typed, language))
                for typed, word in zip(heard[start:], wanted, strict=False)
            )
        ]
        if hits:
            return min(hits)[3]
    return None


def _equal(typed: str, word: str) -> bool:
    return typed == word
