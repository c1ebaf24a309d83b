"""What went wrong in a misspelt word, in words: `e left out`, `r and e swapped`, `two words in one`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.text.keyboards import neighbours
from bot.text.layouts import same_keys
from bot.text.thai import is_thai
from bot.text.tokens import words

# A word that is more edits away than this was not misspelt letter by letter.
MOST = 3
# One that leaves out more letters than this is a short form.
SHORTENED = 2


def misstep(typed: str, read: str, language: str) -> str:
    """How `typed`, as it stands in the text, differs from what it is read as."""
    if typed != read and same_keys(typed, read, language):
        return "typed on another keyboard layout"
    # Scripts that put no spaces between words are compared letter by letter.
    between = "" if is_thai(typed[:1]) else " "
    said, meant = between.join(words(typed, language)), between.join(words(read, language))
    if said == meant:
        return "another way to write it"
    if said.replace(" ", "") == meant.replace(" ", ""):
        return "written together" if meant.count(" ") > said.count(" ") else "written apart"
    if OSA.distance(said, meant, score_cutoff=MOST) > MOST:
        return "typed on another keyboard layout" if not set(said) & set(meant) else "another spelling"
    if len(meant) - len(said) > SHORTENED and _stands_in(said, meant):
        return "shortened"
    return ", ".join(_steps(said, meant, language))


def _stands_in(short: str, long: str) -> bool:
    """Whether the letters of the short word stand in the long one in this order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _steps(typed: str, meant: str, language: str) -> Iterator[str]:
    """The edits from left to right; swapped letters count as one."""
    at, to = len(typed), len(meant)
    table = _table(typed, meant)
    found: list[str] = []
    while at or to:
        here = table[at][to]
        same = bool(at and to) and typed[at - 1] == meant[to - 1]
        if same and here == table[at - 1][to - 1]:
            at, to = at - 1, to - 1
        elif _swapped(typed, meant, at, to) and here == table[at - 2][to - 2] + 1:
            found.append(f"{_shown(meant[to - 2])} and {_shown(meant[to - 1])} swapped")
            at, to = at - 2, to - 2
        elif to and here == table[at][to - 1] + 1:
            found.append(_left_out(meant, to - 1))
            to -= 1
        elif at and here == table[at - 1][to] + 1:
            found.append(_too_many(typed, at - 1))
            at -= 1
        else:
            found.append(_instead(typed[at - 1], meant[to - 1], language))
            at, to = at - 1, to - 1
    yield from reversed(found)


def _table(typed: str, meant: str) -> list[list[int]]:
    """Distances between all beginnings of two words, by the optimal string alignment."""
    table = [[*range(len(meant) + 1)]]
    for at in range(1, len(typed) + 1):
        row = [at]
        for to in range(1, len(meant) + 1):
            same = typed[at - 1] == meant[to - 1]
            best = min(table[at - 1][to] + 1, row[to - 1] + 1, table[at - 1][to - 1] + (not same))
            if _swapped(typed, meant, at, to):
                best = min(best, table[at - 2][to - 2] + 1)
            row.append(best)
        table.append(row)
    return table


def _swapped(typed: str, meant: str, at: int, to: int) -> bool:
    pair = typed[max(at - 2, 0) : at]
    return len(pair) == 2 and to > 1 and pair[0] != pair[1] and pair == meant[to - 1] + meant[to - 2]


def _shown(letter: str) -> str:
    """A letter as it can be read alone; a mark above or below gets a circle to stand on."""
    return f"\u25cc{letter}" if unicodedata.category(letter) == "Mn" else "space" if letter == " " else letter


def _left_out(meant: str, place: int) -> str:
    letter = meant[place]
    doubled = letter in {meant[place - 1 : place], meant[place + 1 : place + 2]}
    return f"only one {_shown(letter)}" if doubled else f"{_shown(letter)} left out"


def _too_many(typed: str, place: int) -> str:
    letter = typed[place]
    doubled = letter in {typed[place - 1 : place], typed[place + 1 : place + 2]}
    return f"one {_shown(letter)} too many" if doubled else f"{_shown(letter)} put in"


def _instead(typed: str, meant: str, language: str) -> str:
    beside = typed + meant in neighbours(language, folded=True)
    said = f"{_shown(typed)} for {_shown(meant)}"
    return f"{said}, the key beside it" if beside else said
