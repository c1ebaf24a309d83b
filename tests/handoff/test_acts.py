"""1. Of two operators who claim at once, in one process or two, exactly one gets the conversation.
2. A reply is said once, however often it is sent, and only by who has the conversation.
3. Release, return and close do what they say, end or reopen the handoff, and are audited.
4. Nobody acts on what another team has.
"""

import asyncio

import pytest

from bot.errors import BadRequest, Conflict, Forbidden, NotFound
from tests.conversations.house import texts
from tests.handoff.office import Office


async def test_an_operator_claims_replies_and_closes(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    conversation = await office.conversation(id)
    assert (conversation.status, conversation.operator, conversation.operator_name) == (
        "with_operator",
        anna.id,
        "Anna",
    )
    assert any("Anna" in text for text in texts(await office.messages(id)))
    await office.acts.reply(anna, id, "How can I help?", id="1")
    said = (await office.messages(id))[-1]
    assert (said.author, said.name, said.text) == ("operator", "Anna", "How can I help?")
    await office.acts.close(anna, id, " Question \n answered ")
    conversation = await office.conversation(id)
    assert (conversation.status, conversation.closed_by, conversation.close_reason) == (
        "closed",
        "operator",
        "Question answered",
    )
    handoff = await office.handoff(id)
    assert (handoff.status, handoff.result) == ("ended", "closed")
    assert await office.audited(handoff) == ["claimed", "replied", "closed"]


async def test_what_is_closed_as_spam_does_not_count(office: Office) -> None:
    anna = await office.hire("anna")
    id = await office.start()
    await office.says(id, "can I return it?")
    await office.says(id, "a person please")
    await office.acts.claim(anna, (await office.handoff(id)).id)
    await office.acts.close(anna, id, "Spam", "spam")
    conversation = await office.conversation(id)
    assert (conversation.status, conversation.excluded, conversation.is_test) == ("closed", "spam", False)
    assert [(one.outcome, one.kind) for one in conversation.sent] == [("excluded", "spam")]


@pytest.mark.parametrize("processes", [1, 2])
async def test_of_two_who_claim_at_once_one_gets_it(office: Office, processes: int) -> None:
    people = [await office.hire(login) for login in ("anna", "bo", "cleo", "dag")]
    desks = [office.acts, office.acts if processes == 1 else office.acts_of(office.new_turns())]
    for number in range(10):
        id, handoff = await office.waiting(f"visitor {number}")
        claims = [desks[index % 2].claim(person, handoff.id) for index, person in enumerate(people)]
        results = await asyncio.gather(*claims, return_exceptions=True)
        winners = [person for person, result in zip(people, results, strict=True) if result is None]
        assert len(winners) == 1
        losers = [result for result in results if result is not None]
        assert all(isinstance(result, Conflict) for result in losers)
        assert {str(result) for result in losers} == {f"{winners[0].name} was faster."}
        assert (await office.conversation(id)).operator == winners[0].id
        notices = [text for text in texts(await office.messages(id)) if winners[0].name in text]
        assert len(notices) == 1
        assert await office.audited(handoff) == ["claimed"]


async def test_claiming_ones_own_again_does_nothing(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await asyncio.gather(office.acts.claim(anna, handoff.id), office.acts.claim(anna, handoff.id))
    before = await office.messages(id)
    await office.acts.claim(anna, handoff.id)
    assert await office.messages(id) == before
    assert await office.audited(handoff) == ["claimed"]


async def test_a_customer_who_left_cannot_be_claimed(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.close(anna, id, "done")
    with pytest.raises(Conflict, match="needs nobody"):
        await office.acts.claim(anna, handoff.id)


async def test_a_reply_is_said_once_even_if_it_is_sent_again_after_closing(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    first, again = await asyncio.gather(*(office.acts.reply(anna, id, "Hello", id="x") for _ in range(2)))
    assert {first.duplicate, again.duplicate} == {True, False}
    await office.acts.close(anna, id, "done")
    late = await office.acts.reply(anna, id, "Hello", id="x")
    assert late.duplicate
    assert texts(late.messages) == ["Hello"]
    assert texts(await office.messages(id)).count("Hello") == 1


async def test_another_text_under_a_used_id_is_refused_and_not_dropped_silently(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.reply(anna, id, "Hello", id="x")
    with pytest.raises(Conflict, match="new one"):
        await office.acts.reply(anna, id, "Good evening", id="x")
    assert "Good evening" not in texts(await office.messages(id))


async def test_the_same_id_from_two_operators_is_two_replies(office: Office) -> None:
    anna, bo = await office.hire("anna"), await office.hire("bo")
    id, handoff = await office.waiting()
    for person in (anna, bo):
        await office.acts.claim(person, handoff.id)
        await office.acts.reply(person, id, f"{person.name} here", id="1")
        await office.acts.release(person, handoff.id)
    said = texts(await office.messages(id))
    assert "Anna here" in said and "Bo here" in said


async def test_only_who_has_the_conversation_may_speak(office: Office) -> None:
    anna, bo = await office.hire("anna"), await office.hire("bo")
    id, handoff = await office.waiting()
    with pytest.raises(Conflict, match="Claim"):
        await office.acts.reply(bo, id, "Hello", id="1")
    await office.acts.claim(anna, handoff.id)
    for act in (
        office.acts.reply(bo, id, "Hello", id="2"),
        office.acts.close(bo, id, "mine now"),
        office.acts.give_back(bo, id),
        office.acts.typing(bo, id),
    ):
        with pytest.raises(Conflict, match="Anna has"):
            await act
    with pytest.raises(Forbidden):
        await office.acts.release(bo, handoff.id)
    assert "Hello" not in texts(await office.messages(id))


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_nothing_cannot_be_sent(office: Office, text: str) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    with pytest.raises(BadRequest):
        await office.acts.reply(anna, id, text, id="1")


async def test_a_text_too_long_for_the_channel_is_refused_whole(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    with pytest.raises(BadRequest, match="10000"):
        await office.acts.reply(anna, id, "x" * 10_001, id="1")
    await office.acts.reply(anna, id, "x" * 10_000, id="1")


async def test_a_suggestion_that_was_sent_is_in_the_ledger(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.reply(anna, id, "Two days.", id="1", template="delivery")
    sent = await office.rows("handoffs.tried", conversation_id=id)
    assert [(row["template"], row["operator_id"], row["outcome"]) for row in sent][-1] == (
        "delivery",
        anna.id,
        "pending",
    )


async def test_released_it_waits_again_where_it_stood(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting("first")
    await office.waiting("second")
    await office.acts.claim(anna, handoff.id)
    await office.acts.release(anna, handoff.id)
    released = await office.handoff(id)
    assert (released.id, released.status, released.operator) == (handoff.id, "waiting", "")
    assert released.opened_at == handoff.opened_at
    assert (await office.conversation(id)).status == "waiting"
    with pytest.raises(Conflict):
        await office.acts.reply(anna, id, "x", id="1")


async def test_a_lead_may_take_a_conversation_from_somebody(office: Office) -> None:
    anna, lena = await office.hire("anna"), await office.hire("lena", "lead")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.release(lena, handoff.id)
    await office.acts.claim(lena, handoff.id)
    assert (await office.conversation(id)).operator == lena.id


async def test_given_back_the_bot_answers_again(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.give_back(anna, id)
    assert (await office.handoff(id)).result == "returned"
    receipt = await office.says(id, "how long is delivery?")
    assert "Two days." in texts(receipt.messages)


async def test_a_second_handoff_of_a_conversation_is_a_new_one(office: Office) -> None:
    anna = await office.hire("anna")
    id, first = await office.waiting()
    await office.acts.claim(anna, first.id)
    await office.acts.give_back(anna, id)
    await office.says(id, "a person please")
    second = await office.handoff(id)
    assert second.id != first.id
    assert second.status == "waiting"


async def test_another_teams_customers_are_as_if_they_were_not_there(office: Office) -> None:
    bill = await office.hire("bill", teams=("billing",))
    editor = await office.hire("ed", "editor")
    _, handoff = await office.waiting()
    for person in (bill, editor):
        for act in (office.acts.claim, office.acts.release, office.acts.contacted):
            with pytest.raises(NotFound):
                await act(person, handoff.id)
    with pytest.raises(NotFound):
        await office.acts.claim(await office.hire("anna"), "no such handoff")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
async def test_a_close_needs_a_reason(office: Office, reason: str) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    with pytest.raises(BadRequest):
        await office.acts.close(anna, id, reason)
