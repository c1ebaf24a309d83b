"""The answer that operators' replies have in common.

1. Sentences that at least half of the replies have stay, in the words of the reply nearest to the others.
2. Greetings, closings and what only some add go; so does what is said to all kinds of questions.
3. Personal data is masked, and a sentence with some goes where others stay; the shop's own address stays.
4. One reply is taken as it is, without its greeting. Without a reply there is no answer.
5. Where operators disagree, the agreement shows it.
6. The order of the replies does not matter.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analytics.replies import CommonAnswer, Reply, common_answer, said_elsewhere, shown

RENT = (
    "Hello! We rent out tents in our stores. A weekend costs 300 SEK.",
    "Hi Anna, we rent out tents in all our stores. A weekend costs 300 SEK. Have a nice day!",
    "We do rent out tents in our stores. A weekend costs 300 SEK. Bring an identity card.",
    "Thanks for waiting. Yes, we rent out tents in our stores. The weekend costs 300 SEK.",
)


def answer(*texts: str, names: tuple[str, ...] = (), elsewhere: frozenset[str] = frozenset()) -> CommonAnswer:
    found = common_answer([Reply((text,), names) for text in texts], "en", elsewhere)
    assert found is not None
    return found


def test_1_and_2_what_they_share() -> None:
    found = answer(*RENT)
    assert found.text.endswith("A weekend costs 300 SEK.")
    assert "rent out tents in" in found.text
    for some in ("Hello", "Anna", "nice day", "identity", "waiting"):
        assert some not in found.text
    assert (found.replies, found.agreement) == (4, 1.0)


@pytest.mark.parametrize(
    ("language", "replies", "shared"),
    [
        ("sv", ("Hej! Vi hyr ut tält i butiken.", "Vi hyr ut tält i butiken. Ha det bra!"),
         "Vi hyr ut tält i butiken."),
        ("ru", ("Здравствуйте! Мы сдаём палатки в аренду.", "Мы сдаём палатки в аренду. До свидания!"),
         "Мы сдаём палатки в аренду."),
    ],
)  # fmt: skip
def test_1_other_languages(language: str, replies: tuple[str, ...], shared: str) -> None:
    found = common_answer([Reply((text,)) for text in replies], language)
    assert found is not None
    assert found.text == shared


def test_1_replies_in_several_messages() -> None:
    replies = [Reply(("Hello!", "We rent out tents.")), Reply(("We rent out tents.", "Good bye!"))]
    found = common_answer(replies, "en")
    assert found == CommonAnswer("We rent out tents.", 1.0, 2)


def test_2_what_is_said_to_everything() -> None:
    questions = ["Dogs are welcome.", "We rent out tents.", "The course is in May.", "It is open until six."]
    by_question = [
        [Reply((f"{text} Anything else?",)), Reply((f"Anything else? {text}",))] for text in questions
    ]
    elsewhere = said_elsewhere(by_question)
    assert elsewhere == {"anything else"}
    assert answer("Dogs are welcome. Anything else?", elsewhere=elsewhere).text == "Dogs are welcome."
    assert common_answer([Reply(("Anything else?",))], "en", elsewhere) is None


def test_3_personal_data() -> None:
    found = answer(
        "Dear Anna, your order A100001 is late. Orders leave within two days.",
        "Orders leave within two days. Your order A100002 is late.",
        names=("Anna", "Ingrid"),
    )
    assert found.text == "Orders leave within two days."
    assert (
        answer("Anna, ring 070-123 45 67 about A100001.", names=("Anna",)).text
        == "[name], ring [phone] about [code]."
    )


def test_3_what_everybody_is_given() -> None:
    texts = [f"Write to rental@shop.example about it. Your number is 1000{n}77." for n in range(4)]
    assert answer(*texts).text == "Write to rental@shop.example about it."


def test_4_one_reply_and_none() -> None:
    assert answer("Hello there! We rent out tents.").text == "We rent out tents."
    assert common_answer([], "en") is None
    assert common_answer([Reply(("", " "))], "en") is None


def test_5_disagreement() -> None:
    found = answer("We rent out tents.", "No idea, sorry to say.", "Please ring the store in the morning.")
    assert found.agreement == pytest.approx(0.33)
    assert answer(*RENT).agreement > found.agreement


@given(st.permutations(RENT))
def test_6_any_order(texts: list[str]) -> None:
    assert answer(*texts) == answer(*RENT)


def test_the_commonest_are_shown_first() -> None:
    replies = [Reply(("Yes, Anna.",), ("Anna",)), Reply(("No.",)), Reply(("No.",)), Reply(())]
    assert shown(replies) == ("No.", "Yes, [name].")
