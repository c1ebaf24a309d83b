"""What a slip of the fingers costs: optimal string alignment with weights.

A neighbouring key is a likelier slip than a far one, a doubled letter likelier than a strange one. Costs
are in the unit of "one ordinary edit"; the corrector reads them as negative log probabilities up to a
factor.
"""

from __future__ import annotations

from functools import lru_cache

DOUBLED = 0.55
SWAPPED = 0.65
NEIGHBOUR = 0.75
ALIKE = 0.8
INSERTED = 0.95
LEFT_OUT = 1.0
REPLACED = 1.15
FIRST_LETTER = 0.25
CHEAPEST = DOUBLED

_ROWS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
}
_SOUNDS = (
    "aeiouy",
    "ck",
    "cs",
    "sz",
    "fv",
    "gj",
    "dt",
    "mn",
    "bp",
    "wv",
    "ij",
    "qk",
    "аояе",
    "иые",
    "шщ",
    "зс",
    "дт",
    "бп",
)


def _neighbours(rows: tuple[str, ...]) -> frozenset[str]:
    places = {key: (x + y * 0.5, y) for y, row in enumerate(rows) for x, key in enumerate(row)}
    return frozenset(
        a + b
        for a, (ax, ay) in places.items()
        for b, (bx, by) in places.items()
        if a != b and abs(ax - bx) <= 1 and abs(ay - by) <= 1
    )


_KEYS = frozenset().union(*(_neighbours(rows) for rows in _ROWS.values()))
_ALIKE = frozenset(a + b for group in _SOUNDS for a in group for b in group if a != b)


@lru_cache(maxsize=4096)
def _replace(a: str, b: str) -> float:
    pair = a + b
    if pair in _KEYS:
        return NEIGHBOUR
    return ALIKE if pair in _ALIKE else REPLACED


def cost(typed: str, meant: str) -> float:
    """The cost of typing `typed` when `meant` was meant; 0 only when they are equal."""
    if typed == meant:
        return 0.0
    rows: list[list[float]] = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for j in range(1, len(meant) + 1):
        rows[0][j] = rows[0][j - 1] + _left_out(meant, j)
    for i in range(1, len(typed) + 1):
        row, above = rows[i], rows[i - 1]
        insert = _inserted(typed, i)
        row[0] = above[0] + insert
        for j in range(1, len(meant) + 1):
            same = typed[i - 1] == meant[j - 1]
            best = above[j - 1] + (0.0 if same else _replace(typed[i - 1], meant[j - 1]))
            best = min(best, above[j] + insert, row[j - 1] + _left_out(meant, j))
            if i > 1 and j > 1 and not same and typed[i - 1] == meant[j - 2] and typed[i - 2] == meant[j - 1]:
                best = min(best, rows[i - 2][j - 2] + SWAPPED)
            row[j] = best
    return rows[-1][-1] + (FIRST_LETTER if typed[:1] != meant[:1] else 0.0)


def _inserted(typed: str, i: int) -> float:
    return DOUBLED if i > 1 and typed[i - 1] == typed[i - 2] else INSERTED


def _left_out(meant: str, j: int) -> float:
    return DOUBLED if j > 1 and meant[j - 1] == meant[j - 2] else LEFT_OUT
