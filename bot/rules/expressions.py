"""Regular expressions of the content, run by RE2: in time linear in the message, whatever they say.

Bounds: an expression has at most `REGEX_CHARACTERS` and a program of at most `REGEX_MEMORY` bytes, and sees
at most `MAX_CHARACTERS` of a message. The worst expressions known to us then take some 50 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import re2

from bot.errors import FrontdeskError
from bot.model import REGEX_MEMORY
from bot.text.tokens import MAX_CHARACTERS

# So many expressions are looked for in one pass over the text, with this much memory for all of them.
TOGETHER = 64
TOGETHER_MEMORY = 1 << 24


class PatternRefused(FrontdeskError):
    """RE2 refuses a regular expression of the content."""

    code = "pattern_refused"
    status = 422


def options(memory: int = REGEX_MEMORY) -> Any:
    """How every expression of the content is run: ignoring case, within `memory` bytes."""
    made = re2.Options()
    made.case_sensitive = False
    made.log_errors = False
    made.max_mem = memory
    return made


@lru_cache(maxsize=4096)
def compiled(pattern: str, memory: int = REGEX_MEMORY) -> Any:
    """A pattern compiled by RE2, ignoring case, to at most `memory` bytes; raises `PatternRefused`."""
    try:
        return re2.compile(pattern, options(memory))
    except re2.error as error:
        raise PatternRefused(f"RE2 refuses the pattern {pattern!r}: {error}") from error


def searchable(text: str) -> str:
    """The text as RE2 takes it: no longer than we read, and without halves of characters."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


class Expressions:
    """Many expressions that are searched in one text. Raises `PatternRefused` when one is not possible."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._compiled = [compiled(pattern) for pattern in patterns]
        self._sets = [
            (start, _together(patterns[start : start + TOGETHER]))
            for start in range(0, len(patterns), TOGETHER)
        ]

    def found(self, text: str) -> list[tuple[int, str]]:
        """The number of each expression that is in the text, and the text it fits; none that fits nothing."""
        if not self._compiled:
            return []
        shown = searchable(text)
        hits = ((number, self._compiled[number].search(shown)) for number in self._possible(shown))
        return [(number, hit.group(0)) for number, hit in hits if hit and hit.group(0)]

    def _possible(self, shown: str) -> list[int]:
        found: list[int] = []
        for start, together in self._sets:
            size = min(TOGETHER, len(self._compiled) - start)
            hits = together.Match(shown) if together is not None else None
            # The last of a set fits every text: without it the set ran out of memory and says nothing.
            if hits and size in hits:
                found += [start + hit for hit in sorted(hits) if hit < size]
            else:
                found += range(start, start + size)
        return found


def _together(patterns: Sequence[str]) -> Any:
    """A set of the patterns and of one that fits every text, or None when RE2 finds it too big."""
    made = re2.Set.SearchSet(options(TOGETHER_MEMORY))
    try:
        for pattern in (*patterns, ""):
            made.Add(pattern)
        made.Compile()
    except re2.error:
        return None
    return made
