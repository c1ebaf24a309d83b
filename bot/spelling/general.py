"""Words of the language that the content lacks, for a misspelt word that may have meant one of them.

They are the ordinary words among those that count without the content's help because they have a vector.
Only English has such a list. One index serves every content; it is built when first asked for.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from bot.spelling.context import FLOOR, Context
from bot.spelling.reach import Near, Reach
from bot.spelling.vocabulary import BORDER, Vocabulary
from bot.text.plain import common_words
from bot.text.vectors import word_vectors

# How likely (log) it is that a word is another form of one that the content has. Chosen on held-back training
# lines, which hardly care about a unit more or less.
OF_CONTENT = -1.0


class GeneralWords:
    """Finds general words of one language near what was typed. Immutable; shared between threads.

    `likeliest` is how likely (log) the commonest of them is.
    """

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        context = Context(vocabulary)
        self._reach = Reach(vocabulary, context, language)
        self.likeliest = math.log((int(vocabulary.counts.max(initial=0)) + FLOOR) / context.size)

    def near(self, typed: str) -> list[Near]:
        """The words one edit away, and how likely each is in the language, wherever it stands."""
        return self._reach.near(typed, 1, BORDER, BORDER)


def unseen(vocabulary: Vocabulary) -> float:
    """How likely (log) it is that the next word of a customer is one that the content lacks.

    That is about the share of words that the content has once (Good and Turing).
    """
    once = int((vocabulary.counts == 1).sum())
    return math.log((once + 1) / (vocabulary.total + 2))


@lru_cache(maxsize=32)
def general_words(language: str) -> GeneralWords | None:
    """The general words of a language, or None where there is no list of them."""
    table = word_vectors(language)
    counts = common_words(language, table.numbers) if table else {}
    if not counts:
        return None
    words = tuple(sorted(counts))
    none = np.zeros(0, np.int64)
    return GeneralWords(
        Vocabulary(words, np.array([counts[word] for word in words], np.int64), none, none), language
    )
