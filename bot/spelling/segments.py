"""Cutting misspelt Thai: a slip breaks a word into pieces that are no words, or are other words.

Of all ways to cut a run into words, each as typed or with one slip, the likeliest is taken: by how often the
content uses each word, and by what each slip costs (`edits.cost`). The word list says which of the words that
the content lacks are words all the same. A run stands as it is cut when the content knows all its words in
their order, so an example is never read as something else.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from bot.spelling.edits import DOUBLED, cost
from bot.spelling.vocabulary import Vocabulary
from bot.text.thai import borders, is_thai
from bot.text.thaiwords import word_list
from bot.text.tokens import Token

# How much one unit of edit cost weighs against the log probability of a word.
SLIP = 6.0
# The log probability of a word that only the word list has, and of a cluster that is no word.
FOREIGN = -10.0
NO_WORD = -20.0
# Words shorter than this are not guessed at: too many are one slip away.
LEAST = 3
# Longer runs are not searched: nobody types them.
LONGEST_RUN = 150
LONGEST_WORD = 20
_FLOOR = 0.5

# A piece as typed, and the word that it is read as.
Piece = tuple[str, str]
# To which place of a run, how likely (log), and as which word.
Way = tuple[int, float, str]


class Segments:
    """Cuts Thai by one content. Immutable after construction; safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary, listed: Container[str]) -> None:
        self._vocabulary = vocabulary
        self._listed = listed
        words = [word for word in vocabulary.words if word and is_thai(word[0])]
        total = max(vocabulary.total, 1)
        self._likely = {word: math.log((vocabulary.count(word) + _FLOOR) / total) for word in words}
        self._longest = max(map(len, words), default=0)
        self._likeliest = max(self._likely.values(), default=0.0)
        self._forms: dict[str, list[str]] = {}
        for word in words:
            for form in _forms(word) if len(word) >= LEAST else ():
                self._forms.setdefault(form, []).append(word)

    def read(self, tokens: Sequence[Token]) -> tuple[tuple[Token, ...], list[str]]:
        """The tokens, cut again where a slip is likely, and what each is read as."""
        found: list[Token] = []
        meant: list[str] = []
        for run in _runs(tokens):
            pieces = [] if self._stands(run) else self._cut("".join(token.word for token in run))
            if all(typed == word for typed, word in pieces):
                found += run
                meant += [token.word for token in run]
            else:
                found += _placed(run, [typed for typed, _ in pieces])
                meant += [word for _, word in pieces]
        return tuple(found), meant

    def _stands(self, run: Sequence[Token]) -> bool:
        if not is_thai(run[0].word[0]) or run[-1].end - run[0].start > LONGEST_RUN:
            return True
        if len(run) == 1:
            return run[0].word in self._likely
        return all(self._vocabulary.together(a.word, b.word) for a, b in pairwise(run))

    def _cut(self, run: str) -> list[Piece]:
        """The likeliest way to cut a run: pieces as typed, and as read."""
        places = borders(run)
        exact = self._exact(run, places)
        rest = _rest(places, exact)
        best, back = {0: 0.0}, {0: (0, "")}
        for i, end in pairwise(places):
            # Slips are only looked for where they could lead to more than the best way without any.
            least = rest[0] - best[i] - self._likeliest + SLIP * DOUBLED
            ends = [j for j in places if i < j <= i + self._longest + 1 and rest[j] > least]
            ways = [(end, NO_WORD, run[i:end]), *exact[i], *self._slips(run, i, ends)]
            for j, score, word in ways:
                if best[i] + score > best.get(j, -math.inf):
                    best[j], back[j] = best[i] + score, (i, word)
        return _followed(run, back)

    def _exact(self, run: str, places: Sequence[int]) -> dict[int, list[Way]]:
        """From each place, the words as they are typed: to where, how likely, and the word."""
        return {
            i: [
                (j, score, run[i:j])
                for j in places
                if i < j <= i + LONGEST_WORD and (score := self._as_typed(run[i:j])) is not None
            ]
            for i in places
        }

    def _slips(self, run: str, i: int, ends: Sequence[int]) -> Iterator[Way]:
        """The same for words of the content that are typed with one slip."""
        for j in ends:
            typed = run[i:j]
            if typed not in self._likely:
                for word in self._near(typed):
                    yield j, self._likely[word] - SLIP * cost(typed, word, "th"), word

    def _as_typed(self, piece: str) -> float | None:
        likely = self._likely.get(piece)
        return likely if likely is not None else FOREIGN if piece in self._listed else None

    def _near(self, typed: str) -> list[str]:
        """The words of the content that are one slip away, in sorted order."""
        # Only here: no other language needs it to be fitted.
        from rapidfuzz.distance import OSA

        near = {word for form in _forms(typed) for word in self._forms.get(form, ())}
        return sorted(word for word in near if OSA.distance(typed, word, score_cutoff=1) <= 1)


def segments_of(vocabulary: Vocabulary, language: str) -> Segments | None:
    """How the language's runs of words are cut again, where it writes words without spaces."""
    listed = word_list() if language == "th" else None
    return Segments(vocabulary, listed) if listed else None


def _forms(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _runs(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Thai words that stand together without a space; every other token alone."""
    start = 0
    for n in range(1, len(tokens) + 1):
        if n == len(tokens) or not _joined(tokens[n - 1], tokens[n]):
            yield tokens[start:n]
            start = n


def _joined(left: Token, right: Token) -> bool:
    return left.end == right.start and is_thai(left.word[0]) and is_thai(right.word[0])


def _rest(places: Sequence[int], exact: dict[int, list[Way]]) -> dict[int, float]:
    """The log probability of the best way from each place to the end, as it is typed."""
    rest = {places[-1]: 0.0}
    for i, end in reversed(list(pairwise(places))):
        rest[i] = max([NO_WORD + rest[end], *(score + rest[j] for j, score, _ in exact[i])])
    return rest


def _followed(run: str, back: dict[int, tuple[int, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    end = len(run)
    while end:
        start, word = back[end]
        pieces.append((run[start:end], word))
        end = start
    return pieces[::-1]


def _placed(run: Sequence[Token], pieces: Sequence[str]) -> Iterator[Token]:
    """Tokens for the pieces of a run, each with its place in the original text."""
    original = "".join(token.original for token in run)
    # For every letter of the words, where it ends in the text as typed (folding may have shortened it).
    ends = [
        token.start + min(n + 1, len(token.original)) if n + 1 < len(token.word) else token.end
        for token in run
        for n in range(len(token.word))
    ]
    first, start, letters = run[0].start, run[0].start, 0
    for piece in pieces:
        letters += len(piece)
        end = ends[letters - 1]
        yield Token(piece, start, end, original[start - first : end - first])
        start = end
