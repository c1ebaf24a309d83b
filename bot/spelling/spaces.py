"""Words typed together or apart: `trackorder` is read as track order, `re fund` as refund.

A word is cut only into words of the content, and where one piece is short, or there are more than two, only
where the content has them side by side too. Two words are joined only into a word of the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.spelling.context import Context
from bot.spelling.edits import SLIP
from bot.spelling.vocabulary import Vocabulary

# What a space left out, put in or put in the wrong place costs, in the units of `edits.cost`.
LEFT_OUT = 1.0
PUT_IN = 0.95
MOVED = 1.2
MAX_PIECES = 4
MAX_LETTERS = 32
# A piece this long may stand beside one that it never stands beside in the content.
SURE_ALONE = 3
# With a slip in it, a word is cut or joined only from this length on; the piece with the slip has this many
# letters at least, the other this many.
SLIPPED_FROM, SLIPPED_PIECE, OTHER_PIECE = 7, 4, 2
# A cut this unlikely is no reading at all.
LEAST = -24.0

Near = Callable[[str], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read something: the words, and how likely it is (log probability less what slips cost)."""

    words: tuple[str, ...]
    score: float


class Spaces:
    """Cuts and joins words by one vocabulary. `near` gives words one slip away with their costs."""

    def __init__(self, vocabulary: Vocabulary, context: Context, near: Near) -> None:
        self._vocabulary = vocabulary
        self._context = context
        self._near = near

    def cut(self, word: str, left: str, right: str, *, seen_only: bool) -> Way | None:
        """The likeliest way to cut a word in two or more, or None; `seen_only`: where all pairs are seen."""
        if not 3 <= len(word) <= MAX_LETTERS:
            return None
        best: Way | None = None
        for pieces in self._cuts(word, seen_only):
            way = self._way(pieces, left, right, LEFT_OUT * (len(pieces) - 1))
            if way.score > (best.score if best else LEAST):
                best = way
        return best

    def cut_with_slip(self, word: str, left: str, right: str) -> Way | None:
        """The likeliest way to cut a word in two that the content has side by side, with a slip in one."""
        best: Way | None = None
        for at in range(OTHER_PIECE, len(word) - OTHER_PIECE + 1) if len(word) >= SLIPPED_FROM else ():
            for pieces, cost in self._halves(word[:at], word[at:]):
                if self._vocabulary.together(*pieces):
                    way = self._way(pieces, left, right, cost + LEFT_OUT)
                    if way.score > (best.score if best else LEAST):
                        best = way
        return best

    def join(self, first: str, second: str, left: str, right: str) -> Way | None:
        """Two words as one word of the content, or None."""
        if first + second not in self._vocabulary:
            return None
        return self._way((first + second,), left, right, PUT_IN)

    def move(self, first: str, second: str, left: str, right: str) -> Way | None:
        """Two words as two that the content has side by side, with the space one letter away, or None."""
        best: Way | None = None
        whole = first + second
        for at in (len(first) - 1, len(first) + 1):
            pieces = (whole[:at], whole[at:])
            if all(pieces) and self._vocabulary.together(*pieces):
                way = self._way(pieces, left, right, MOVED)
                if best is None or way.score > best.score:
                    best = way
        return best

    def join_with_slip(self, first: str, second: str, left: str, right: str) -> Way | None:
        """Two words as one word of the content that is a slip away, or None."""
        best: Way | None = None
        for word, cost in self._near(first + second) if len(first) + len(second) >= SLIPPED_FROM else ():
            way = self._way((word,), left, right, cost + PUT_IN)
            if way.score > (best.score if best else LEAST):
                best = way
        return best

    def _way(self, pieces: tuple[str, ...], left: str, right: str, cost: float) -> Way:
        score = -SLIP * cost + self._context.before(pieces[-1], right)
        for piece in pieces:
            score += self._context.after(piece, left)
            left = piece
        return Way(pieces, score)

    def _halves(self, first: str, second: str) -> Iterator[tuple[tuple[str, str], float]]:
        if len(second) >= SLIPPED_PIECE and first in self._vocabulary:
            yield from (((first, meant), cost) for meant, cost in self._near(second))
        if len(first) >= SLIPPED_PIECE and second in self._vocabulary:
            yield from (((meant, second), cost) for meant, cost in self._near(first))

    def _cuts(self, word: str, seen_only: bool) -> list[tuple[str, ...]]:
        """All ways to cut a word into words of the content that the rules allow, at most `MAX_PIECES`."""
        known = self._vocabulary.number
        open_: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        found: list[tuple[str, ...]] = []
        while open_:
            at, pieces = open_.pop()
            for end in range(at + 1, len(word) + 1):
                piece = word[at:end]
                if piece not in known or (pieces and not self._beside(word, pieces, piece, seen_only)):
                    continue
                if end == len(word):
                    if pieces:
                        found.append((*pieces, piece))
                elif len(pieces) < MAX_PIECES - 1:
                    open_.append((end, (*pieces, piece)))
        return found

    def _beside(self, word: str, pieces: tuple[str, ...], piece: str, seen_only: bool) -> bool:
        if self._vocabulary.together(pieces[-1], piece):
            return True
        whole = len(pieces) == 1 and len(pieces[0]) + len(piece) == len(word)
        return whole and not seen_only and min(len(pieces[0]), len(piece)) >= SURE_ALONE
