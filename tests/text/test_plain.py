"""Plain words.

1. Everyday words are known in all their forms; ordinary and rare ones as they are.
2. A misspelt word is none of them.
3. A language without a list has no plain words.
4. The list is read without importing the package that ships it.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.text.plain import Plainness, is_plain, plainness


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


def test_4_only_read() -> None:
    program = (
        "import sys; from bot.text.plain import is_plain; assert is_plain('compass', 'en')\n"
        "print([name for name in sys.modules if name.startswith('symspellpy')])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
