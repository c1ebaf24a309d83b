"""Dates, seen on Wednesday 25 November 2026.

1. In figures: day first, month first only where the day could be no month; a year first is ISO.
2. In words, in each language, with slips.
3. Without a year it is the nearest such day, before or after today.
4. A weekday is the next one after today; "next" is the one of next week, "last" the one before today.
5. What is no date is none; any text will do, and none takes long.
6. Without today, only whole dates are found.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.dates import dates
from bot.entities.datewords import WORDS

TODAY = date(2026, 11, 25)


def found(text: str, language: str = "en", today: date | None = TODAY) -> list[str]:
    return [f"{value} {text[start:end]}" for value, start, end in dates(text, language, today)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 2026-12-24, please", "2026-12-24 2026-12-24"),
        ("2026/1/5", "2026-01-05 2026/1/5"),
        ("am 24.12.", "2026-12-24 24.12."),
        ("on 24/12/2027", "2027-12-24 24/12/2027"),
        ("12/24/27", "2027-12-24 12/24/27"),
        ("5/6/2026", "2026-06-05 5/6/2026"),
        ("24. 12. at noon", "2026-12-24 24. 12."),
    ],
)
def test_1_in_figures(text: str, expected: str) -> None:
    assert found(text) == [expected]


def test_1_a_point_alone_is_no_date_in_english() -> None:
    assert found("5.10") == [] and found("den 5.10", "sv") == ["2026-10-05 5.10"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "the 24th of December", "2026-12-24 24th of December"),
        ("en", "December 24, 2027", "2027-12-24 December 24, 2027"),
        ("en", "on Thursday 24 Decmber", "2026-12-24 Thursday 24 Decmber"),
        ("en", "tomorow, please", "2026-11-26 tomorow"),
        ("en", "the day after tomorrow", "2026-11-27 day after tomorrow"),
        ("en", "in two weeks", "2026-12-09 in two weeks"),
        ("en", "in a week", "2026-12-02 in a week"),
        ("en", "I paid 3 days ago", "2026-11-22 3 days ago"),
        ("sv", "den 24:e december", "2026-12-24 24:e december"),
        ("sv", "i övermorgon", "2026-11-27 i övermorgon"),
        ("sv", "om tre dagar", "2026-11-28 om tre dagar"),
        ("sv", "kom i fredags", "2026-11-20 fredags"),
        ("ro", "pe 24 decembrie", "2026-12-24 24 decembrie"),
        ("ro", "poimaine", "2026-11-27 poimaine"),
        ("ro", "peste două zile", "2026-11-27 peste două zile"),
        ("ro", "vinerea viitoare", "2026-12-04 vinerea viitoare"),
        ("ru", "24-го декабря", "2026-12-24 24-го декабря"),
        ("ru", "послезавтра", "2026-11-27 послезавтра"),
        ("ru", "два дня назад", "2026-11-23 два дня назад"),
        ("ru", "в следующую пятницу", "2026-12-04 следующую пятницу"),
        ("tr", "24 Aralık'ta", "2026-12-24 24 Aralık"),
        ("tr", "yarin", "2026-11-26 yarin"),
        ("tr", "3 gün sonra", "2026-11-28 3 gün sonra"),
        ("tr", "gelecek cuma", "2026-12-04 gelecek cuma"),
        ("th", "วันที่ 24 ธันวาคม 2569", "2026-12-24 24 ธันวาคม 2569"),
        ("th", "ส่งพรุ่งนี้ได้ไหม", "2026-11-26 พรุ่งนี้"),
        ("th", "อีก 3 วัน", "2026-11-28 อีก 3 วัน"),
        ("th", "วันศุกร์หน้า", "2026-12-04 วันศุกร์หน้า"),
        ("de", "übermorgen", "2026-11-27 übermorgen"),
        ("fr", "vendredi prochain", "2026-12-04 vendredi prochain"),
        ("es", "el 24 de diciembre", "2026-12-24 24 de diciembre"),
    ],
)
def test_2_in_words(language: str, text: str, expected: str) -> None:
    assert found(text, language) == [expected]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_2_every_month_of_every_language(language: str) -> None:
    for month, forms in enumerate(WORDS[language].months.split(", "), 1):
        for form in forms.split():
            value = dates(f"5 {form} 2026", language, None)[0][0]
            assert value == f"2026-{month:02}-05", form


@pytest.mark.parametrize("language", sorted(WORDS))
def test_2_every_day_and_weekday_of_every_language(language: str) -> None:
    for phrase, offset in WORDS[language].days.items():
        assert date.fromisoformat(dates(phrase, language, TODAY)[0][0]) == date(2026, 11, 25 + offset), phrase
    for weekday, forms in enumerate(WORDS[language].weekdays.split(", ")):
        for form in forms.split():
            assert date.fromisoformat(dates(form, language, TODAY)[0][0]).weekday() == weekday, form


def test_3_the_nearest() -> None:
    assert found("1 November") == ["2026-11-01 1 November"]
    assert found("3 January") == ["2027-01-03 3 January"]
    assert found("29 February") == []
    assert [value for value, _, _ in dates("29 February", "en", date(2028, 4, 1))] == ["2028-02-29"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("friday", "2026-11-27"),
        ("this friday", "2026-11-27"),
        ("next friday", "2026-12-04"),
        ("last friday", "2026-11-20"),
        ("wednesday", "2026-12-02"),
        ("next wednesday", "2026-12-02"),
        ("last wednesday", "2026-11-18"),
    ],
)
def test_4_weekdays(text: str, day: str) -> None:
    assert found(text) == [f"{day} {text}"]


@pytest.mark.parametrize(
    "text",
    ["31 February", "32.1.2026", "may I march in", "10:30", "A24.12.", "1.2.3.4", "4.12.2026.1", "2026-13-5"],
)  # fmt: skip
def test_5_no_dates(text: str) -> None:
    assert found(text) == []


def test_5_a_counted_word_is_no_weekday() -> None:
    assert found("2 luni", "ro") == [] and found("luni", "ro") == ["2026-11-30 luni"]


@given(st.text(), st.sampled_from([*WORDS, "zz"]))
def test_5_any_text(text: str, language: str) -> None:
    for value, start, end in dates(text, language, TODAY):
        assert date.fromisoformat(value) and 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text", ["1.1." * 500, "in 3 " * 400, "5 " * 1000, "decembr " * 250, "วัน" * 660, "1/" * 1000]
)
@pytest.mark.parametrize("language", ["en", "th"])
def test_5_none_takes_long(text: str, language: str) -> None:
    began = time.process_time()
    dates(text, language, TODAY)
    assert time.process_time() - began < 0.3


def test_5_the_calendar_ends() -> None:
    assert dates("in 999 weeks", "en", date.max) == []
    assert found("next friday, friday, last friday", "en", date(9999, 12, 31)) == ["9999-12-24 last friday"]


def test_6_without_today() -> None:
    assert found("24 December 2026, tomorrow, 24 December, friday", "en", None) == [
        "2026-12-24 24 December 2026"
    ]
