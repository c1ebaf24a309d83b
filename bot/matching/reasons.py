"""Why a candidate has its score: the parts of the sum, in words that ops staff can read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.confidence import MEASURES
from bot.matching.examples import NEAREST
from bot.matching.features import Vector
from bot.matching.language_model import Judged, LanguageModel
from bot.model import Reason
from bot.text.stems import stem

# Words that add less than this are summed up as "other words".
SMALL = 0.05


def example_reasons(
    model: LanguageModel, judged: Judged, rival: str, words: Sequence[str], vector: Vector
) -> tuple[Reason, ...]:
    """The reasons of a candidate that the examples speak for; they add up to `model.head.score(judged.measures)`."""
    weight = dict(zip(MEASURES, model.head.weights, strict=True))
    value = dict(zip(MEASURES, judged.measures, strict=True))
    examples = model.examples
    parts = _per_word(model, judged.intent, len(words), vector)
    intercept = value["examples"] - NEAREST * value["nearest"] - float(parts.sum())
    start = weight["start"] + weight["known"] + weight["covered"] + weight["examples"] * intercept
    near = (weight["examples"] * NEAREST + weight["nearest"]) * value["nearest"]
    unknown = -weight["known"] * (1 - value["known"]) - weight["covered"] * (1 - value["covered"])
    closest = examples.texts[judged.row] if judged.row >= 0 else ""
    found = [Reason("start", "before any word", start)]
    found += _word_reasons(words, weight["examples"] * parts)
    found.append(Reason("nearest", f'closest example: "{closest}"', near))
    if rival:
        ahead = "ahead of" if value["margin"] >= 0 else "behind"
        found.append(Reason("rival", f"{ahead} {rival}", weight["margin"] * value["margin"]))
    else:
        found.append(Reason("rival", "ahead of everything else", weight["margin"] * value["margin"]))
    missing = _missing(model, judged.intent, words)
    if missing or unknown:
        found.append(Reason("unknown", f"not in its examples: {', '.join(missing) or 'nothing'}", unknown))
    return tuple(found)


def _per_word(
    model: LanguageModel, intent: int, count: int, vector: Vector
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What each word adds to the raw score; a pair of words counts half for each."""
    parts = model.examples.parts(vector, intent)
    both = np.bincount(vector.first, weights=parts / 2, minlength=count)
    return both + np.bincount(vector.second, weights=parts / 2, minlength=count)


def _word_reasons(words: Sequence[str], parts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[Reason]:
    added: dict[str, float] = {}
    for word, part in zip(words, parts.tolist(), strict=True):
        added[word] = added.get(word, 0.0) + part
    strong = sorted((pair for pair in added.items() if abs(pair[1]) >= SMALL), key=lambda pair: -abs(pair[1]))
    rest = sum(part for part in added.values() if abs(part) < SMALL)
    found = [Reason("words", word, part) for word, part in strong]
    return [*found, Reason("words", "other words", rest)] if rest else found


def _missing(model: LanguageModel, intent: int, words: Sequence[str]) -> list[str]:
    examples = model.examples
    missing = []
    for word in dict.fromkeys(words):
        number = examples.features.stems.get(stem(word, model.language), -1)
        if number < 0 or not examples.stem_intents[number, intent]:
            missing.append(word)
    return missing[:8]
