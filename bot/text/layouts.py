"""Words typed on the wrong keyboard layout: `ghbdtn`, where `привет` was meant.

A stretch between two spaces is read by its keys when it makes no sense as it is typed and does as another
layout has it. Where most of a message was typed so, the rest of it, which may be misspelt, is too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.text.keyboards import LAYOUTS, relayout
from bot.text.tokens import MAX_CHARACTERS, tokenize

_STRETCH = re.compile(r"\S+")
_TRAILING = re.compile(r"^(.*?)([.,;:!?/'\")\]]+)$", re.DOTALL)
# Scripts whose speakers type Latin letters on the same keyboard, and what their letters look like.
_SCRIPTS = {"ru": re.compile("[\u0400-\u045f]"), "th": re.compile("[\u0e00-\u0e7f]")}
_LATIN = re.compile("[A-Za-z]")
# Keys that are signs on one Latin layout and letters on another, inside or at the edge of a word.
_SIGN_KEYS = re.compile(r"[a-z]['\[\];\\,./\-=`]|['\[\];\\,./\-=`][a-z]", re.IGNORECASE)
# The share of letters that have to be in known words. Thai is cut into words, so chance finds short ones.
_SENSE, _SENSE_THAI = 1.0, 0.7
_MOST = 0.5
_LEAST = 2
# Latin layouts on which letters, not only signs, stand in other places.
_MOVED = frozenset({"de", "fr"})
_NO_LETTERS = re.compile("['’`.,;:!?\"()-]")

Knows = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Laid:
    """A text by its keys, and the stretches that were read so: as typed, and as read."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


def by_keys(text: str, language: str, others: Iterable[str], knows: Knows) -> Laid:
    """The text with what was typed on a wrong layout as it was meant.

    `language` is the one that is read in, `others` the further languages of the bot, `knows` whether the
    content uses a word in normal form.
    """
    for typed_on in _layouts(language, tuple(others)):
        if _suspect(text, typed_on, language):
            laid = _read(text[:MAX_CHARACTERS], typed_on, language, knows)
            if laid.changes:
                return laid
    return Laid(text)


def same_keys(typed: str, meant: str, language: str) -> bool:
    """Whether another layout writes with the same keys what was meant in a language."""
    return any(relayout(typed, layout, language) == meant for layout in LAYOUTS if layout != language)


@lru_cache(maxsize=256)
def _layouts(language: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """The layouts a word of the language may have been typed on: the bot's others, the US one, ru, th."""
    if language not in LAYOUTS:
        return ()
    wanted = dict.fromkeys((*others, "en", *_SCRIPTS))
    letters = "abcdefghijklmnopqrstuvwxyzåäö;'[]"
    return tuple(
        layout
        for layout in wanted
        if layout in LAYOUTS
        and layout != language
        and (layout in _SCRIPTS or language in _SCRIPTS or relayout(letters, layout, language) != letters)
        # English is typed on the layouts of the bot's other languages only where letters differ.
        and (language != "en" or layout in _SCRIPTS or layout in others)
    )


def _suspect(text: str, typed_on: str, language: str) -> bool:
    """A cheap look whether any stretch of the text may have been typed on the layout."""
    if typed_on in _SCRIPTS:
        return not text.isascii() and bool(_SCRIPTS[typed_on].search(text))
    if language in _SCRIPTS or language in _MOVED or typed_on in _MOVED:
        return bool(_LATIN.search(text))
    return bool(_SIGN_KEYS.search(text))


def _read(text: str, typed_on: str, language: str, knows: Knows) -> Laid:
    stretches = [hit.group() for hit in _STRETCH.finditer(text)]
    meant = [_meant(stretch, typed_on, language, knows) for stretch in stretches]
    if not any(meant):
        return Laid(text)
    if language in _SCRIPTS or typed_on in _SCRIPTS:
        meant = _rest_too(stretches, meant, typed_on, language)
    queue = iter(meant)
    laid = _STRETCH.sub(lambda hit: next(queue) or hit.group(), text)
    changes = [
        _bare(typed, read) for typed, read in zip(stretches, meant, strict=True) if read and read != typed
    ]
    return Laid(laid, tuple(changes))


def _bare(typed: str, read: str) -> tuple[str, str]:
    """A change without the signs that both end in."""
    while typed and typed[-1:] == read[-1:] and not typed[-1].isalnum():
        typed, read = typed[:-1], read[:-1]
    return typed, read


def _rest_too(
    stretches: Sequence[str], meant: Sequence[str | None], typed_on: str, language: str
) -> list[str | None]:
    """Where most of what the layout could have typed makes sense by its keys, all of it is read so.

    But not what has digits: in an order number the letters are as they should be.
    """
    could = [
        _suspect(stretch, typed_on, language) and not any(sign.isdigit() for sign in stretch)
        for stretch in stretches
    ]
    letters = sum(len(stretch) for stretch, own in zip(stretches, could, strict=True) if own)
    read = sum(len(stretch) for stretch, found in zip(stretches, meant, strict=True) if found)
    if read <= _MOST * letters:
        return list(meant)
    return [
        found or (relayout(stretch, typed_on, language) if own else None)
        for stretch, found, own in zip(stretches, meant, could, strict=True)
    ]


def _meant(stretch: str, typed_on: str, language: str, knows: Knows) -> str | None:
    """What a stretch means by its keys, or None where it makes sense as it is, or none either way."""
    if not _suspect(stretch, typed_on, language) or _sense(stretch, language, knows) >= _SENSE:
        return None
    least = _SENSE_THAI if language == "th" else _SENSE
    ends = _TRAILING.match(stretch)
    tried = [ends.groups(), (stretch, "")] if ends else [(stretch, "")]
    for word, sign in tried:
        read = relayout(word, typed_on, language)
        if read != word and _sense(read, language, knows) >= least:
            return read + sign
    return None


def _sense(stretch: str, language: str, knows: Knows) -> float:
    """The share of the letters of a stretch that stand in words the content knows; 0 for a letter or none."""
    found = [token.word for token in tokenize(stretch, language) if token.word[0].isalpha()]
    if sum(map(len, found)) < _LEAST:
        return 0.0
    return sum(len(word) for word in found if knows(word)) / len(_NO_LETTERS.sub("", stretch))
