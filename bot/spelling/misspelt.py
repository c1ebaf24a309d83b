"""Misspelt words inside the content's own examples, which imported logs are full of.

They are words that the content knows, so the corrector leaves them alone; but the model counts each as the
word that was meant. English only: elsewhere there is no list that tells a misspelt word from a rare one.
"""

from __future__ import annotations

from bot.spelling.edits import REPLACED, cost
from bot.spelling.typos import Corrector
from bot.spelling.vocabulary import Vocabulary
from bot.text.plain import Plainness, has_list, plainness

MIN_LETTERS = 4
# How much commoner in the content the word that was meant has to be, and how common at least.
COMMONER = 10
COMMON = 8


def misspelt(vocabulary: Vocabulary, language: str) -> dict[str, str]:
    """The misspelt words of a vocabulary, each with the common plain word that is one edit away."""
    if not has_list(language):
        return {}
    corrector = Corrector(vocabulary, lambda word: plainness(word, language), lambda word: False, language)
    found = {}
    for word in vocabulary.words:
        if len(word) < MIN_LETTERS or not word.isalpha() or _right(word, language):
            continue
        least = max(COMMON, COMMONER * vocabulary.count(word))
        meant = [
            other
            for other in corrector.candidates(word)
            if vocabulary.count(other) >= least
            and plainness(other, language) >= Plainness.ORDINARY
            and cost(word, other, language) <= REPLACED
        ]
        if meant:
            found[word] = meant[0]
    return found


def _right(word: str, language: str) -> bool:
    """Whether a word is an ordinary one, or one like `arent`, of `aren't`."""
    if plainness(word, language) >= Plainness.ORDINARY:
        return True
    return word.endswith("nt") and plainness(word[:-2], language) >= Plainness.ORDINARY
