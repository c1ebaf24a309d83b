"""Which words of a list a misspelt word may be a slip of, without looking at them all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

# Words up to this length allow one slip, longer ones two; shorter than the least, none.
LEAST, TWO_FROM = 4, 8


class Slips:
    """An index of words by what is left of them when letters are left out. Immutable."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, list[str]] = {}
        self._longest = 0
        for word in words:
            if len(word) >= LEAST and word.isalpha():
                self._longest = max(self._longest, len(word))
                for rest in _rests(word, 1 if len(word) < TWO_FROM else 2):
                    self._by_rest.setdefault(rest, []).append(word)

    def near(self, typed: str) -> set[str]:
        """The words that may be meant; among them are all within reach, and some that are not."""
        if not typed.isalpha() or not LEAST - 1 <= len(typed) <= self._longest + 2:
            return set()
        reach = 1 if len(typed) < TWO_FROM - 2 else 2
        return {word for rest in _rests(typed, reach) for word in self._by_rest.get(rest, ())}


def _rests(word: str, slips: int) -> set[str]:
    """The word without up to so many of its letters."""
    found = {word}
    for count in range(1, slips + 1):
        for left_out in combinations(range(len(word)), count):
            found.add("".join(letter for at, letter in enumerate(word) if at not in left_out))
    return found
