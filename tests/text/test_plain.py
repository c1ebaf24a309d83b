"""Plain words.

1. Everyday words are known in all their forms; ordinary and rare ones as they are.
2. A misspelt word is none of them.
3. A language without a list has no plain words. Only for English is a word that is on no list surely wrong.
4. The list is read without importing the package that ships it.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.text.plain import Plainness, has_list, is_plain, plainness
from bot.text.rules import normal


@pytest.mark.parametrize(
    ("word", "how"),
    [
        ("weather", Plainness.EVERYDAY),
        ("cats", Plainness.EVERYDAY),
        ("compass", Plainness.ORDINARY),
        ("kayak", Plainness.ORDINARY),
        ("oder", Plainness.RARE),
        ("ordr", Plainness.UNKNOWN),
        ("tommorow", Plainness.UNKNOWN),
    ],
)
def test_1_and_2_how_plain(word: str, how: Plainness) -> None:
    assert plainness(word, "en") == how
    assert is_plain(word, "en") == (how >= Plainness.ORDINARY)


def test_3_no_list() -> None:
    assert plainness("compass", "xx") == plainness("weather", "../en") == Plainness.UNKNOWN
    assert [language for language in ("en", "sv", "th", "xx") if has_list(language)] == ["en"]


@pytest.mark.parametrize(
    ("word", "language"),
    [("tvättmaskin", "sv"), ("вчера", "ru"), ("geçen", "tr"), ("săptămână", "ro"), ("พรุ่งนี้", "th")],
)
def test_1_in_other_languages(word: str, language: str) -> None:
    assert is_plain(normal(word, language), language)
    assert not is_plain(normal(word, language) + "zz", language)


def test_4_only_read() -> None:
    program = (
        "import sys; from bot.text.plain import is_plain; assert is_plain('compass', 'en')\n"
        "print([name for name in sys.modules if name.startswith('symspellpy')])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
