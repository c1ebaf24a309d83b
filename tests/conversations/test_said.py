from __future__ import annotations

import pytest

from bot.conversations import said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Forget it!"),
        ("sv", "Glöm det"),
        ("ro", "Las-o baltă"),
        ("th", "ไม่เป็นไรค่ะ"),
        ("ru", "Не надо, спасибо"),
        ("tr", "boş ver"),
        ("sv", "never mind"),
    ],
)
def test_never_mind_in_six_languages(language: str, text: str) -> None:
    assert said.withdraws(text, language)


@pytest.mark.parametrize("text", ["", "no", "forget my password", "cancel my order", "back pain"])
def test_what_only_begins_like_never_mind_is_something_else(text: str) -> None:
    assert not said.withdraws(text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "both please"),
        ("sv", "båda"),
        ("ro", "amândouă"),
        ("th", "ทั้งสอง"),
        ("ru", "оба"),
        ("tr", "her ikisi"),
    ],
)
def test_all_of_them_in_six_languages(language: str, text: str) -> None:
    assert said.all_of_them(text, language)
    assert not said.all_of_them(f"{text} 77 xyz", language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kind of"),
        ("sv", "delvis"),
        ("ro", "parțial"),
        ("th", "บางส่วน"),
        ("ru", "не совсем"),
        ("tr", "kısmen"),
    ],
)
def test_partly_in_six_languages(language: str, text: str) -> None:
    assert said.partly(text, language)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("👍", True),
        ("👍🏽👍🏽", True),
        ("👎", False),
        ("👍👎", None),
        ("🙂", None),
        ("", None),
        ("ok👍", None),
    ],
)
def test_thumbs(text: str, says: bool | None) -> None:
    assert said.thumb(text) is says
