"""Dates in messages: `24.12.`, `24 December`, `tomorrow`, `next Friday`, `in 3 days`; the value is ISO.

Figures are read day first, month first only where the day could be no month. A date without a year is the
nearest one, before or after today. A weekday alone is the next such day after today; "next Friday" is the
Friday of next week, "last Friday" the one before today. Buddhist years count as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.entities.datewords import Sense, senses
from bot.rules.keywords import alike
from bot.text.plain import is_plain
from bot.text.rules import normal
from bot.text.tokens import MAX_CHARACTERS

Span = tuple[str, int, int]
"""A value, and from where to where its text stands."""

_LONGEST_PHRASE = 3
# Words from this length on may be misspelt.
_SLIPS_FROM = 5
_BUDDHIST = 2_400

_YEAR_FIRST = re.compile(r"(?<![\w./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\w/-]|\.\d)")
_DAY_FIRST = re.compile(r"(?<![\w./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-]|\.\d)")
_DAY_MONTH = re.compile(r"(?<![\w./-])(\d{1,2})(?:\.\s?(\d{1,2})\.(?!\d)|/(\d{1,2})(?![\w/-]|\.\d))")
_BARE = re.compile(r"(?<![\w.,/-])(\d{1,2})\.(\d\d)(?![\w/-]|[.,]\d)")
_THAI = re.compile("[\u0e00-\u0e7f.]+")
_WORD = re.compile("\\d+|[\u0e00-\u0e7f.]*[\u0e00-\u0e7f][\u0e00-\u0e7f.]*|(?:[^\\W\\d_][\u0300-\u036f]*)+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a phrase or a number of the text: what it may mean, and where it stands."""

    meant: frozenset[Sense]
    start: int
    end: int
    figure: int = -1

    def has(self, name: str) -> bool:
        return any(kind == name for kind, _ in self.meant)

    def number_of(self, name: str) -> int | None:
        """The number that goes with a meaning, or None if it does not mean that."""
        return next((number for kind, number in sorted(self.meant) if kind == name), None)


def dates(text: str, language: str, today: date | None) -> list[Span]:
    """All dates in a text, in order. Without `today`, only those that need no other."""
    text = text[:MAX_CHARACTERS]
    found = list(_in_figures(text, language, today))
    taken = [(start, end) for _, start, end in found]
    found += [one for one in _in_words(text, language, today) if not _overlaps(one, taken)]
    return sorted(found, key=lambda one: (one[1], -one[2]))


def _overlaps(one: Span, taken: Sequence[tuple[int, int]]) -> bool:
    return any(one[1] < end and start < one[2] for start, end in taken)


def _in_figures(text: str, language: str, today: date | None) -> Iterator[Span]:
    taken: list[tuple[int, int]] = []
    forms: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str | None, str, str]]]] = [
        (_YEAR_FIRST, lambda hit: (hit[1], hit[3], hit[4])),
        (_DAY_FIRST, lambda hit: (hit[4], hit[3], hit[1])),
        (_DAY_MONTH, lambda hit: (None, hit[2] or hit[3], hit[1])),
    ]
    if language != "en":
        forms.append((_BARE, lambda hit: (None, hit[2], hit[1])))
    for form, parts in forms:
        for hit in form.finditer(text):
            year, month, day = parts(hit)
            if form is _YEAR_FIRST:
                meant = _possible(_year(year or ""), int(month), int(day))
            else:
                meant = _date(int(day), int(month), _year(year) if year else None, today)
            span = (meant.isoformat() if meant else "", hit.start(), hit.end())
            if meant and not _overlaps(span, taken):
                taken.append(hit.span())
                yield span


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 2:
        return year + (1900 if year >= 70 else 2000)
    return year - 543 if year > _BUDDHIST else year


def _date(day: int, month: int, year: int | None, today: date | None) -> date | None:
    """The date, the nearest one if the year is missing; None if there is no such day."""
    if month > 12 >= day:
        day, month = month, day
    if year is not None:
        return _possible(year, month, day)
    if today is None:
        return None
    near = [_possible(today.year + step, month, day) for step in (1, 0, -1)]
    return min((one for one in near if one), key=lambda one: abs(one - today), default=None)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(text: str, language: str, today: date | None) -> Iterator[Span]:
    pieces = [piece for piece in _pieces(text, language) if not piece.has("between")]
    at = 0
    while at < len(pieces):
        try:
            read = _read(pieces, at, today)
        except OverflowError:  # the calendar ends in the year 9999
            read = None
        if read is None:
            at += 1
            continue
        meant, count = read
        yield meant.isoformat(), pieces[at].start, pieces[at + count - 1].end
        at += count


def _read(pieces: Sequence[_Piece], at: int, today: date | None) -> tuple[date, int] | None:
    """The date that begins at a piece, and how many pieces it takes."""
    after = pieces[at : at + 4]
    if after[0].has("weekday") and len(after) > 1:
        whole = _day_and_month(after[1:], today)
        if whole:
            return whole[0], whole[1] + 1
    found = _day_and_month(after, today)
    if found or today is None:
        return found
    return _relative(after, today) or _weekday(pieces, at, today)


def _day_and_month(after: Sequence[_Piece], today: date | None) -> tuple[date, int] | None:
    if len(after) < 2:
        return None
    first, second = after[:2]
    day, month = (first, second) if first.figure > 0 else (second, first)
    number = month.number_of("month")
    if number is None or not 0 < day.figure <= 31:
        return None
    year = after[2].figure if len(after) > 2 and 1000 <= after[2].figure <= 9999 else None
    meant = _date(day.figure, number, _year(str(year)) if year else None, today)
    return (meant, 3 if year else 2) if meant else None


def _relative(after: Sequence[_Piece], today: date) -> tuple[date, int] | None:
    """`tomorrow`, `in 3 days`, `two weeks ago`."""
    offset = after[0].number_of("offset")
    if offset is not None:
        return today + timedelta(days=offset), 1
    before = next((name for name in ("after", "before") if after[0].has(name)), "")
    rest = after[1:] if before else after
    sign = 1 if before == "after" else -1
    if before and rest and _days(rest[0]):
        return today + timedelta(days=sign * _days(rest[0])), 2
    count = _count(rest[0]) if rest else None
    if count is None or len(rest) < 2 or not _days(rest[1]):
        return None
    span = timedelta(days=count * _days(rest[1]))
    behind = rest[2] if len(rest) > 2 else None
    taken = 2 + bool(before)
    if behind and (behind.has("ago") or behind.has("later")):
        return today + (-span if behind.has("ago") else span), taken + 1
    return (today + sign * span, taken) if before else None


def _count(piece: _Piece) -> int | None:
    return piece.figure if piece.figure >= 0 else piece.number_of("number")


def _days(unit: _Piece) -> int:
    return 1 if unit.has("day") else 7 if unit.has("week") else 0


def _weekday(pieces: Sequence[_Piece], at: int, today: date) -> tuple[date, int] | None:
    """`Friday`, `next Friday`, `last Friday`; the word may stand behind: `vinerea viitoare`."""
    first = pieces[at]
    second = pieces[at + 1] if at + 1 < len(pieces) else None
    if second and second.start - first.end > 1:
        second = None
    before = pieces[at - 1] if at and first.start - pieces[at - 1].end <= 1 else None
    counted = before is not None and _count(before) is not None
    past = first.number_of("past")
    if past is not None:
        return today - timedelta(days=(today.weekday() - past - 1) % 7 + 1), 1
    weekday = first.number_of("weekday")
    if weekday is not None and not counted:
        return _which(weekday, second, today) or (_coming(weekday, today), 1)
    weekday = second.number_of("weekday") if second else None
    return _which(weekday, first, today) if weekday is not None else None


def _which(weekday: int, said: _Piece | None, today: date) -> tuple[date, int] | None:
    if said is None:
        return None
    if said.has("next"):
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 + weekday), 2
    if said.has("last"):
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1), 2
    return (_coming(weekday, today), 2) if said.has("this") else None


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _pieces(text: str, language: str) -> list[_Piece]:
    """The words of the text with what they mean; phrases that mean something are one piece."""
    words = [(normal(hit.group(), language), *hit.span()) for hit in _WORD.finditer(text)]
    if language == "th":
        words = [piece for word in words for piece in _cut(text, *word)]
    known = senses(language)
    found: list[_Piece] = []
    at = 0
    while at < len(words):
        for length in range(_LONGEST_PHRASE, 0, -1):
            meant = known.get(tuple(word for word, _, _ in words[at : at + length]))
            if meant or length == 1:
                word, start, _ = words[at]
                figure = int(word) if word.isdecimal() and len(word) <= 4 else -1
                meant = meant or (_misspelt(word, language) if figure < 0 else frozenset())
                end = words[min(at + length, len(words)) - 1][2]
                found.append(_Piece(meant, start, end, figure))
                at += length
                break
    return found


def _misspelt(word: str, language: str) -> frozenset[Sense]:
    """What a word may mean that is one slip away from a single long word."""
    if len(word) < _SLIPS_FROM - 1 or is_plain(word, language):
        return frozenset()
    near = {
        meant
        for (known, *more), meant in senses(language).items()
        if not more and len(known) >= _SLIPS_FROM and alike(word, known)
    }
    return near.pop() if len(near) == 1 else frozenset()


@lru_cache(maxsize=1)
def _thai_words() -> re.Pattern[str]:
    words = sorted((word for word, *_ in senses("th")), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words))


def _cut(text: str, word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """A run of Thai in the words that mean something, and what stands between them."""
    if not _THAI.fullmatch(text, start, end):
        return [(word, start, end)]
    found = []
    at = start
    for hit in _thai_words().finditer(text, start, end):
        if hit.start() > at:
            found.append(("", at, hit.start()))
        found.append((hit.group(), *hit.span()))
        at = hit.end()
    return [*found, ("", at, end)] if at < end else found
