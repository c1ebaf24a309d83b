"""What customers and operators said, put together."""

from __future__ import annotations

from bot.analytics.quotes import Said, quotes
from bot.analytics.rewriting import not_in


def test_texts_that_differ_in_case_and_signs_are_one_and_the_commonest_form_is_shown() -> None:
    texts = ["Where is it?", "other", "where is it", "Where is it?", " "]
    found = quotes((Said(text, f"c{number}") for number, text in enumerate(texts)), 5)
    assert [(one.text, one.times, one.conversation) for one in found] == [
        ("Where is it?", 3, "c0"),
        ("other", 1, "c1"),
    ]


def test_a_sentence_with_its_slot_filled_in_is_the_same_sentence() -> None:
    written = "Order {order_number} is on its way.\nYou can follow it there."
    sent = "Hi Bo! Order 12 is on its way. Have a nice day!"
    assert not_in(sent, written) == ("Hi Bo!", "Have a nice day!")
    assert not_in(written, sent) == ("You can follow it there.",)
