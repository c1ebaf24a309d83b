"""What a word of a rule is: a form of another, or a number as it is."""

from __future__ import annotations

from bot.text.rules import normal
from bot.text.tokens import CODE, NUMBER, Token

# Endings that make another word, where the stemmer sees one: a customer is no customs, important no import.
_MAKES_ANOTHER = {"en": frozenset({"er", "ers", "ant", "ants", "antly"})}


def form(word: str, other: str, root: str, language: str) -> bool:
    """Whether two words of one stem are forms of one word."""
    if not (word.startswith(root) and other.startswith(root)):
        return True
    return makes_another(word, root, language) == makes_another(other, root, language)


def makes_another(word: str, root: str, language: str) -> bool:
    """Whether a word is another than its stem."""
    return word.startswith(root) and word[len(root) :] in _MAKES_ANOTHER.get(language, ())


def figure(token: Token, language: str) -> str:
    """The word of a token, or a number as it is: 112 is not just any number."""
    return normal(token.original, language) if token.word in {NUMBER, CODE} else token.word
