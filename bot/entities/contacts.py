"""E-mail addresses and phone numbers in messages."""

from __future__ import annotations

import re

from bot.entities.dates import Span, dates
from bot.text.tokens import MAX_CHARACTERS

_EMAIL = re.compile(r"[^\s@<>,;:()\[\]\"'|]{1,64}@[^\s@<>,;:()\[\]\"'|]{1,190}\.[^\W\d_]{2,24}")
# 7 to 15 figures, as E.164 allows, with what people write between them.
_PHONE = re.compile(r"(?<![\w+.-])(?:\+|00)?\(?\d(?:[\s().\-/\u00a0]{0,3}\d){6,14}(?![\w-]|\.\d)")


def emails(text: str) -> list[Span]:
    """All e-mail addresses in a text, as typed."""
    found = _EMAIL.finditer(text[:MAX_CHARACTERS])
    return [(hit.group().strip("."), hit.start(), hit.end()) for hit in found]


def phones(text: str, language: str) -> list[Span]:
    """All phone numbers in a text: figures only, with a + before the country where one was given."""
    text = text[:MAX_CHARACTERS]
    days = [(start, end) for _, start, end in dates(text, language, None)]
    return [
        (_plain(hit.group()), hit.start(), hit.end())
        for hit in _PHONE.finditer(text)
        if not any(hit.start() < end and start < hit.end() for start, end in days)
    ]


def _plain(written: str) -> str:
    figures = "".join(str(int(letter)) for letter in written if letter.isdecimal())
    if written.startswith("+"):
        return f"+{figures}"
    return f"+{figures[2:]}" if figures.startswith("00") else figures
