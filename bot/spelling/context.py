"""How likely a word of the content is where it stands, by the content's counts of words and neighbours."""

from __future__ import annotations

import math

from bot.spelling.vocabulary import Vocabulary

# How much a neighbour says, against how often a word is used at all.
SIDE_WEIGHT = 0.75
FLOOR = 0.5


class Context:
    """Log probabilities of words between their neighbours, from one vocabulary. Immutable.

    `edits.c` computes the same for many words at once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.size = vocabulary.total + FLOOR * len(vocabulary.words)

    def after(self, word: str, left: str) -> float:
        """How likely `word` is next when `left` stands before it."""
        vocabulary = self._vocabulary
        alone = (vocabulary.count(word) + FLOOR) / self.size
        before = vocabulary.count(left)
        follows = vocabulary.together(left, word) / before if before else alone
        return math.log(SIDE_WEIGHT * follows + (1 - SIDE_WEIGHT) * alone)

    def before(self, word: str, right: str) -> float:
        """How much likelier `right` is after `word` than anywhere; 0 where the content does not know it."""
        vocabulary = self._vocabulary
        if right not in vocabulary:
            return 0.0
        usual = (vocabulary.count(right) + FLOOR) / self.size
        count = vocabulary.count(word)
        leads = vocabulary.together(word, right) / count if count else usual
        return math.log((SIDE_WEIGHT * leads + (1 - SIDE_WEIGHT) * usual) / usual)
