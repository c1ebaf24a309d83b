"""Words that mean the same to a business, so that what one of them says counts for all.

A group is a tuple of words and phrases as stems; those of a phrase have spaces between them. The members of
a group share one number among the features of a message. A phrase is joined to one word before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.text.stems import stem
from bot.text.tokens import words

Group = tuple[str, ...]


class Joined(NamedTuple):
    """The words of a message with its phrases joined; the places of the first and last word behind each."""

    words: Sequence[str]
    first: Sequence[int]
    last: Sequence[int]


class Phrases:
    """The phrases among words that are known. Immutable; safe to share between threads."""

    def __init__(self, known: Iterable[str], language: str) -> None:
        self._language = language
        self._known = frozenset(one for one in known if " " in one)
        self._begin = frozenset(one.partition(" ")[0] for one in self._known)
        self._longest = max((one.count(" ") + 1 for one in self._known), default=0)

    def join(self, said: Sequence[str]) -> Joined:
        """Each phrase as one word, its stems with spaces between; of two that overlap, the first."""
        places = range(len(said))
        stems = [stem(word, self._language) for word in said] if self._known else []
        if self._begin.isdisjoint(stems):
            return Joined(said, places, places)
        joined: list[str] = []
        first: list[int] = []
        last: list[int] = []
        at = 0
        while at < len(said):
            size = self._size(stems, at)
            joined.append(" ".join(stems[at : at + size]) if size > 1 else said[at])
            first.append(at)
            at += size
            last.append(at - 1)
        return Joined(joined, first, last)

    def _size(self, stems: Sequence[str], at: int) -> int:
        """How many words the longest phrase has that begins here; 1 where none does."""
        if stems[at] in self._begin:
            for size in range(min(self._longest, len(stems) - at), 1, -1):
                if " ".join(stems[at : at + size]) in self._known:
                    return size
        return 1


class Alike(NamedTuple):
    """A word or phrase of a message that has synonyms: the places of its words, and the others as written."""

    first: int
    last: int
    others: tuple[str, ...]


def alike(said: Sequence[str], written: Iterable[Iterable[str]], language: str) -> list[Alike]:
    """What of the words of a message has synonyms, in order."""
    members = by_member(written, language)
    joined = Phrases(members, language).join(said)
    found = []
    for word, first, last in zip(*joined, strict=True):
        own = word if last > first else stem(word, language)
        others = tuple(text for text in members.get(own, ()) if as_stems(text, language) != own)
        if others:
            found.append(Alike(first, last, others))
    return found


def groups(written: Iterable[Iterable[str]], language: str) -> tuple[Group, ...]:
    """Groups as they are written, as stems and sorted; groups that have a member in common are one."""
    return tuple(sorted(tuple(sorted(group)) for group in _merged(written, language) if len(group) > 1))


def by_member(written: Iterable[Iterable[str]], language: str) -> dict[str, tuple[str, ...]]:
    """For each member, as stems, how all of its group are written."""
    merged = (tuple(group.values()) for group in _merged(written, language))
    return {as_stems(text, language): group for group in merged for text in group}


def _merged(written: Iterable[Iterable[str]], language: str) -> list[dict[str, str]]:
    """Groups that have no member in common: how each member is written, by its stems."""
    found: list[dict[str, str]] = []
    for group in written:
        mine = {phrase: text for text in sorted(group) if (phrase := as_stems(text, language))}
        shared = [other for other in found if not mine.keys().isdisjoint(other)]
        found = [other for other in found if mine.keys().isdisjoint(other)]
        for other in shared:
            mine |= other
        found.append(mine)
    return found


def as_stems(text: str, language: str) -> str:
    """The stems of a word or phrase, with spaces between; nothing for a text without words."""
    return " ".join(stem(word, language) for word in words(text, language))
