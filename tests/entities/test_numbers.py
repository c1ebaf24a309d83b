"""Numbers and amounts of money.

1. A number is plain, whatever parts its figures; the language decides about what can be read in two ways.
2. What belongs to something longer (a code, a date, a time) is no number.
3. Written out, it counts when there is none in figures, and an article only in a short reply.
4. An amount has the code of its currency, by its sign, its code or its name.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.numbers import amounts, numbers


def values(text: str, language: str = "en") -> list[str]:
    return [value for value, _, _ in numbers(text, language)]


def money(text: str, language: str = "en") -> list[str]:
    return [value for value, _, _ in amounts(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,500.50", "1500.5"),
        ("sv", "1.500,50", "1500.5"),
        ("en", "1,500", "1500"),
        ("sv", "1,500", "1.5"),
        ("en", "1.500", "1.5"),
        ("sv", "1.500", "1500"),
        ("en", "2,5", "2.5"),
        ("sv", "2.5", "2.5"),
        ("sv", "12 000", "12000"),
        ("en", "1,000,000", "1000000"),
        ("en", "-5", "-5"),
        ("en", "007", "7"),
        ("th", "๑๒", "12"),
    ],
)
def test_1_plain(language: str, text: str, expected: str) -> None:
    assert values(text, language) == [expected]


def test_1_where_it_stands() -> None:
    assert numbers("I want 12, not 3.", "en") == [("12", 7, 9), ("3", 15, 16)]


@pytest.mark.parametrize("text", ["A123", "123abc", "10:30", "2026-12-24", "1/2", "1.2.3", "x", ""])
def test_2_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two tables for me", ["2"]),
        ("en", "two tables, no, 3", ["3"]),
        ("en", "one please", ["1"]),
        ("en", "the one I ordered last week", []),
        ("sv", "tolv stycken till mig", ["12"]),
        ("sv", "ett paket till mig", []),
        ("ro", "două", ["2"]),
        ("ru", "семь", ["7"]),
        ("tr", "üç", ["3"]),
        ("th", "สอง", ["2"]),
    ],
)
def test_3_written_out(language: str, text: str, expected: list[str]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I paid €12.50 and $1,000", ["12.50 EUR", "1000 USD"]),
        ("en", "20 euros or 5 EUR", ["20 EUR", "5 EUR"]),
        ("en", "20 try it", []),
        ("sv", "100 kr, 1 250,50 kronor", ["100 SEK", "1250.50 SEK"]),
        ("da", "100 kr", ["100 DKK"]),
        ("ro", "50 de lei", ["50 RON"]),
        ("ru", "500 руб. и 100 рублей", ["500 RUB", "100 RUB"]),
        ("tr", "1.000 TL, 50₺", ["1000 TRY", "50 TRY"]),
        ("th", "200 บาทครับ", ["200 THB"]),
    ],
)
def test_4_amounts(language: str, text: str, expected: list[str]) -> None:
    assert money(text, language) == expected


@given(st.text())
def test_any_text(text: str) -> None:
    for _, start, end in (*numbers(text, "sv"), *amounts(text, "sv")):
        assert 0 <= start < end <= len(text)


@given(st.integers(0, 10**12))
def test_a_number_is_read_as_it_is_written_in_either_way(number: int) -> None:
    assert values(f"{number:,}") == [str(number)]
    assert values(f"{number:,}".replace(",", "."), "sv") == [str(number)]
    assert values(f"{number:,}".replace(",", " "), "ru") == [str(number)]


@pytest.mark.parametrize("text", ["1 " * 1_000, "1.1" * 600, "1 000 " * 330, "1" * 2_000, "1," * 1_000])
def test_none_takes_long(text: str) -> None:
    began = time.process_time()
    numbers(text, "en"), amounts(text, "en")
    assert time.process_time() - began < 0.3
