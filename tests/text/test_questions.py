"""Cutting a message into questions.

1. Two sentences that ask are two questions.
2. "and how", "and can I", "and also" and the like begin a second question, in six languages.
3. A greeting, thanks, or a lone word is no question of its own.
4. Abbreviations and numbers do not end a sentence.
5. What does not clearly fall apart stays whole; nothing gives nothing.
6. No word is lost, whatever the text.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.questions import MAX_QUESTIONS, split_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Where is my order? How do I return it?", ("Where is my order?", "How do I return it?")),
        ("where is my order?how do i return it", ("where is my order?", "how do i return it")),
        ("where is my order\nhow do i pay", ("where is my order", "how do i pay")),
        ("I moved house. How do I change my address?", ("I moved house.", "How do I change my address?")),
    ],
)
def test_1_sentences(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("where is my order and how do I cancel it", ("where is my order", "how do I cancel it")),
        ("I want a refund, and also change my address", ("I want a refund", "change my address")),
        ("where is my refund and can i change my adress", ("where is my refund", "can i change my adress")),
        ("where is it , and how much is it", ("where is it", "how much is it")),
        ("I got no invoice, and do you ship to Norway?", ("I got no invoice", "do you ship to Norway?")),
        ("var är mitt paket och hur betalar jag", ("var är mitt paket", "hur betalar jag")),
        ("var är mitt paket och kan jag byta adress", ("var är mitt paket", "kan jag byta adress")),
        ("unde este coletul meu și pot schimba adresa", ("unde este coletul meu", "pot schimba adresa")),
        ("где мой заказ и можно поменять адрес", ("где мой заказ", "можно поменять адрес")),
        ("где мой заказ и могу ли я поменять адрес", ("где мой заказ", "могу ли я поменять адрес")),
        (
            "siparişim nerede ve adresimi değiştirebilir miyim",
            ("siparişim nerede", "adresimi değiştirebilir miyim"),
        ),
        (
            "พัสดุของฉันอยู่ที่ไหนและเปลี่ยนที่อยู่ได้ไหม",
            ("พัสดุของฉันอยู่ที่ไหน", "เปลี่ยนที่อยู่ได้ไหม"),
        ),
        (
            "siparişim nerede ve ayrıca iade edebilir miyim",
            ("siparişim nerede", "iade edebilir miyim"),
        ),
    ],
)
def test_2_joined(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "it came late and was the wrong size",
        "tell me where and when it opens",
        "i want to return shoes and a jacket",
        "paketet kom sent och var fel storlek",
        "я в городе и могу забрать заказ",
        "telefon ve kılıf ne kadar",
        "ผมอยากคืนรองเท้าและเสื้อ",
    ],
)
def test_2_one_question_with_and(text: str) -> None:
    assert split_questions(text) == (text,)


@pytest.mark.parametrize(
    "text", ["Hi! Where is my order?", "Where is my order? Thanks!", "Hello.", "Hi! Thanks."]
)
def test_3_small_talk_stays(text: str) -> None:
    assert split_questions(text) == (text,)


@pytest.mark.parametrize(
    "text", ["it cost 12.50 euros today", "ask Mr. Smith about it", "send it to Oak St. in town"]
)
def test_4_points_that_end_nothing(text: str) -> None:
    assert split_questions(text) == (text,)


def test_5_nothing_gives_nothing() -> None:
    assert split_questions("") == split_questions("  \n ") == ()


def test_5_many_pieces_are_a_story_and_stay_whole() -> None:
    text = ". ".join(["This happened to me"] * (MAX_QUESTIONS + 1))
    assert split_questions(text) == (text,)


@given(st.text(max_size=300))
def test_6_any_text(text: str) -> None:
    parts = split_questions(text)
    assert len(parts) <= MAX_QUESTIONS
    assert all(part.strip() for part in parts)
    if text.strip():
        assert parts
