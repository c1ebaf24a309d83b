"""What a person typed, on one line."""

from __future__ import annotations

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as some

from bot.text.oneline import on_one_line


def test_nothing_in_it_moves_a_cursor_and_words_stay_apart() -> None:
    assert on_one_line(" It\x1b[2J is\r\n\x00 a\ttest. ") == "It[2J is a test."


@given(some.text())
def test_it_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = on_one_line(text)
    assert len(line.splitlines()) <= 1 and not any(category(sign) == "Cc" for sign in line)
    assert on_one_line(line) == line
