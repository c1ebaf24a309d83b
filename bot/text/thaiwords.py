"""Thai words: pythainlp's list of 62,000 and its newmm, the way to cut by the fewest words.

Nothing of it is read before the first Thai text of a bot that speaks Thai. pythainlp's own word tree takes
80 MB; ours is the list as a set, a tenth of that. nlpo3, which is compiled, cuts by the same list where it is
installed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bot.text.thai import clusters

_LIST = "corpus/words_th.txt"
# Longer entries are sayings, which no message needs as one word.
_LONGEST = 20
# A run longer than this, which nobody types, is cut piece by piece.
_PIECE = 200

Cut = Callable[[str], list[str]]


class WordList:
    """The words as newmm asks for them."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words

    def __bool__(self) -> bool:
        return True

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def prefixes(self, text: str, start: int = 0) -> Iterator[str]:
        """The words that begin at a place of a text, the shortest first."""
        for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
            if text[start:end] in self._words:
                yield text[start:end]


def segment(run: str) -> list[str]:
    """Cut a run of Thai into words, or clusters where there is no word list; joined again they give it."""
    cut = _cut()
    return [word for at in range(0, len(run), _PIECE) for word in cut(run[at : at + _PIECE])]


@lru_cache(maxsize=1)
def word_list() -> WordList | None:
    """The list, or None where pythainlp is not installed."""
    source = thai_list_file()
    if source is None:
        return None
    lines = source.read_text(encoding="utf-8").split("\n")
    return WordList(frozenset(line for line in lines if 0 < len(line) <= _LONGEST and " " not in line))


@lru_cache(maxsize=1)
def thai_list_file() -> Path | None:
    """Where pythainlp's list of words lies, or None."""
    package = find_spec("pythainlp")
    folders = package.submodule_search_locations if package else None
    source = Path(folders[0]) / _LIST if folders else None
    return source if source and source.is_file() else None


@lru_cache(maxsize=1)
def _cut() -> Cut:
    source, words = thai_list_file(), word_list()
    if source is None or words is None:
        return clusters
    if find_spec("nlpo3"):
        nlpo3 = import_module("nlpo3")
        nlpo3.load_dict(str(source), "frontdesk")
        return lambda run: list(nlpo3.segment(run, "frontdesk"))
    # Without this, its import makes a folder of its own in the home directory.
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    newmm = import_module("pythainlp.tokenize.newmm")
    return lambda run: list(newmm.segment(run, words))
