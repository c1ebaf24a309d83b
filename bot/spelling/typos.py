"""The corrector: reads a misspelt word as the word that was most likely meant.

That is a word of the content or, where we have a list of them (`general.py`), a general one of the language.
Only words that the content has never seen are touched, from three letters on, and never numbers, codes or
signs; where there is a list of words, one of two letters may be meant too (`iss`). Of the words within reach
(1 edit up to 7 letters, 2 from 8, or two likely slips from 5, or 4 letters in another order) the one wins
that is likely here (between its neighbours, by counts of the content) and a likely slip (by `edits.cost`).
A word may also be two typed together, or half of one typed apart (`spaces.py`).
A plain word of the language is never taken for one that is two edits away, and given up for one that is a
single edit away only for strong reasons: the commoner the word, the stronger. What only looks like a form of
a word of the content (`scoreds`) counts as a rare one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from bot.spelling.context import Context
from bot.spelling.edits import DOUBLED, SLIP, slipped_off
from bot.spelling.general import OF_CONTENT, general_words, unseen
from bot.spelling.reach import LEAST_MEANT, MIN_LETTERS, Near, Reach
from bot.spelling.spaces import Spaces, Way
from bot.spelling.vocabulary import BORDER, Vocabulary
from bot.text.plain import Plainness, has_list, is_listed

TWO_EDITS_FROM = 8
# From this length on two edits are also possible, if nothing is nearer and both are likely slips.
LIKELY_SLIPS_FROM = 5
TWO_LIKELY_SLIPS = 1.75
# ... and for a word of so many letters, if these are the same in another order (`kwno`) and no list has it.
SAME_LETTERS = 4
# What keeping a word as it is typed is worth, in the units of `Context`. Chosen on held-back training lines.
KEEP = {
    Plainness.RARE: -12.0,
    Plainness.ORDINARY: -8.0,
    Plainness.EVERYDAY: -5.0,
}
# The same for an unknown word in a language of which we have no full list: it may well be a right one.
KEEP_UNLISTED = -16.0
# Where unknown right words are compounds rather than forms of known ones, one is the less likely to be so
# near to a known word the longer it is: another start, and this for each letter from the sixth on.
COMPOUNDING = {"sv", "de", "nl"}
KEEP_COMPOUND, SHORT_COMPOUND, LESS_BY_LETTER = -15.0, 5, 1.0
# In these languages words have so many forms that one the content lacks is right more often than not.
MANY_FORMS = {"tr", "fi"}
# Shorter words are not taken for a general word, or a strange form: too many are names and short forms.
STRANGE_FROM = 4
# The same for a word that makes a word of the content together with the next: that is hardly chance.
KEEP_APART = {
    Plainness.UNKNOWN: -14.0,
    Plainness.RARE: -12.0,
    Plainness.ORDINARY: -8.0,
    Plainness.EVERYDAY: -7.0,
}
# Of two unknown words side by side, so many of the likeliest of each are tried together.
TRIED_TOGETHER = 8
# A neighbour that says nothing.
NOBODY = ""
# `companys`, out of `company's`, is no word to guess at: it is meant only by what is one edit away.
_POSSESSIVE = re.compile("[^aeiou]ys$")


class Reading(NamedTuple):
    """What a word, or some words, are read as: the words, and the first and the last token they stand for."""

    words: tuple[str, ...]
    first: int
    last: int


def as_typed(words: Sequence[str]) -> list[Reading]:
    """Every word read as it is typed."""
    return [Reading((word,), place, place) for place, word in enumerate(words)]


def read_words(readings: Iterable[Reading]) -> list[str]:
    """The words of all readings, in order."""
    return [word for reading in readings for word in reading.words]


class Corrector:
    """Corrects words against one vocabulary. Immutable after construction; safe to share between threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        plain: Callable[[str], Plainness],
        known: Callable[[str], bool],
        language: str = "en",
    ) -> None:
        self._vocabulary = vocabulary
        self._context = Context(vocabulary)
        self._spaces = Spaces(vocabulary, self._context, self._one_slip)
        self._plain = plain
        self._known = known
        self._language = language
        self._has_list = has_list(language)
        self._unseen = unseen(vocabulary)
        self._reach = Reach(vocabulary, self._context, language)

    def correct(self, words: Sequence[str], foreign: Collection[str] = ()) -> list[Reading]:
        """What each word, or some words together, are read as, in order; every word is in one reading.

        `foreign` words are left as they are typed.
        A corrected word is a known one, or a plain one in place of none, so each round leaves less to
        correct, and the last changes nothing.
        """
        known = self._vocabulary.number
        readings: list[Reading] = []
        flat = list(words)
        while True:
            open_ = [word not in known and word not in foreign and self._open(word) for word in flat]
            changed = self._once(flat, open_) if True in open_ else []
            if not changed or (read_words(changed) == flat and len(changed) == len(flat)):
                return readings or as_typed(words)
            readings = _merged(readings, changed) if readings else changed
            flat = read_words(readings)

    def candidates(self, word: str) -> list[str]:
        """The words of the content within reach of an unknown word, the commonest first."""
        found = [near.word for near in self._candidates(word, self._plain(word), BORDER, BORDER)]
        return sorted(found, key=lambda word: (-self._vocabulary.count(word), word))

    def _candidates(self, word: str, plain: Plainness, left: str, right: str) -> list[Near]:
        found = self._reach.near(word, 1, left, right)
        if not found and plain == Plainness.UNKNOWN and len(word) >= LIKELY_SLIPS_FROM:
            dearest = math.inf if len(word) >= TWO_EDITS_FROM else TWO_LIKELY_SLIPS
            found = [near for near in self._reach.near(word, 2, left, right) if near.cost <= dearest]
        elif not found and plain == Plainness.UNKNOWN and len(word) == SAME_LETTERS and self._has_list:
            letters = sorted(word)
            found = [near for near in self._reach.near(word, 2, left, right) if sorted(near.word) == letters]
        return [near for near in found if self._meant(word, plain, near)]

    def _meant(self, word: str, plain: Plainness, near: Near) -> bool:
        """Whether a near word may be meant at all."""
        if len(near.word) > LEAST_MEANT:
            return near.edits <= 1 or not _POSSESSIVE.search(near.word)
        strange = self._has_list and plain == Plainness.UNKNOWN
        return strange and slipped_off(word, near.word, self._language)

    def _open(self, word: str) -> bool:
        """Whether a word may be touched at all."""
        return word.isalpha() and (not self._known(word) or self._strange_form(word))

    def _strange_form(self, word: str) -> bool:
        """Whether a word that the content lacks only looks like a form of one that it has."""
        if len(word) < STRANGE_FROM or self._language in MANY_FORMS or word in self._vocabulary:
            return False
        return self._known(word) and not is_listed(word, self._language) and not self._adds_s(word)

    def _adds_s(self, word: str) -> bool:
        """Whether a word is a right one and an s, as names have it: `andreas`, of `andrea's`."""
        rest = word[:-1]
        return self._has_list and word[-1] == "s" and (rest in self._vocabulary or self._plain(rest) > 0)

    def _plainness(self, word: str) -> Plainness:
        return Plainness.RARE if self._strange_form(word) else self._plain(word)

    def _kept(self, word: str, plain: Plainness) -> float:
        """What keeping a word as it is typed is worth."""
        if plain != Plainness.UNKNOWN:
            return KEEP[plain]
        if self._has_list:
            return -math.inf
        if self._language not in COMPOUNDING:
            return KEEP_UNLISTED
        return KEEP_COMPOUND - LESS_BY_LETTER * max(0, len(word) - SHORT_COMPOUND)

    def _once(self, words: Sequence[str], open_: Sequence[bool]) -> list[Reading]:
        found: list[Reading] = []
        left, place, end = BORDER, 0, len(words) - 1
        while place <= end:
            last = place
            read: tuple[str, ...] = (words[place],)
            together = place < end and (open_[place] or open_[place + 1])
            way = self._together(words, open_, place, left) if together else None
            if way is not None:
                last, read = place + 1, way.words
            elif open_[place]:
                follows = place < end and open_[place + 1]
                right = self._meant_next(words, place, left) if follows else _at(words, place + 1)
                read = self._alone(words[place], left, right).words
            found.append(Reading(read, place, last))
            left, place = read[-1], last + 1
        return found

    def _alone(self, word: str, left: str, right: str) -> Way:
        """The likeliest reading of one unknown word: itself, a word of the content or a general one, or
        several of the content.
        """
        plain = self._plainness(word)
        best = kept = Way((word,), self._kept(word, plain))
        if len(word) < MIN_LETTERS:
            return kept
        for near in self._candidates(word, plain, left, right):
            score = near.score
            if score > best.score or (score == best.score and (near.word,) < best.words):
                best = Way((near.word,), score)
        strange = plain == Plainness.UNKNOWN
        general = self._general(word, best.score) if strange else None
        if general and general.score > best.score:
            best = general
        cut = self._spaces.cut(word, left, right, seen_only=not strange)
        if cut is None and best is kept and strange:
            cut = self._spaces.cut_with_slip(word, left, right)
        # A strange word that falls into known ones is hardly a word of its own.
        return cut if cut and (cut.score > best.score or (best is kept and strange)) else best

    def _meant_next(self, words: Sequence[str], place: int, left: str) -> str:
        """What the unknown word behind an unknown one is most likely, of all that both may be together."""
        word, other = words[place], words[place + 1]
        plain = self._plainness(other)
        mine = self._candidates(word, self._plainness(word), left, NOBODY)
        theirs = self._candidates(other, plain, NOBODY, _at(words, place + 2))
        firsts = _likeliest(mine)
        best, meant = self._kept(other, plain) + (firsts[0].score if firsts else 0.0), other
        for second in _likeliest(theirs):
            for first in firsts:
                score = first.score + self._context.before(first.word, second.word) + second.score
                if score > best:
                    best, meant = score, second.word
        return meant

    def _general(self, word: str, least: float) -> Way | None:
        """The likeliest general word that the content lacks, one slip away; None if it cannot reach
        `least`.
        """
        listed = general_words(self._language) if len(word) >= STRANGE_FROM else None
        if listed is None or listed.likeliest + OF_CONTENT - SLIP * DOUBLED < least or self._adds_s(word):
            return None
        ways = []
        for near in listed.near(word):
            if near.word not in self._vocabulary:
                rare = OF_CONTENT if self._known(near.word) else self._unseen
                ways.append(Way((near.word,), near.likely + rare - SLIP * near.cost))
        return min(ways, key=lambda way: (-way.score, way.words), default=None)

    def _together(self, words: Sequence[str], open_: Sequence[bool], place: int, left: str) -> Way | None:
        """A word and the next as one, or with the space elsewhere; None where they are better read alone."""
        first, second, right = words[place], words[place + 1], _at(words, place + 2)
        if not (first.isalpha() and second.isalpha()) or self._article(first, open_[place], second):
            return None
        way = self._spaces.join(first, second, left, right)
        if way is None and open_[place] and open_[place + 1]:
            strange = not (self._plain(first) or self._plain(second))
            way = self._spaces.move(first, second, left, right)
            if way is None and strange:
                way = self._spaces.join_with_slip(first, second, left, right)
        if way is None:
            return None
        apart = self._apart(first, open_[place], left, second)
        apart += self._apart(second, open_[place + 1], first, right)
        return way if way.score > apart else None

    def _article(self, first: str, open_: bool, second: str) -> bool:
        """Whether a known word of one letter stands before a plain one: `a long` is not `along`."""
        return not open_ and len(first) == 1 and self._plain(second) != Plainness.UNKNOWN

    def _apart(self, word: str, open_: bool, left: str, right: str) -> float:
        if not open_:
            return self._context.after(word, left)
        return max(self._alone(word, left, right).score, KEEP_APART[self._plainness(word)])

    def _one_slip(self, word: str) -> list[tuple[str, float]]:
        return [(near.word, near.cost) for near in self._reach.near(word, 1, BORDER, BORDER)]


def _likeliest(found: Sequence[Near]) -> list[Near]:
    return sorted(found, key=lambda near: (-near.score, near.word))[:TRIED_TOGETHER]


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if place < len(words) else BORDER


def _merged(before: Sequence[Reading], changed: Sequence[Reading]) -> list[Reading]:
    """Readings of readings: `changed` stands for the words of `before`, and becomes one about its tokens."""
    owner = [reading for reading in before for _ in reading.words]
    found: list[Reading] = []
    for reading in changed:
        first, last = owner[reading.first].first, owner[reading.last].last
        if found and first <= found[-1].last:
            earlier = found.pop()
            found.append(Reading((*earlier.words, *reading.words), earlier.first, max(last, earlier.last)))
        else:
            found.append(Reading(reading.words, first, last))
    return found
