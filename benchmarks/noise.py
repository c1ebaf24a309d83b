"""Typing slips from a seed: the same text and seed give the same slips, on the language's own keyboard.

One slip changes one word of four letters or more: a letter put in, left out, replaced by a neighbouring
key, or swapped with the next one. Slips of one message fall on different words.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from benchmarks.lines import OUT_OF_SCOPE, Line
from bot.text.keyboards import neighbours

SEED = "a"
# Languages that people often type without their diacritics.
BARE = {"sv", "ro", "tr", "de", "es", "fr", "pt", "pl", "fi"}

# Letters that are no plain letter with a mark, as they are typed without diacritics.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "œ": "oe"})
# Four letters or more; Thai, which has no spaces, in pieces of at most eight letters and marks.
_WORD = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]{4,8}|[^\W\d_]{4,}")


def slip(text: str, count: int, seed: str, language: str = "en") -> str:
    """The text with `count` slips in as many words, or fewer if it has fewer words of four letters."""
    chance = random.Random(f"{seed}:{text}")
    places = [hit.span() for hit in _WORD.finditer(text)]
    for start, end in sorted(chance.sample(places, min(count, len(places))), reverse=True):
        text = text[:start] + _edit(text[start:end], chance, language) + text[end:]
    return text


def bare(text: str) -> str:
    """The text without diacritics, as it is typed on a keyboard that lacks them."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in apart if not unicodedata.combining(letter))
    )


def variants(name: str, lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Noisy copies of lines: `NAME.typo1`, `NAME.typo2`, and `NAME.bare` where diacritics are often lost.

    Copies of out-of-scope lines would only say again what the clean ones say, so they are left out.
    """
    lines = [line for line in lines if line.intent != OUT_OF_SCOPE]
    made = {
        f"{name}.typo{count}": [replace(line, text=slip(line.text, count, SEED, line.lang)) for line in lines]
        for count in (1, 2)
    }
    if any(line.lang in BARE for line in lines):
        made[f"{name}.bare"] = [replace(line, text=bare(line.text)) for line in lines]
    return made


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


@lru_cache(maxsize=4096)
def _near(letter: str, language: str) -> tuple[str, ...]:
    """The letters on the keys around that of a letter; a letter without a key may become any."""
    pairs = neighbours(language)
    near = {pair[1] for pair in pairs if pair[0] == letter}
    return tuple(sorted(near or {pair[0] for pair in pairs}))
