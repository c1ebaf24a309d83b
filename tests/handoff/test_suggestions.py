"""1. What the bot would have sent comes first, then what fits the customer's last messages, tried ones last.
2. Every text is rendered with what is known; what is not known stands in brackets and is named.
3. Drafts, retired templates and greetings are not suggested; close rates are the ledger's.
"""

from dataclasses import replace

from bot.conversations.conversation import Conversation
from bot.conversations.knowledge import Knowledge
from handoff.suggestions import MOST, Rate, Situation, Suggestion, suggest
from tests.conversations.talk import SHOP, START, TableMatcher

TABLE = {
    "how long is delivery?": (("delivery", 0.9), ("order_status", 0.3)),
    "hello": (("greeting", 0.95), ("delivery", 0.04)),
    "old sale": (("old_news", 0.9), ("unwritten", 0.8)),
    "and returns?": (("returns", 0.8),),
}
KNOWLEDGE = Knowledge(SHOP, TableMatcher(TABLE))
THREAD = Conversation("c", "u", "web", "", "en", START, START)


def suggested(*said: str, **more: object) -> tuple[Suggestion, ...]:
    return suggest(KNOWLEDGE, replace(Situation(THREAD, said), **more))  # type: ignore[arg-type]


def names(*said: str, **more: object) -> list[str]:
    return [one.template for one in suggested(*said, **more)]


def test_what_fits_better_comes_first() -> None:
    assert names("how long is delivery?") == ["delivery", "order_status"]


def test_the_newest_message_counts_most() -> None:
    assert names("how long is delivery?", "and returns?") == ["returns", "delivery", "order_status"]


def test_what_the_bot_would_have_sent_comes_first_whatever_fits() -> None:
    first, second, *_ = suggested("how long is delivery?", carried="warranty")
    assert (first.template, first.carried) == ("warranty", True)
    assert (second.template, second.carried) == ("delivery", False)


def test_what_was_tried_comes_last_and_says_so() -> None:
    *_, last = suggested("how long is delivery?", tried={"delivery"})
    assert (last.template, last.tried) == ("delivery", True)


def test_retired_templates_greetings_and_intents_without_an_answer_are_left_out() -> None:
    assert names("old sale", "hello") == []


def test_known_slots_are_filled_and_unknown_ones_are_named() -> None:
    known = replace(THREAD, slots={"order_number": "A123456"})
    [order] = [one for one in suggested("how long is delivery?", conversation=known) if one.missing == ()][1:]
    assert order.text == "Order A123456 is on its way."
    order = suggested("how long is delivery?")[1]
    assert (order.text, order.missing) == ("Order [order number] is on its way.", ("order_number",))


def test_a_rate_is_the_ledgers_or_nothing() -> None:
    rate = Rate(confirmed=6, assumed=2, eligible=10)
    delivery, order = suggested("how long is delivery?", rates={"delivery": rate})
    assert (delivery.rate, order.rate) == (rate, None)


def test_a_carried_template_that_vanished_in_a_reload_is_left_out() -> None:
    assert names("and returns?", carried="no longer there") == ["returns"]


def test_there_is_a_digit_key_for_every_suggestion() -> None:
    everything = {"all": tuple((intent, 0.5) for intent in SHOP.intents)}
    knowledge = Knowledge(SHOP, TableMatcher(everything))
    assert 5 < len(suggest(knowledge, Situation(THREAD, ["all"]))) <= MOST
