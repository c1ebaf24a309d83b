"""Words that mean the same to a business, so that what one of them says counts for all.

A group is a tuple of words and phrases as stems; those of a phrase have spaces between them. The members of
a group share one number among the features of a message. A phrase is joined to one word before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bot.text.stems import stem
from bot.text.tokens import CODE, NUMBER, words

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


class Synonyms:
    """What of the words of messages has synonyms, by the groups of one language. Immutable."""

    def __init__(self, written: Iterable[Iterable[str]], language: str) -> None:
        self._language = language
        self._members = by_member(written, lambda text: as_stems(text, language))
        self._phrases = Phrases(self._members, language)

    def among(self, said: Sequence[str]) -> list[Alike]:
        """What of the words of a message has synonyms, in order."""
        joined = self._phrases.join(said)
        found = []
        for word, first, last in zip(*joined, strict=True):
            own = word if last > first else stem(word, self._language)
            group = self._members.get(own, ())
            others = tuple(text for text in group if as_stems(text, self._language) != own)
            if others:
                found.append(Alike(first, last, others))
        return found


def groups(written: Iterable[Iterable[str]], language: str) -> tuple[Group, ...]:
    """Groups as they are written, as stems and sorted; groups that have a member in common are one."""
    merged = _merged(written, lambda text: as_stems(text, language))
    return tuple(sorted(tuple(sorted(group)) for group in merged if len(group) > 1))


def by_member(written: Iterable[Iterable[str]], member: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """For each member, as `member` has a text, how all of its group are written."""
    merged = ((group, tuple(sorted(group.values()))) for group in _merged(written, member))
    return {one: texts for group, texts in merged for one in group}


def _merged(written: Iterable[Iterable[str]], member: Callable[[str], str]) -> list[dict[str, str]]:
    """Groups that have no member in common: how each member is written, the first of its ways in order."""
    owner: dict[str, dict[str, str]] = {}
    for group in written:
        mine = {one: text for text in sorted(group, reverse=True) if (one := member(text))}
        shared = list({id(owner[one]): owner[one] for one in mine if one in owner}.values())
        whole = max(shared, key=len, default={})
        for part in (mine, *(other for other in shared if other is not whole)):
            for one, text in part.items():
                whole[one] = min(text, whole.get(one, text))
                owner[one] = whole
    return list({id(group): group for group in owner.values()}.values())


def as_stems(text: str, language: str) -> str:
    """The stems of a word or phrase, with spaces between; nothing for a text without words.

    Nor for one with a longer number or a code: in examples any of them is the same word.
    """
    found = words(text, language)
    return "" if NUMBER in found or CODE in found else " ".join(stem(word, language) for word in found)
