"""Examples with their words and intents, as fitting takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.text.synonyms import Group
from bot.text.tokens import words

# An intent and a text.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Examples of one language with their words and intents; sorted, so that order never matters.

    `synonyms` are groups of words that count as one in them. `names` are those that are only what an intent
    is called: nobody writes them, and far fewer of them are found again.
    """

    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    intents: tuple[str, ...]
    synonyms: tuple[Group, ...] = ()
    names: frozenset[Pair] = frozenset()

    def where(self, keep: Sequence[bool] | npt.NDArray[np.bool_]) -> Labelled:
        """Only the examples at the places marked."""
        return self.take([n for n, kept in enumerate(keep) if kept])

    def take(self, places: Sequence[int]) -> Labelled:
        """Only the examples at these places."""
        return Labelled(
            tuple(self.texts[n] for n in places),
            tuple(self.words[n] for n in places),
            tuple(self.intents[n] for n in places),
            self.synonyms,
            self.names,
        )

    def spelt(self, misspelt: Mapping[str, str]) -> Labelled:
        """The same with right words in place of misspelt ones; the texts stay as they were written."""
        right = tuple(tuple(misspelt.get(word, word) for word in words) for words in self.words)
        return replace(self, words=right) if misspelt else self

    def messages(self) -> list[int]:
        """The places of the examples that customers may write."""
        pairs = zip(self.intents, self.texts, strict=True)
        return [n for n, pair in enumerate(pairs) if pair not in self.names]


class Lesson(NamedTuple):
    """What is fitted for one language: examples, words that rules speak of, synonyms, and what intents are
    called.
    """

    pairs: Sequence[Pair]
    extra: Sequence[str] = ()
    synonyms: tuple[Group, ...] = ()
    names: Sequence[Pair] = ()


def labelled(lesson: Lesson, language: str) -> Labelled:
    """The sorted, deduplicated examples of a lesson; those without any word are left out."""
    rows = sorted({(intent, words(text, language), text) for intent, text in (*lesson.pairs, *lesson.names)})
    once = {(intent, tokens): text for intent, tokens, text in rows if tokens}
    return Labelled(
        tuple(once.values()),
        tuple(tokens for _, tokens in once),
        tuple(intent for intent, _ in once),
        lesson.synonyms,
        frozenset(lesson.names) - frozenset(lesson.pairs),
    )


def evenly(intents: Sequence[str], most: int) -> list[int]:
    """The places of at most `most` examples of each intent, spread evenly over those it has, in order."""
    chosen = []
    for mine in _by_intent(intents).values():
        step = np.linspace(0, len(mine) - 1, min(len(mine), most)).astype(np.int64)
        chosen += [mine[n] for n in step.tolist()]
    return sorted(chosen)


def shuffled(text: str) -> str:
    """What to sort by for an order that only the text decides, and that looks like chance."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def spread(data: Labelled, folds: int) -> npt.NDArray[np.int64]:
    """The fold of each example, from 0 on: an intent's are spread evenly, in an order that texts decide."""
    fold = np.zeros(len(data.texts), np.int64)
    for places in _by_intent(data.intents).values():
        places.sort(key=lambda n: shuffled(data.texts[n]))
        fold[places] = np.arange(len(places)) % folds
    return fold


def _by_intent(intents: Sequence[str]) -> dict[str, list[int]]:
    """The places of each intent's examples, in order."""
    places: dict[str, list[int]] = {}
    for place, intent in enumerate(intents):
        places.setdefault(intent, []).append(place)
    return places
