"""Why a candidate has its score: the parts of the sum, in words that ops staff can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import MEASURES
from bot.matching.features import Vector
from bot.matching.language_model import Judged, LanguageModel
from bot.matching.semantic import MEASURES as SEMANTIC_MEASURES
from bot.matching.topics import shares
from bot.model import Reason

Parts = npt.NDArray[np.float64]
# A word in normal form, and as people are shown it.
Said = tuple[str, str]

# Words that add less than this are summed up as "other words".
SMALL = 0.05


def example_reasons(
    model: LanguageModel, judged: Judged, words: Sequence[str], vector: Vector, shown: Sequence[str]
) -> tuple[Reason, ...]:
    """The reasons of a candidate that the examples speak for; they add up to `head.score(measures)`.

    `words` are in normal form, as read; `shown` are the same for people to read.
    """
    said = list(zip(words, shown, strict=True))
    parts = _per_word(model.examples.parts(vector, judged.intent), len(words), vector)
    topic = model.examples.topic_weights
    if len(topic):
        features = model.examples.features
        meant = features.meant(features.spelt(words))
        parts = parts + shares(meant, model.language) @ topic[:, judged.intent]
    return _sum_of_reasons(model, judged, _name(model.examples.intents, judged.rival), said, parts)


def by_word(said: Iterable[Said]) -> dict[str, str]:
    """How each word is shown, in order: as it was typed first."""
    found: dict[str, str] = {}
    for word, shown in said:
        found.setdefault(word, shown)
    return found


def _name(names: Sequence[str], column: int) -> str:
    if column < 0:
        return "everything else"
    return names[column] if column < len(names) else "what is out of scope"


def _sum_of_reasons(
    model: LanguageModel, judged: Judged, rival: str, said: Sequence[Said], parts: Parts
) -> tuple[Reason, ...]:
    names = (*MEASURES, *SEMANTIC_MEASURES) if judged.opinion else MEASURES
    weight = dict(zip(names, model.head_of(judged).weights, strict=True))
    value = dict(zip(names, judged.measures, strict=True))
    examples = model.examples
    intercept = value["examples"] - examples.nearest * value["nearest"] - float(parts.sum())
    start = weight["start"] + weight["known"] + weight["covered"] + weight["examples"] * intercept
    near = (weight["examples"] * examples.nearest + weight["nearest"]) * value["nearest"]
    unknown = -weight["known"] * (1 - value["known"]) - weight["covered"] * (1 - value["covered"])
    near_one = judged.row >= 0 and value["nearest"] > 0
    closest = f'closest example: "{examples.texts[judged.row]}"' if near_one else "no example is near"
    found = [Reason("start", "before any word", start)]
    found += _word_reasons(said, weight["examples"] * parts)
    found.append(Reason("nearest", closest, near))
    if judged.opinion:
        meant = sum(weight[name] * value[name] for name in SEMANTIC_MEASURES)
        found.append(Reason("meaning", f'closest in meaning: "{judged.opinion.closest}"', meant))
    ahead = "ahead of" if value["margin"] >= 0 else "behind"
    lead = weight["margin"] * value["margin"]
    found.append(Reason("rival", f"{ahead} {rival}", lead))
    missing = _missing(model, judged.intent, said)
    if missing or unknown:
        found.append(Reason("unknown", f"not in its examples: {', '.join(missing) or 'nothing'}", unknown))
    return tuple(found)


def _per_word(parts: npt.NDArray[np.float32], count: int, vector: Vector) -> Parts:
    """What each word adds to the raw score; a pair of words counts half for each."""
    halves = parts / 2
    both = np.bincount(vector.first, weights=halves, minlength=count)
    return np.asarray(both + np.bincount(vector.second, weights=halves, minlength=count), np.float64)


def _word_reasons(said: Sequence[Said], parts: Parts) -> list[Reason]:
    added: dict[str, float] = {}
    shown = by_word(said)
    for (word, _), part in zip(said, parts.tolist(), strict=True):
        added[word] = added.get(word, 0.0) + part
    strong = sorted((pair for pair in added.items() if abs(pair[1]) >= SMALL), key=lambda pair: -abs(pair[1]))
    rest = sum(part for part in added.values() if abs(part) < SMALL)
    found = [Reason("words", shown[word], part) for word, part in strong]
    return [*found, Reason("words", "other words", rest)] if rest else found


def _missing(model: LanguageModel, intent: int, said: Sequence[Said]) -> list[str]:
    words = [word for word, _ in said]
    number = dict(zip(words, model.scorer.numbers(words), strict=True))
    missing = []
    for word, shown in by_word(said).items():
        if number[word] < 0 or not model.examples.uses(np.array([number[word]]), intent)[0]:
            missing.append(shown)
    return missing[:8]
