"""Invented shop content of any size, from a seed: what customers want done, to what, and what else they say.

It is made so that its words behave as in real messages: a few words are most of the text, about half of all
words are seen once or twice (names of makers, models and towns), and the vocabulary grows ever more slowly:
about 800 words in 2,000 examples, 8,000 in 100,000, 32,000 in a million. Every example of an intent is
different.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from benchmarks.lines import Line
from benchmarks.shopwords import (
    ACTIONS,
    CLOSERS,
    ENDS,
    FRAMES,
    OBJECTS,
    OPENERS,
    QUALITIES,
    REASONS,
    STARTS,
    VOWELS,
    WHENS,
    WHERES,
)

LARGEST = len(ACTIONS) * len(OBJECTS)
# How many names there are; the name of rank r is said in proportion to 1 / r ** STEEPNESS.
NAMES = 60_000
STEEPNESS = 1.1
# Names are drawn so many at once, which is faster than one by one.
DRAWN = 10_000
# The share of messages that have such a part.
QUALITY, NAME, OPENER, CLOSER, WHEN, WHERE, REASON = 0.15, 0.3, 0.2, 0.25, 0.15, 0.1, 0.2


def lines(intents: int, each: int, seed: int, asked: int = 1) -> tuple[list[Line], list[Line]]:
    """Lines to fit, `each` of every one of `intents` (at most `LARGEST`), and `asked` more of each to ask."""
    chance = random.Random(seed)
    subjects = [(do, it) for do in ACTIONS for it in OBJECTS]
    names = _named(chance)
    train: list[Line] = []
    held: list[Line] = []
    for do, it in sorted(chance.sample(subjects, intents)):
        name = f"{do.split('|')[0]}_{it.split('|')[0]}".replace(" ", "_").replace("-", "_")
        texts: dict[str, None] = {}
        for text in _texts(do.split("|"), it.split("|"), names, chance):
            texts[text] = None
            if len(texts) == each + asked:
                break
        found = [Line(text, name, "en") for text in texts]
        train += found[:each]
        held += found[each:]
    return train, held


def _texts(
    actions: Sequence[str], objects: Sequence[str], names: Iterator[str], chance: random.Random
) -> Iterator[str]:
    """Messages without end that want one of the actions done to one of the objects."""
    often = chance.random

    def one(choices: Sequence[str]) -> str:
        return choices[int(often() * len(choices))]

    while True:
        what = one(objects)
        if often() < NAME:
            what = f"{next(names)} {what}"
        if often() < QUALITY:
            what = f"{one(QUALITIES)} {what}"
        text = one(FRAMES).format(do=one(actions), it=what)
        if often() < WHEN:
            text = f"{text} {one(WHENS)}"
        if often() < WHERE:
            text = f"{text} {one(WHERES)}"
        if often() < REASON:
            text = f"{text}, {one(REASONS)}"
        if often() < OPENER:
            text = f"{one(OPENERS)}, {text}"
        if often() < CLOSER:
            text = f"{text}, {one(CLOSERS)}"
        yield text


def _named(chance: random.Random) -> Iterator[str]:
    """Names without end, the first ones far more often than the last ones."""
    made: dict[str, None] = {}
    while len(made) < NAMES:
        syllables = [chance.choice(STARTS) + chance.choice(VOWELS) for _ in range(chance.choice((1, 2, 2)))]
        made["".join(syllables) + chance.choice(ENDS)] = None
    names = list(made)
    weights = list(accumulate(1 / rank**STEEPNESS for rank in range(1, NAMES + 1)))
    while True:
        yield from chance.choices(names, cum_weights=weights, k=DRAWN)
