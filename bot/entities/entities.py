"""Things that a message carries: order numbers, sizes, dates, whatever the content describes as entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.entities.contacts import emails, phones
from bot.entities.dates import Span, dates
from bot.entities.numbers import amounts, numbers
from bot.model import REGEX_MEMORY, Entity, EntityKind
from bot.rules.expressions import compiled, searchable
from bot.rules.forms import figure
from bot.rules.keywords import alike
from bot.text.plain import is_plain
from bot.text.thai import is_thai
from bot.text.tokens import Token, tokenize

# No more hits of one pattern are looked for in a message.
MOST = 20
_EDGE = r"[^\pL\pN_]"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: `value` for programs, `text` as typed, from `start` to `end` in the message."""

    name: str
    value: str
    text: str
    start: int
    end: int


_BUILT_IN: Mapping[EntityKind, Callable[[str, str, date | None], list[Span]]] = {
    "number": lambda text, language, _: numbers(text, language),
    "amount": lambda text, language, _: amounts(text, language),
    "date": dates,
    "email": lambda text, language, _: emails(text),
    "phone": lambda text, language, _: phones(text, language),
}


def find(
    text: str, entities: Iterable[Entity], language: str = "en", today: date | None = None
) -> tuple[Found, ...]:
    """All that a message carries, in the order of the text.

    A pattern must stand as a whole (not inside a longer word or number) and gives the text as it was typed;
    a value may be misspelt and is given as the content writes it. A number is none that belongs to a date or
    to anything else that is found. Without `today`, only dates with a year are found.
    """
    found = [
        (entity, Found(entity.name, value, text[start:end], start, end))
        for entity in entities
        for value, start, end in spans(text, entity, language, today)
    ]
    others = [one for entity, one in found if entity.kind != "number"]
    kept = [one for entity, one in found if entity.kind != "number" or not _inside_any(one, others)]
    return tuple(sorted(kept, key=lambda one: (one.start, -one.end, one.name)))


def find_entities(
    text: str, entities: Iterable[Entity], language: str = "en", today: date | None = None
) -> Mapping[str, str]:
    """The value of the first hit of every entity in a message."""
    first: dict[str, str] = {}
    for one in find(text, entities, language, today):
        first.setdefault(one.name, one.value)
    return first


def spans(text: str, entity: Entity, language: str = "en", today: date | None = None) -> list[Span]:
    """Where one entity stands in a text, with the values, in order."""
    if entity.kind is not None:
        return _BUILT_IN[entity.kind](text, language, today)
    if entity.pattern is not None:
        return _by_pattern(text, entity.pattern)
    return _by_value(text, _surfaces(entity), language)


def by_pattern(text: str, pattern: str) -> str | None:
    """The first whole match of an RE2 pattern, ignoring case; raises `PatternRefused`."""
    return next((value for value, _, _ in _by_pattern(text, pattern)), None)


def _inside_any(one: Found, others: Sequence[Found]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _by_pattern(text: str, pattern: str) -> list[Span]:
    whole = compiled(rf"(?:^|{_EDGE})({pattern})(?:$|{_EDGE})", 2 * REGEX_MEMORY)
    shown = searchable(text)
    found: list[Span] = []
    at = 0
    while at <= len(shown) and len(found) < MOST:
        # The sign that ends one hit may stand before the next one.
        hit = whole.search(shown, at)
        if hit is None:
            break
        start, end = hit.span(1)
        if end > start:
            found.append((shown[start:end], start, end))
        at = max(end, at + 1)
    return found


def _surfaces(entity: Entity) -> list[tuple[str, str]]:
    """What may stand in a message, each with the value it means."""
    return [
        (surface, value) for value in entity.values for surface in (value, *entity.synonyms.get(value, ()))
    ]


def _by_value(text: str, surfaces: Sequence[tuple[str, str]], language: str) -> list[Span]:
    """The values that stand in the text, else those misspelt; of those that overlap the earliest, longest."""
    tokens = tokenize(text, language)
    typed = [figure(token, language) for token in tokens]
    split = [
        (tuple(figure(token, language) for token in tokenize(surface, language)), value)
        for surface, value in surfaces
    ]
    exact = _runs(text, surfaces) + _places(tokens, typed, split, _equal)
    if exact:
        return _apart(exact)

    def misspelt(said: str, word: str) -> bool:
        return said == word or (alike(said, word) and not is_plain(said, language))

    return _apart(_places(tokens, typed, split, misspelt))


def _places(
    tokens: Sequence[Token],
    typed: Sequence[str],
    split: Sequence[tuple[tuple[str, ...], str]],
    same: Callable[[str, str], bool],
) -> list[Span]:
    return [
        (value, tokens[start].start, tokens[start + len(wanted) - 1].end)
        for wanted, value in split
        for start in range(len(typed) - len(wanted) + 1)
        if wanted and all(same(said, word) for said, word in zip(typed[start:], wanted, strict=False))
    ]


def _runs(text: str, surfaces: Sequence[tuple[str, str]]) -> list[Span]:
    """Values without spaces around words, which may stand inside a longer run."""
    return [
        (value, at, at + len(surface))
        for surface, value in surfaces
        if is_thai(surface[0]) and (at := text.find(surface)) >= 0
    ]


def _apart(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    # A sort that keeps the order of the content among those that are as early and as long.
    for one in sorted(spans, key=lambda span: (span[1], -span[2])):
        if not found or one[1] >= found[-1][2]:
            found.append(one)
    return found


def _equal(typed: str, word: str) -> bool:
    return typed == word
