"""The weekly review of real conversations.

1. Templates stand in the order of what there is to gain: answers that did not close, suggestions passed over.
2. Each has what was missing, what was asked next, and the messages it was no answer to, with what was meant.
3. Intents compete when they are offered for the same message, or one is taken for the other.
4. What operators added, left out and wrote instead is told apart.
5. Nothing personal is shown, and nothing of test conversations and other times.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.analytics.figures import DAY
from bot.analytics.review import Review, TemplateReview, review
from bot.content.snapshot import Content
from bot.conversations.events import (
    ButtonPressed,
    CustomerLeft,
    OperatorClosed,
    OperatorJoined,
    OperatorSaid,
)
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.storage.database import Transaction
from tests.conversations.house import House
from tests.conversations.talk import SHOP, START, TEMPLATES, shop


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3")
    await house.open()
    yield house
    await house.close()


async def of(house: House, content: Content = SHOP, since: int = 0) -> Review:
    return await house.database.read(lambda tx: review(tx, content, since, house.now + 1))


async def about(house: House, template: str) -> TemplateReview:
    reviewed = await of(house)
    return next(one for one in reviewed.templates if one.template == template)


async def talks(house: House, *texts: str, visitor: str = "") -> str:
    """A customer says all this; what begins with a slash is a button."""
    id = await house.start(visitor or f"visitor {house.now}")
    for text in texts:
        payload, _, title = text.partition("|")
        if title:
            await house.turns.take(id, ButtonPressed(at=0, payload=payload, title=title))
        else:
            await house.says(id, text)
    return id


async def operator_sends(house: House, id: str, template: str, text: str, edited: bool = False) -> None:
    await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
    said = OperatorSaid(at=0, operator="o1", name="Ana", text=text, template=template, edited=edited)
    await house.turns.take(id, said)
    await house.turns.take(id, OperatorClosed(at=0, operator="o1", name="Ana", reason="solved"))


async def test_what_has_most_to_gain_comes_first(house: House) -> None:
    for _ in range(2):
        await house.turns.take(await talks(house, "how long is delivery?"), CustomerLeft(at=0))
    await talks(house, "how long is delivery?", "/no|No")
    await talks(house, "can I return it?", "/no|No")
    await talks(house, "can I return it?", "how long is delivery?", "/yes|Yes")
    reviewed = await of(house)
    assert [(one.template, one.gain) for one in reviewed.templates] == [("returns", 2), ("delivery", 1)]
    assert (reviewed.funnel.wrote, reviewed.funnel.closed, reviewed.funnel.not_closed) == (5, 3, 2)


async def test_the_last_note_of_each_customer_is_shown_and_equal_ones_are_counted(house: House) -> None:
    for note in ("The PRICE!", "the price", "too long"):
        await talks(house, "can I return it?", "/no|No", note)
    notes = (await about(house, "returns")).notes
    assert [(one.text, one.times) for one in notes] == [("the price", 2), ("too long", 1)]


async def test_the_questions_that_followed_are_counted_by_what_they_were_understood_as(house: House) -> None:
    await talks(house, "can I return it?", "how long is delivery?")
    await talks(house, "can I return it?", "thank you", "how long is delivery?")
    await talks(house, "can I return it?", "is there a warranty")
    await talks(house, "can I return it?", "where is my order", "A123456")
    followed = (await about(house, "returns")).followed
    assert [(one.intent, one.times, one.examples[0].text) for one in followed] == [
        ("delivery", 2, "how long is delivery?"),
        ("warranty", 1, "is there a warranty"),
        ("", 1, "where is my order"),
    ]


async def test_a_message_is_caught_wrongly_when_the_customer_says_no(house: House) -> None:
    await talks(house, "can I return it?", "/no|No")
    await talks(house, "Can I return it", "/yes|Yes")
    (caught,) = (await about(house, "returns")).caught
    assert (caught.text, caught.times, caught.signs, caught.meant) == ("can I return it?", 1, {"no": 1}, {})
    assert caught.rules == {"examples": 1}


async def test_who_says_no_and_then_what_they_want_names_what_was_meant(house: House) -> None:
    await talks(house, "can I return it?", "/no|No", "how long is delivery?")
    (caught,) = (await about(house, "returns")).caught
    assert (caught.signs, caught.meant) == ({"meant": 1}, {"delivery": 1})


async def test_what_an_operator_sends_after_the_bot_shows_what_was_meant(house: House) -> None:
    id = await talks(house, "can I return it?", "a person please")
    await operator_sends(house, id, "warranty", "Two years.")
    (caught,) = (await about(house, "returns")).caught
    assert (caught.text, caught.signs, caught.meant) == ("can I return it?", {"operator": 1}, {"warranty": 1})


async def test_the_same_template_from_an_operator_is_no_mistake_of_matching(house: House) -> None:
    id = await talks(house, "can I return it?", "a person please")
    await operator_sends(house, id, "returns", "Thirty days, friend.")
    assert (await about(house, "returns")).caught == ()


async def test_who_picks_another_option_shows_that_the_likeliest_was_wrong(house: House) -> None:
    for _ in range(2):
        await talks(house, "maybe", "/intent refund|Refunds")
    await talks(house, "maybe", "/intent returns|Return something")
    await talks(house, "maybe", "/none|None of these")
    caught = (await about(house, "returns")).caught
    assert [(one.text, one.times, one.signs, one.meant) for one in caught] == [
        ("maybe", 2, {"picked": 2}, {"refund": 2})
    ]
    pairs = {(one.one, one.other): one for one in (await of(house)).pairs}
    both = pairs["refund", "returns"]
    assert (both.offered, both.picked_one, both.picked_other, both.took_other) == (4, 2, 1, 0)
    assert both.examples == ("maybe",)
    assert pairs.keys() == {("refund", "returns"), ("delivery", "refund"), ("delivery", "returns")}


async def test_an_intent_that_is_taken_for_another_competes_with_it(house: House) -> None:
    for _ in range(2):
        await talks(house, "can I return it?", "/no|No", "how long is delivery?")
    (pair,) = (await of(house)).pairs
    assert (pair.one, pair.other, pair.offered, pair.took_one, pair.took_other) == (
        "delivery",
        "returns",
        0,
        0,
        2,
    )


async def test_the_message_of_an_answer_is_the_question_and_not_the_slot_value(house: House) -> None:
    await talks(house, "is it in stock", "small", "blue", "/no|No")
    (caught,) = (await about(house, "stock")).caught
    assert caught.text == "is it in stock"


async def test_what_operators_make_of_a_suggestion_is_told_apart(house: House) -> None:
    for number, (text, template, edited) in enumerate(
        [
            ("Two years.", "warranty", False),
            ("Hello! Two years.", "warranty", True),
            ("Ana here. Keep the receipt.", "", False),
        ]
    ):
        id = await talks(house, "is there a warranty", visitor=f"customer {number}")
        await operator_sends(house, id, template, text, edited)
    found = await about(house, "warranty")
    use = found.figures.operators
    assert (use.as_suggested, use.edited, use.ignored, found.gain) == (1, 1, 1, 1)
    assert [one.text for one in found.added] == ["Hello!"]
    assert found.left_out == ()
    assert [one.text for one in found.instead] == ["[name] here. Keep the receipt."]


async def test_what_an_operator_writes_when_the_answer_was_not_enough_is_shown(house: House) -> None:
    id = await talks(house, "can I return it?", "a person please")
    await operator_sends(house, id, "", "Boots that were worn we mend instead.")
    quick = await talks(house, "can I return it?", "a person please", visitor="quick")
    await operator_sends(house, quick, "returns", "Thirty days, friend.")
    afterwards = (await about(house, "returns")).afterwards
    assert [one.text for one in afterwards] == ["Boots that were worn we mend instead."]


async def test_a_template_whose_question_stops_customers_says_which(house: House) -> None:
    for texts in (["is it in stock"], ["is it in stock", "small"], ["is it in stock", "small", "blue"]):
        await house.turns.take(await talks(house, *texts), CustomerLeft(at=0))
    await talks(house, "is it in stock")
    await house.turns.take(await talks(house, "add a gift note"), CustomerLeft(at=0))
    stock, gift = await about(house, "stock"), await about(house, "gift")
    assert {one.slot: one.times for one in stock.unfinished} == {"size": 1, "colour": 1}
    assert [(one.slot, one.times) for one in gift.unfinished] == [("note", 1)]
    assert (stock.figures.bot.sent, gift.figures.bot.sent, gift.gain) == (1, 0, 0)


async def test_nothing_personal_is_shown(house: House) -> None:
    def begin(tx: Transaction) -> str:
        customer = find_or_make_customer(tx, "web", "", "bo", house.now, name="Bo Ek")
        return open_conversation(tx, customer, "web", "", "en", house.clock()).id

    id = await house.database.write(begin)
    await house.says(id, "can I return it?")
    await house.turns.take(id, ButtonPressed(at=0, payload="/no", title="No"))
    await house.says(id, "Ek here, me@shop.example, order A123456")
    found = repr(await of(house))
    assert "[name] here, [email], order [code]" in found
    assert "me@shop.example" not in found and "A123456" not in found and "Ek" not in found


async def test_tests_and_other_times_are_left_out(house: House) -> None:
    def begin(tx: Transaction) -> str:
        customer = find_or_make_customer(tx, "web", "", "tester", house.now)
        return open_conversation(tx, customer, "web", "", "en", house.clock(), excluded="test").id

    test = await house.database.write(begin)
    await house.says(test, "can I return it?")
    await house.turns.take(test, ButtonPressed(at=0, payload="/no", title="No"))
    await house.says(test, "maybe")
    old = await talks(house, "can I return it?", "/no|No", "the price")
    await house.turns.take(old, CustomerLeft(at=0))
    house.now += 10 * DAY
    await house.turns.take(await talks(house, "can I return it?"), CustomerLeft(at=0))
    reviewed = await of(house, since=house.now - DAY)
    (one,) = reviewed.templates
    assert (one.gain, one.notes, one.caught, reviewed.pairs) == (0, (), (), ())
    assert [week.figures.sent for week in one.history.weeks if week.figures.sent] == [1, 1]
    assert reviewed.funnel.tests == 0
    assert reviewed.first_day is not None and START < reviewed.first_day < START + DAY


async def test_templates_that_nobody_needs_and_overdue_ones_are_named(house: House) -> None:
    dated = TEMPLATES.replace("delivery: {answers: delivery,", "delivery: {answers: delivery, owner: Bo,")
    dated = dated.replace("refund: {answers: refund,", "refund: {answers: refund, review_by: 2027-01-15,")
    dated = dated.replace("gift: {answers: gift,", "gift: {answers: gift, review_by: 2027-05-01,")
    content = shop(templates=dated)
    await talks(house, "how long is delivery?")
    await talks(house, "i want my money")
    early = await of(house, content)
    # Retired ones, small talk and what leads to a person are no question's answer.
    assert [one.template for one in early.unneeded] == [
        "gift",
        "order_status",
        "returns",
        "stock",
        "warranty",
    ]
    assert early.overdue == ("refund",)
    assert {one.template: one.overdue for one in early.templates} == {"delivery": False, "refund": True}
    house.now += 61 * DAY
    await talks(house, "i want my money")
    late = (await of(house, content)).unneeded[-1]
    assert (late.template, late.owner, late.mode) == ("delivery", "Bo", "auto")
    assert late.last_sent is not None and late.last_sent < house.now - 60 * DAY


async def test_a_template_that_the_content_has_no_more_is_told_so(house: House) -> None:
    await talks(house, "how long is delivery?", "/no|No")
    without = shop(
        templates=TEMPLATES.replace("  delivery: {answers: delivery, text: {en: Two days.}}\n", "")
    )
    (one,) = (await of(house, without)).templates
    assert (one.template, one.known, one.intent, one.owner, one.gain) == ("delivery", False, "", "", 1)
