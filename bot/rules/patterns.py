"""Token patterns as spaCy writes them: `[{LOWER: where}, {OP: "?"}, {LOWER: {IN: [order, parcel]}}]`.

spaCy says which tokens fit which description; the order of the tokens is followed here, in time linear in
the message: spaCy's own search takes minutes for a few `*` and a long message. `LOWER` compares words in
their normal form, so capitals and accents do not matter, and `REGEX` is RE2.

spaCy is imported when there is a pattern, and only then: that takes seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from bot.errors import FrontdeskError
from bot.model import PatternRule
from bot.rules.expressions import compiled, searchable
from bot.text.rules import normal
from bot.text.thai import is_thai
from bot.text.tokens import tokenize

# A message is looked at up to this token, so that no pattern takes long.
MAX_TOKENS = 200
# Attributes whose values are words that customers may misspell.
_WORDS = ("LOWER", "TEXT", "ORTH", "NORM")
# More signs than this in a row say nothing more, and spaCy takes a third of a second to cut 2,000 of them.
_SIGNS = re.compile(r"([^\w\s]{8})[^\w\s]+")
# One message at a time: what may go is one list for a whole vocabulary.
_reading = Lock()
# What stands in for a word's normal form, which spaCy has no name for. Patterns may not ask for lemmas.
_NORMAL = "LEMMA"


class SpacyMissing(FrontdeskError):
    """The content has patterns, and spaCy is not installed."""

    code = "spacy_missing"
    status = 500


@dataclass(frozen=True, slots=True)
class _Step:
    """One token of a pattern: which description, and whether it may be left out or said again."""

    what: int
    negated: bool = False
    optional: bool = False
    repeated: bool = False


class Patterns:
    """All patterns of one language, numbered as given. Immutable; safe to share between threads.

    Raises `SpacyMissing` where there are patterns and no spaCy.
    """

    def __init__(self, rules: Sequence[PatternRule], language: str) -> None:
        self._language = language
        self._whats: list[tuple[Any, tuple[tuple[str, str], ...]]] = []
        numbers: dict[str, int] = {}
        self._patterns = [
            tuple(step for token in rule.tokens for step in self._steps(token, numbers)) for rule in rules
        ]
        self._needed = [
            frozenset(step.what for step in steps if not (step.optional or step.negated))
            for steps in self._patterns
        ]
        self._by_word: dict[str, list[int]] = {}
        self._anything = [number for number, (described, _) in enumerate(self._whats) if not described]
        self._with_expressions = {
            number for number, (_, expressions) in enumerate(self._whats) if expressions
        }
        self._blank: Any = _blank(language) if rules else None
        self._matcher: Any = self._descriptions() if rules else None

    def found(self, read_as: str) -> list[tuple[int, str]]:
        """The number of each pattern that is in the text as read, and the text it fits."""
        if self._blank is None:
            return []
        # spaCy keeps every word it ever sees, unless it is told that these may go.
        with _reading, self._blank.memory_zone():
            return self._found(self._tokens(searchable(read_as)))

    def _found(self, tokens: Any) -> list[tuple[int, str]]:
        fits = self._fits(tokens)
        found = []
        for number, needed in enumerate(self._needed):
            if needed <= fits.keys():
                hit = _walk(self._patterns[number], fits, len(tokens))
                if hit is not None:
                    found.append((number, tokens[hit[0] : hit[1]].text))
        return found

    def _steps(self, token: Mapping[str, Any], numbers: dict[str, int]) -> list[_Step]:
        described = {name: value for name, value in token.items() if name != "OP"}
        key = json.dumps(described, sort_keys=True)
        if key not in numbers:
            numbers[key] = len(self._whats)
            self._whats.append(_apart(described, self._language))
        return _repeated(numbers[key], str(token.get("OP", "{1}")))

    def _descriptions(self) -> Any:
        """A spaCy matcher that finds the single tokens that fit each description.

        Descriptions that only name words need none: they are looked up.
        """
        from spacy.matcher import Matcher

        matcher = Matcher(self._blank.vocab)
        for number, (described, _) in enumerate(self._whats):
            named = _named(described)
            for word in named or ():
                self._by_word.setdefault(word, []).append(number)
            if described and named is None:
                matcher.add(str(number), [[described]])
        return matcher

    def _tokens(self, text: str) -> Any:
        from spacy.tokens import Doc

        if any(is_thai(letter) for letter in text):
            words = tokenize(text, self._language)
            doc = Doc(
                self._blank.vocab,
                [one.original for one in words],
                [text[one.end : one.end + 1].isspace() for one in words],
            )
        else:
            doc = self._blank.make_doc(_SIGNS.sub(r"\1", text))
        for token in doc[:MAX_TOKENS]:
            token.lemma_ = normal(token.text, self._language) or token.text
        return doc[:MAX_TOKENS]

    def _fits(self, tokens: Any) -> dict[int, set[int]]:
        """For each description that some tokens fit, the places of these tokens."""
        fits: dict[int, set[int]] = {}
        everywhere = set(range(len(tokens)))
        for number in self._anything:
            fits[number] = everywhere
        for place, token in enumerate(tokens):
            for number in self._by_word.get(token.lemma_, ()):
                fits.setdefault(number, set()).add(place)
        if len(self._matcher):
            strings = tokens.vocab.strings
            for hit, place, _ in self._matcher(tokens, allow_missing=True):
                fits.setdefault(int(strings[hit]), set()).add(place)
        for number in self._with_expressions & fits.keys():
            fits[number] = {place for place in fits[number] if self._said(tokens[place], number)}
        return {number: places for number, places in fits.items() if places}

    def _said(self, token: Any, number: int) -> bool:
        return all(_holds(token, name, pattern) for name, pattern in self._whats[number][1])


def words_of(rule: PatternRule) -> list[str]:
    """The words that a pattern names, so that slips of them are recognised."""
    found: list[str] = []
    for token in rule.tokens:
        for name in _WORDS:
            value = token.get(name)
            listed = value.get("IN", ()) if isinstance(value, Mapping) else (value,)
            found += [word for word in listed if isinstance(word, str)]
    return found


def _apart(described: Mapping[str, Any], language: str) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """What spaCy is to judge, and the regular expressions, which it would run without a bound on time."""
    kept: dict[str, Any] = {}
    expressions = []
    for name, value in described.items():
        inner = value
        if isinstance(value, Mapping) and "REGEX" in value:
            expressions.append((name, str(value["REGEX"])))
            inner = {test: wanted for test, wanted in value.items() if test != "REGEX"}
        if inner or not isinstance(inner, Mapping):
            kept[_NORMAL if name == "LOWER" else name] = (
                _normal(inner, language) if name == "LOWER" else inner
            )
    return kept, tuple(expressions)


def _named(described: Mapping[str, Any]) -> Sequence[str] | None:
    """The words of a description that asks for nothing but one of some words."""
    wanted = described.get(_NORMAL)
    if len(described) != 1 or wanted is None:
        return None
    if isinstance(wanted, str):
        return (wanted,)
    return list(dict.fromkeys(wanted["IN"])) if set(wanted) == {"IN"} else None


def _normal(value: Any, language: str) -> Any:
    """The same with every word in its normal form."""
    if isinstance(value, Mapping):
        return {test: _normal(wanted, language) for test, wanted in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(word, language) for word in value]
    return normal(value, language) or value


def _holds(token: Any, name: str, pattern: str) -> bool:
    expression = compiled(pattern)
    if name == "LOWER":
        return bool(expression.search(token.lower_) or expression.search(token.lemma_))
    return bool(expression.search(getattr(token, f"{name.lower()}_")))


def _repeated(what: int, operator: str) -> list[_Step]:
    """The steps of one token: `+` is one and any number more, `{2,3}` is two and perhaps a third."""
    if operator == "!":
        return [_Step(what, negated=True)]
    counts = {"?": "0,1", "*": "0,", "+": "1,"}.get(operator, operator.strip("{}"))
    least, comma, most = counts.partition(",")
    needed = int(least or 0)
    steps = [_Step(what)] * needed
    if not comma:
        return steps
    if not most:
        return [*steps, _Step(what, optional=True, repeated=True)]
    return [*steps, *[_Step(what, optional=True)] * (int(most) - needed)]


def _walk(steps: Sequence[_Step], fits: Mapping[int, set[int]], count: int) -> tuple[int, int] | None:
    """Where the pattern fits, from token to token: the earliest place, there the longest; None if nowhere."""
    best: tuple[int, int] | None = None
    at: dict[int, int] = {}
    for place in range(count + 1):
        if best is None:
            at.setdefault(0, place)
        at = _passed(at, steps)
        start = at.get(len(steps))
        if start is not None and start < place and (best is None or start <= best[0]):
            best = (start, place)
        if place == count:
            break
        at = _stepped(at, steps, fits, place)
    return best


def _passed(at: Mapping[int, int], steps: Sequence[_Step]) -> dict[int, int]:
    """The same, with optional steps left out; for each step, the earliest start that leads to it."""
    found = dict(at)
    for number, step in enumerate(steps):
        if step.optional and number in found:
            found[number + 1] = min(found[number], found.get(number + 1, found[number]))
    return found


def _stepped(
    at: Mapping[int, int], steps: Sequence[_Step], fits: Mapping[int, set[int]], place: int
) -> dict[int, int]:
    """The steps that may come next once the token at `place` is taken."""
    found: dict[int, int] = {}
    for number, start in at.items():
        if number < len(steps):
            step = steps[number]
            if (place in fits.get(step.what, ())) != step.negated:
                after = number if step.repeated else number + 1
                found[after] = min(start, found.get(after, start))
    return found


@lru_cache(maxsize=16)
def _blank(language: str) -> Any:
    """spaCy's tokenizer of the language, or its general one where the language needs what is not here."""
    try:
        import spacy
    except ImportError as error:
        message = "The content has `patterns`, and spaCy is not installed: pip install 'frontdesk[spacy]'"
        raise SpacyMissing(message) from error
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")
