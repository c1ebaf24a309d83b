"""What a slip of the fingers costs: optimal string alignment with weights, computed by `edits.c`.

A neighbouring key is a likelier slip than a far one, a doubled letter likelier than a strange one. Costs
are in the unit of "one ordinary edit"; the corrector reads them as negative log probabilities up to a
factor. Keys are those of the language's own keyboard and of QWERTY.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.kernels.library import library, pointer
from bot.text.keyboards import neighbours

DOUBLED = 0.55
SWAPPED = 0.65
NEIGHBOUR = 0.75
ALIKE = 0.8
INSERTED = 0.95
LEFT_OUT = 1.0
REPLACED = 1.15
FIRST_LETTER = 0.25
# How much one unit of cost weighs against the log probability of a word where it stands (`Context`).
SLIP = 3.2

# Words with more letters are not looked at; edits.c has it too.
LONGEST = 48
_ALPHABET = 4096
# Letters that sound alike or stand for each other, as words are in normal form (so without Latin marks).
_SOUNDS = ("aeiouy", "ck", "cs", "sz", "fv", "gj", "dt", "mn", "bp", "wv", "ij", "qk")
_SOUNDS_OF = {
    "ru": ("аояеэ", "иыей", "оуюё", "шщчж", "зсц", "дт", "бп", "вф", "гкх", "ьъ", "мн"),
    "sv": ("kg", "jg", "sc", "xs"),
    "tr": ("gk", "lr", "cj"),
    "ro": ("tz",),
}


class Slips(ctypes.Structure):
    """`Slips` of edits.c, field by field, for one language; get it by `slips`."""

    _fields_ = (
        ("classes", ctypes.c_void_p),
        ("replaced", ctypes.c_void_p),
        ("count", ctypes.c_int64),
        *((n, ctypes.c_float) for n in ("doubled", "swapped", "inserted", "left_out", "other", "first")),
    )
    kept: tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]


@lru_cache(maxsize=32)
def slips(language: str) -> Slips:
    """The costs of a language's keyboard and sounds, as C reads them. Shared and never changed."""
    keys = neighbours(language, folded=True) | neighbours("en", folded=True)
    sounds = (*_SOUNDS, *_SOUNDS_OF.get(language, ()))
    alike = {a + b for group in sounds for a in group for b in group if a != b}
    letters = sorted({letter for pair in keys | alike for letter in pair if ord(letter) < _ALPHABET})
    number = {letter: n for n, letter in enumerate(letters, 1)}
    classes = np.zeros(_ALPHABET, np.uint8)
    classes[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
    replaced = np.full((len(letters) + 1, len(letters) + 1), REPLACED, np.float32)
    for pairs, price in ((alike, ALIKE), (keys, NEIGHBOUR)):
        for pair in pairs:
            if len(pair) == 2 and pair[0] in number and pair[1] in number:
                replaced[number[pair[0]], number[pair[1]]] = price
    prices = (DOUBLED, SWAPPED, INSERTED, LEFT_OUT, REPLACED, FIRST_LETTER)
    made = Slips(pointer(classes), pointer(replaced), len(letters) + 1, *prices)
    made.kept = (classes, replaced)
    return made


def cost(typed: str, meant: str, language: str = "en") -> float:
    """The cost of typing `typed` when `meant` was meant; 0 only when they are equal. Infinite for very long
    words.
    """
    if max(len(typed), len(meant)) > LONGEST:
        return 0.0 if typed == meant else float("inf")
    return float(
        library().edit_cost(
            ctypes.addressof(slips(language)), spelt(typed), len(typed), spelt(meant), len(meant)
        )
    )


def spelt(word: str) -> bytes:
    """A word as C reads it: 32 bits a letter."""
    return word.encode("utf-32-le", "surrogatepass")


def slipped_off(typed: str, meant: str, language: str) -> bool:
    """Whether `typed` is `meant` and one key more, that of a letter beside it or one next to that key."""
    keys = neighbours(language, folded=True)
    for place in range(len(typed)):
        if typed[:place] + typed[place + 1 :] == meant:
            beside = typed[max(place - 1, 0) : place] + typed[place + 1 : place + 2]
            if any(typed[place] == letter or typed[place] + letter in keys for letter in beside):
                return True
    return False
