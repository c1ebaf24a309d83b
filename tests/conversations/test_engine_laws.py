"""Laws that hold whatever customers, operators, actions and timers do, in any order.

1. Events of customers, timers and actions are always taken; an operator's act may be refused, and then
   changes nothing.
2. Every answer has exactly one outcome, and the engine remembers the ledger's (`Talk` compares them).
3. The status moves only along the table (`Talk` checks every step).
4. With the bot, no message stays without a reply, unless an action is still running.
5. The same step twice gives the same.
6. An outcome that is settled stays settled, but for the ledger's rules 3, 6, 7 and 11.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.effects import Say
from bot.conversations.engine import step
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    ConversationExcluded,
    CustomerLeft,
    CustomerSaid,
    Event,
    IdentityGiven,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.errors import Conflict
from bot.model import Outcome
from tests.conversations.talk import HOUR, MEANINGS, Talk

SENTENCES = sorted(MEANINGS)
TYPED = [
    *SENTENCES,
    "yes",
    "no",
    "small",
    "A123456",
    "none of these",
    "forget it",
    "both",
    "and A123457?",
    "no, A123458",
    "",
    "🙂",
    "me@shop.example",
]
PAYLOADS = [
    "/yes",
    "/no",
    "/none",
    "/human",
    "/bot",
    "/restart",
    "/value small",
    "/value ?",
    "/intent stock",
    "/intent ?",
    "/intent",
]
BY_OPERATORS = OperatorJoined | OperatorSaid | OperatorReleased | OperatorReturned | OperatorClosed

said = st.sampled_from(TYPED) | st.tuples(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES)).map(
    "? ".join
)
events: st.SearchStrategy[Event] = st.one_of(
    said.map(lambda text: CustomerSaid(at=0, text=text)),
    st.text(max_size=30).map(lambda text: CustomerSaid(at=0, text=text)),
    st.sampled_from(PAYLOADS).map(lambda payload: ButtonPressed(at=0, payload=payload, title=payload)),
    st.builds(
        ActionFinished,
        at=st.just(0),
        job=st.just("now"),
        slots=st.sampled_from([{}, {"status": "here"}, {"order_number": None}]),
        says=st.sampled_from([(), ("Just a moment ago.",)]),
        failed=st.sampled_from(["", "", "it is slow"]),
    ),
    st.sampled_from(
        [
            CustomerLeft(at=0),
            TimerFired(at=0, timer="silence"),
            IdentityGiven(at=0, slots={"name": "Ana", "size": "huge"}),
            OperatorJoined(at=0, operator="o1", name="Bo"),
            OperatorSaid(at=0, operator="o1", name="Bo", text="Two years.", template="warranty"),
            OperatorSaid(at=0, operator="o1", name="Bo", text="Hello."),
            OperatorReleased(at=0, operator="o1"),
            OperatorReturned(at=0, operator="o1", name="Bo"),
            OperatorClosed(at=0, operator="o1", name="Bo", reason="solved"),
            OperatorClosed(at=0, operator="o1", name="Bo", reason="Spam", excluded="spam"),
            ConversationExcluded(at=0, excluded="operator_test"),
        ]
    ),
)
talks = st.builds(
    Talk,
    position=st.sampled_from([0, 1, 7]),
    nobody=st.booleans(),
    opens=st.sampled_from(["", "Monday 9:00"]),
    take_contact=st.booleans(),
    language=st.sampled_from(["en", "sv", "th"]),
)
SETTLED: dict[Outcome, set[Outcome]] = {
    "confirmed": {"confirmed", "reopened"},
    "not_helped": {"not_helped"},
    "handed_off": {"handed_off", "abandoned"},
    "excluded": {"excluded"},
    "reopened": {"reopened"},
}


def for_now(talk: Talk, event: Event) -> Event:
    """Action results are for the action that runs, if one does."""
    pending = talk.conversation.pending
    if isinstance(event, ActionFinished) and isinstance(pending, RunningAction):
        return ActionFinished(at=0, job=pending.job, slots=event.slots, says=event.says, failed=event.failed)
    return event


def replied(talk: Talk) -> bool:
    return any(one.author != "customer" and one.text.strip() for one in talk.all(Say))


@settings(max_examples=400, deadline=None)
@given(
    talk=talks, happened=st.lists(st.tuples(events, st.sampled_from([1, 1, HOUR, 25 * HOUR])), max_size=25)
)
def test_the_laws(talk: Talk, happened: list[tuple[Event, int]]) -> None:
    for drawn, later in happened:
        before, talk.now = talk.conversation, talk.now + later
        event = for_now(talk, drawn)
        try:
            again = step(before, event, talk.knowledge, talk.now + 1)
            talk.take(event)
        except Conflict:
            assert isinstance(event, BY_OPERATORS)
            assert talk.conversation == before
            continue
        assert again.effects == talk.effects[: len(again.effects)]
        check(talk, event, before)


def check(talk: Talk, event: Event, before: Conversation) -> None:
    after = talk.conversation
    spoke = isinstance(event, CustomerSaid | ButtonPressed)
    if spoke and after.status == "with_bot":
        assert replied(talk) or isinstance(after.pending, RunningAction)
    if spoke:
        assert isinstance(talk.effects[0], Say) and talk.effects[0].author == "customer"
    if after.status != "with_bot":
        assert after.paused is None and not after.waiting_questions
    for old, new in zip(before.sent, after.sent, strict=False):
        assert new.id == old.id
        assert new.outcome in ({"excluded"} if after.excluded else SETTLED.get(old.outcome, {new.outcome}))
    if after.status == "closed":
        assert all(answer.outcome != "pending" for answer in after.sent)
