"""A message as it is read, before anything is judged: its tokens, what they are read as, and how that is
shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import Correction
from bot.rules.keywords import Heard
from bot.spelling.typos import Reading
from bot.text.layouts import Laid
from bot.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Hearing:
    """A message as it is read: by its keys, its tokens, what they are read as, and the words rules hear.

    Tokens have their places in `laid.text`. `written` says how the content writes a word in normal form.
    """

    laid: Laid
    tokens: Sequence[Token]
    readings: Sequence[Reading]
    heard: Sequence[Heard]
    written: Callable[[str], str]

    def shown(self) -> list[str]:
        """The words as people are shown them: as they were typed, or as read where that is another word."""
        found: list[str] = []
        for reading in self.readings:
            typed = self._as_typed(reading)
            found += [self.tokens[reading.first].original] if typed else map(self.written, reading.words)
        return found

    def corrections(self) -> tuple[Correction, ...]:
        """What is read as something else: by other keys, then word by word."""
        by_key = tuple(Correction(stretch, read) for stretch, read in self.laid.changes)
        text = self.laid.text
        return by_key + tuple(Correction(text[start:end], read) for start, end, read in self._changed())

    def read_as(self) -> str:
        """The text with the corrected words in their places."""
        parts: list[str] = []
        at = 0
        for start, end, read in self._changed():
            parts += [self.laid.text[at:start], read]
            at = end
        return "".join((*parts, self.laid.text[at:]))

    def _as_typed(self, reading: Reading) -> bool:
        return reading.first == reading.last and reading.words == (self.tokens[reading.first].word,)

    def _changed(self) -> Iterator[tuple[int, int, str]]:
        """Where the text is read as something else: from where, to where, and as what."""
        for reading in self.readings:
            if not self._as_typed(reading):
                start, end = self.tokens[reading.first].start, self.tokens[reading.last].end
                yield start, end, " ".join(map(self.written, reading.words))
