"""E-mail addresses and phone numbers.

1. An address is given as typed, without the full stop behind it.
2. A phone number is given in figures, with + before the country; dates, codes and short numbers are none.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.contacts import emails, phones


def test_1_emails() -> None:
    text = "Write to ann.b+shop@example.co.uk. Not to ann@home or @ann."
    assert emails(text) == [("ann.b+shop@example.co.uk", 9, 33)]
    assert [value for value, _, _ in emails("<a@b.se>, c@d.ru")] == ["a@b.se", "c@d.ru"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+46 70-123 45 67", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("(555) 123-4567", "5551234567"),
        ("call 070 123 45 67 please", "0701234567"),
    ],
)
def test_2_phones(text: str, number: str) -> None:
    assert [value for value, _, _ in phones(text, "en")] == [number]


@pytest.mark.parametrize("text", ["2026-12-24", "24/12/2026", "123456", "A1234567", "1234567890123456789"])
def test_2_no_phones(text: str) -> None:
    assert phones(text, "en") == []


@given(st.text())
def test_any_text(text: str) -> None:
    for _, start, end in (*emails(text), *phones(text, "en")):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["a@" * 1_000, "@" * 2_000, "a." * 1_000, "a@" + "b." * 999, "(1)-" * 500])
def test_none_takes_long(text: str) -> None:
    began = time.process_time()
    emails(text), phones(text, "en")
    assert time.process_time() - began < 0.3
