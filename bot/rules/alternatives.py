"""What an alternative of a keyword group stands for: itself, and its synonyms."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rules.forms import figure, makes_another
from bot.text.stems import stem
from bot.text.synonyms import by_member
from bot.text.tokens import tokenize


class Alternatives:
    """An alternative that is in a group of `synonyms` stands for all of the group. Immutable.

    It is so in any form; a number only as it is written.
    """

    def __init__(self, synonyms: Iterable[Iterable[str]], language: str) -> None:
        self._language = language
        self._groups = by_member(synonyms, self.member)

    def of(self, group: Iterable[str]) -> tuple[str, ...]:
        """The alternatives of a group, and after them what they stand for."""
        written = tuple(group)
        if not self._groups:
            return written
        more = (other for text in written for other in self._groups.get(self.member(text), ()))
        return tuple(dict.fromkeys((*written, *more)))

    def member(self, text: str) -> str:
        """What texts that are one alternative have in common: their stems, each with a mark if the word is
        another than its stem.
        """
        said = [figure(token, self._language) for token in tokenize(text, self._language)]
        roots = [stem(word, self._language) for word in said]
        return " ".join(
            f"{root}+" if makes_another(word, root, self._language) else root
            for word, root in zip(said, roots, strict=True)
        )
