"""Typing slips from a seed: the same text and seed give the same slips, on the language's own keyboard.

One slip changes one word of four letters or more: a letter put in, left out, replaced by a neighbouring
key, or swapped with the next one. Slips of one message fall on different words.
"""

from __future__ import annotations

import random
import re

_ROWS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "sv": ("qwertyuiopå", "asdfghjklöä", "zxcvbnm"),
    "ro": ("qwertyuiopăî", "asdfghjklșț", "zxcvbnm"),
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "tr": ("qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"),
    "th": ("ภถุึคตจขช", "ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ"),
}
_WORD = re.compile(r"[^\W\d_]{4,}")


def slip(text: str, count: int, seed: str, language: str = "en") -> str:
    """The text with `count` slips in as many words, or fewer if it has fewer words of four letters."""
    chance = random.Random(f"{seed}:{text}")
    places = [hit.span() for hit in _WORD.finditer(text)]
    for start, end in sorted(chance.sample(places, min(count, len(places))), reverse=True):
        text = text[:start] + _edit(text[start:end], chance, language) + text[end:]
    return text


def _edit(word: str, chance: random.Random, language: str) -> str:
    at = chance.randrange(len(word))
    kind = chance.choice(("insert", "leave out", "replace", "swap"))
    near = _near(word[at].lower(), language)
    if kind == "insert":
        return word[:at] + chance.choice(near) + word[at:]
    if kind == "leave out":
        return word[:at] + word[at + 1 :]
    if kind == "replace":
        return word[:at] + chance.choice(near) + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _near(letter: str, language: str) -> list[str]:
    rows = _ROWS.get(language, _ROWS["en"])
    places = {key: (x + y * 0.5, y) for y, row in enumerate(rows) for x, key in enumerate(row)}
    if letter not in places:
        return sorted(rows[1])
    x, y = places[letter]
    return sorted(k for k, (a, b) in places.items() if k != letter and abs(a - x) <= 1 and abs(b - y) <= 1)
