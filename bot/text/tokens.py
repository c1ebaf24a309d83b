"""Tokens: words with inner apostrophes, numbers, and the few signs that mean something."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from bot.text.rules import normal
from bot.text.thai import MARKS as THAI_MARKS
from bot.text.thai import clusters, fold_thai, is_thai, scripts, whole
from bot.text.thaiwords import segment

# A message longer than this is judged by its beginning.
MAX_CHARACTERS = 2_000
MAX_TOKENS = 120


# Where marks may be: up to the emoji planes, but not among ideographs, Hangul and cuneiform, which are most.
_BLOCKS = (
    range(0x3400), range(0xA600, 0xAC00), range(0xFB00, 0x12000), range(0x16000, 0x17000),
    range(0x1B000, 0x20000),
)  # fmt: skip


def _ranges(wanted: tuple[str, ...]) -> str:
    """A regex class body of all characters whose Unicode category is wanted."""
    parts: list[str] = []
    start = -1
    for code in chain(*_BLOCKS):
        hit = unicodedata.category(chr(code)) in wanted
        if hit and start < 0:
            start = code
        elif not hit and start >= 0:
            parts.append(f"{chr(start)}-{chr(code - 1)}" if code - 1 > start else chr(start))
            start = -1
    return "".join(parts)


_MARKS = _ranges(("Mn", "Mc")) + "\u00ad\u200b-\u200d\u2060\ufeff"
_TOKEN = re.compile(
    rf"(?:[{THAI_MARKS}]++(?=[\u0e01-\u0e7f]))?[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’ʼ‘`´＇][^\W_](?:[^\W_]|[{_MARKS}])*)*"
    r"|[?!%$€£¥฿₽₺？！]"
)
_SIGNS = {"？": "?", "！": "!", "€": "$", "£": "$", "¥": "$", "฿": "$", "₽": "$", "₺": "$"}
# The signs in normal form.
SIGNS = frozenset("?!%$")

NUMBER = "0"
CODE = "a0"


class Token(NamedTuple):
    """One token: `word` is its normal form; `start` and `end` are its place in the original text."""

    word: str
    start: int
    end: int
    original: str


def tokenize(text: str, language: str) -> tuple[Token, ...]:
    """The tokens of a text, at most `MAX_TOKENS`. Takes any string and never raises."""
    found: list[Token] = []
    for token in _pieces(text[:MAX_CHARACTERS], language):
        if token.word:
            found.append(token)
        if len(found) >= MAX_TOKENS:
            break
    return tuple(found)


def _pieces(text: str, language: str) -> Iterator[Token]:
    for hit in _TOKEN.finditer(text):
        raw = hit.group()
        start = hit.start()
        if raw.isascii() or not (is_thai(raw[0]) or is_thai(raw[-1])):
            yield Token(_word(raw, language), start, hit.end(), raw)
        else:
            yield from _thai(raw, start, language)


def _thai(raw: str, start: int, language: str) -> Iterator[Token]:
    """The words of a run of Thai, which may hold numbers and foreign letters as well."""
    cut = segment if language == "th" else clusters
    for run in scripts(raw):
        at = 0
        for piece in whole(cut(fold_thai(run, language))) if is_thai(run[0]) else [run]:
            end = _end_of(piece, run, at)
            yield Token(sys.intern(_word(piece, language)), start + at, start + end, run[at:end])
            at = end
        start += len(run)


def _end_of(piece: str, run: str, at: int) -> int:
    """Where a piece of the folded run ends in the run as it was typed, which is as long or longer."""
    end = at + len(piece)
    while end < len(run) and len(fold_thai(run[at:end], "th")) < len(piece):
        end += 1
    while end < len(run) and fold_thai(run[at : end + 1], "th") == piece:
        end += 1
    return end


def _word(raw: str, language: str) -> str:
    if raw in _SIGNS:
        return _SIGNS[raw]
    word = normal(raw, language)
    if word.isalpha():
        return word
    digits = sum(letter.isdigit() for letter in word)
    if digits == 0 or digits == len(word) <= 2:
        return word
    if digits == len(word):
        return NUMBER
    return CODE if digits >= 3 else word


def is_word(word: str) -> bool:
    """Whether a word in normal form is made of letters and their marks only."""
    if word.isalpha():
        return True
    return not word.isascii() and all(
        letter.isalpha() or unicodedata.category(letter)[0] == "M" for letter in word
    )


def words(text: str, language: str) -> tuple[str, ...]:
    """The normal forms of all tokens of a text."""
    if text.isascii():  # the same, without Thai and places
        found = (_word(raw, language) for raw in _TOKEN.findall(text[:MAX_CHARACTERS]))
        return tuple(word for word in found if word)[:MAX_TOKENS]
    return tuple(token.word for token in tokenize(text, language))
