"""A match explained: what was misspelt how, which rules fired, the nearest examples, and why it is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bot.matching.examples import ROW_UNIT, Examples
from bot.matching.language_model import LanguageModel
from bot.matching.matcher import ContentMatcher
from bot.matching.reasons import by_word
from bot.matching.scoring import Read
from bot.matching.sureness import Told, because
from bot.model import Language, Match, Thresholds
from bot.rules.rules import Fired
from bot.spelling.missteps import misstep
from bot.spelling.typos import read_words

# So many of the nearest examples are shown, and none that is less alike than this.
SHOWN = 5
ALIKE = 0.1

Verdict = Literal["answer", "ask", "nothing"]


@dataclass(frozen=True, slots=True)
class Near:
    """An example and how alike the message is to it, 0 to 1; `intent` is None when it is out of scope."""

    intent: str | None
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say about a match.

    `missteps` says for each correction what was wrong with the word. `synonyms` are words of the message, as
    they are shown, that count as others, and those others. `fired` are the rules, the one that goes
    first at the start. `nearest` are examples of any intent, the most alike first. `because` is a sentence.
    """

    match: Match
    missteps: tuple[str, ...]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    fired: tuple[Fired, ...]
    nearest: tuple[Near, ...]
    verdict: Verdict
    because: str


def explain(matcher: ContentMatcher, match: Match, thresholds: Thresholds) -> Explanation:
    """What there is to say about a match that the matcher made."""
    model = matcher.model(match.language)
    heard = matcher.read(match.text, match.language)
    places = {one.intent: place for place, one in enumerate(match.candidates)}
    fired = sorted(
        matcher.rules(match.language).fired(match.text, heard.heard, match.read_as),
        key=lambda hit: (places.get(hit.intent, len(places)), -hit.strength),
    )
    said, shown_as = read_words(heard.readings), heard.shown()
    pairs = zip(said, shown_as, strict=True)
    nearest = nearest_examples(model, said) if model else ()
    told = Told(
        match,
        tuple(fired),
        likeness=nearest[0].likeness if nearest else 0.0,
        exact=_exact(model, said),
        unknown=tuple(shown for word, shown in by_word(pairs).items() if not (model and model.knows(word))),
    )
    return Explanation(
        match,
        tuple(misstep(one.original, one.corrected, match.language) for one in match.corrections),
        tuple(
            (" ".join(shown_as[one.first : one.last + 1]), one.others)
            for one in matcher.synonyms(match.language).among(said)
        ),
        tuple(fired),
        nearest,
        verdict(match, thresholds),
        because(told, thresholds),
    )


def _exact(model: LanguageModel | None, words: Sequence[str]) -> str | None:
    """The intent that has exactly these words as an example."""
    hit = model.examples.exact(words) if model else None
    return model.examples.intents[hit[0]] if model and hit else None


def verdict(match: Match, thresholds: Thresholds) -> Verdict:
    """What the bot does with a match: answer, ask "did you mean", or say that nothing fits."""
    sure = match.best.confidence if match.best else 0.0
    return "answer" if sure >= thresholds.answer else "ask" if sure >= thresholds.suggest else "nothing"


def nearest_examples(model: LanguageModel, words: Sequence[str]) -> tuple[Near, ...]:
    """The examples that are most alike to the words as read, at most `SHOWN` of them."""
    examples = model.examples
    alike = likeness(examples, model.scorer.read(words))
    best = np.argsort(-alike, kind="stable")[:SHOWN]
    columns = np.searchsorted(examples.row_starts, best, side="right") - 1
    return tuple(
        Near(_name(examples, column), examples.texts[row], round(float(alike[row]), 2))
        for row, column in zip(best.tolist(), columns.tolist(), strict=True)
        if alike[row] >= ALIKE
    )


def _name(examples: Examples, column: int) -> Language | None:
    return examples.intents[column] if column < len(examples.intents) else None


def likeness(examples: Examples, read: Read) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How alike a message is to every example that messages are compared with, as `scoring.c` has it."""
    vector = read.vector
    found = np.zeros(len(examples.texts))
    words = examples.features.keys[vector.ids] >= 0
    ids, values = vector.ids[words], vector.values[words]
    length = float(np.sqrt(values @ values)) or 1.0
    for feature, value in zip(ids.tolist(), (values / length).tolist(), strict=True):
        at = slice(int(examples.posting_starts[feature]), int(examples.posting_starts[feature + 1]))
        found[examples.posting_rows[at]] += value * examples.posting_values[at]
    if examples.meant and read.topic.any():
        topics = examples.row_topics @ read.topic / ROW_UNIT
        found = found * (1 - examples.meant) + topics * examples.meant
    return np.clip(found, 0.0, 1.0)
