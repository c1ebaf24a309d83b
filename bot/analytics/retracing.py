"""One recorded conversation, step by step, with each message of the customer judged by two contents. Pure.

The conversation goes the way that the first content (`before`) leads it. At each message the second content
(`after`) judges the same situation, and what it makes of it is compared and dropped: one difference does not
make every later message different. What people, timers and actions did is taken as it was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.analytics.reactions import Reaction, reaction, said
from bot.analytics.recorded import RecordedConversation
from bot.analytics.wordings import Wordings
from bot.conversations.conversation import Conversation, RunningAction, SlotQuestion
from bot.conversations.effects import RecordAnswer
from bot.conversations.engine import Step, step
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    CustomerSaid,
    Event,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
)
from bot.conversations.knowledge import Knowledge
from bot.conversations.rescue import keep, rescue
from bot.errors import Conflict
from bot.model import Millis, Outcome, Status

# Where a conversation must have been for an operator to do this.
_WHERE: Mapping[type[Event], tuple[Status, ...]] = {
    OperatorJoined: ("waiting",),
    OperatorSaid: ("with_operator",),
    OperatorReleased: ("with_operator",),
    OperatorReturned: ("with_operator", "waiting"),
    OperatorClosed: ("with_operator", "waiting", "with_bot"),
}


# An answer was sent this soon after the event that it was sent for, even by a busy bot.
SAME_MOMENT: Millis = 120_000


@dataclass(frozen=True, slots=True)
class Compared:
    """A message, what each content makes of it, and what the bot says to it. `names`: who wrote it, if known.

    `reworded`: the same templates, but the customer reads something else. `outcomes` are what became of the
    answers to this message as they were recorded.
    """

    number: int
    at: Millis
    text: str
    names: tuple[str, ...]
    before: Reaction
    after: Reaction
    before_said: str
    after_said: str
    reworded: bool
    outcomes: tuple[Outcome, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the edit makes a difference to this message."""
        return self.before != self.after or self.reworded


@dataclass(frozen=True, slots=True)
class Retraced:
    """A conversation: its messages that both contents judged, and how many were not judged.

    `with_people`: while a person had the conversation, or was waited for. `moot`: replies to what the edited
    content never asks. `as_recorded`: `before` sends the templates that were sent at the time. `failed`
    counts steps at which the engine broke.
    """

    compared: tuple[Compared, ...]
    with_people: int
    moot: int
    as_recorded: bool
    failed: int = 0


def retrace(
    recorded: RecordedConversation,
    before: Knowledge,
    after: Knowledge,
    wordings: Wordings,
    since: Millis = 0,
) -> Retraced:
    """Run a conversation. Messages written before `since` only lead to the situation of the later ones."""
    return _Retracing(recorded, before, after, wordings).run(since)


class _Retracing:
    def __init__(
        self, recorded: RecordedConversation, before: Knowledge, after: Knowledge, wordings: Wordings
    ) -> None:
        self._recorded = recorded
        self._before = before
        self._after = after
        self._wordings = wordings
        self._compared: list[Compared] = []
        self._with_people = 0
        self._moot = 0
        self._failed = 0
        self._unsent = list(recorded.answers)
        self._unwritten = 0
        self._outcomes: dict[int, list[Outcome]] = {}

    def run(self, since: Millis) -> Retraced:
        events = [self._recorded.event(place) for place in range(len(self._recorded.events))]
        finished = {event.job: number for number, event in events if isinstance(event, ActionFinished)}
        conversation = _blank(self._recorded)
        for number, event in events:
            conversation = _as_it_was(replace(conversation, last_event=number - 1), event, finished)
            done = self._step(conversation, event, self._before)
            if isinstance(event, CustomerSaid | ButtonPressed) and event.at >= since:
                self._judge(conversation, event, done)
            self._note_answers(number, event.at, done)
            conversation = replace(done.conversation, last_event=number)
        compared = tuple(
            replace(one, outcomes=tuple(self._outcomes.get(one.number, ()))) for one in self._compared
        )
        as_recorded = not self._unsent and not self._unwritten
        return Retraced(compared, self._with_people, self._moot, as_recorded, self._failed)

    def _judge(self, conversation: Conversation, event: CustomerSaid | ButtonPressed, done: Step) -> None:
        if conversation.status in ("waiting", "with_operator"):
            self._with_people += 1
            return
        if _moot(conversation, event, self._after):
            self._moot += 1
            return
        other = self._step(self._wordings.as_edited(conversation), event, self._after)
        first = reaction(conversation, done.conversation, done.effects)
        second = reaction(conversation, other.conversation, other.effects)
        first_said, second_said = " ".join(said(done.effects)), " ".join(said(other.effects))
        reworded = first == second and first.kind in ("answer", "reply", "talk") and first_said != second_said
        if first == second and first.kind == "answer" and not reworded:
            # What is asked first may be the same, and the answer that comes after it another.
            texts = self._wordings.differing(first.templates, conversation.channel, conversation.language)
            reworded = texts is not None
            first_said, second_said = texts or (first_said, second_said)
        self._compared.append(
            Compared(
                number=conversation.last_event + 1,
                at=event.at,
                text=event.text if isinstance(event, CustomerSaid) else event.title or event.payload,
                names=tuple(filter(None, (conversation.slots.get("name"),))),
                before=first,
                after=second,
                before_said=first_said,
                after_said=second_said,
                reworded=reworded,
            )
        )

    def _step(self, conversation: Conversation, event: Event, knowledge: Knowledge) -> Step:
        """The engine's step; what it cannot judge is taken as the bot takes it."""
        try:
            return step(conversation, event, knowledge, event.at)
        except Conflict:
            return keep(conversation, event, event.at)
        except Exception:
            self._failed += 1
            return rescue(conversation, event, event.at)

    def _note_answers(self, number: int, at: Millis, done: Step) -> None:
        """What `before` sends at this event, and, where it was sent at the time, what became of it."""
        questions = {one.id: one.question for one in done.conversation.sent}
        for effect in done.effects:
            if not isinstance(effect, RecordAnswer) or effect.operator is not None:
                continue
            same = (
                one
                for one in self._unsent
                if one.template == effect.template and abs(one.at - at) <= SAME_MOMENT
            )
            written = next(same, None)
            if written is None:
                self._unwritten += 1
            else:
                self._unsent.remove(written)
                self._outcomes.setdefault(questions.get(effect.id, number), []).append(written.outcome)


def _blank(recorded: RecordedConversation) -> Conversation:
    return Conversation(
        id=recorded.id,
        customer=recorded.customer,
        channel=recorded.channel,
        account=recorded.account,
        language=recorded.language,
        opened_at=recorded.opened_at,
        updated_at=recorded.opened_at,
    )


def _as_it_was(conversation: Conversation, event: Event, finished: Mapping[str, int]) -> Conversation:
    """The situation in which the event was recorded, where the way through `before` has led elsewhere."""
    where = _WHERE.get(type(event))
    if where is not None and conversation.status not in where:
        return replace(
            conversation, status=where[0], pending=None, paused=None, waiting_questions=(), rephrased=False
        )
    waiting = conversation.pending
    # An action that was never run at the time has no result to wait for.
    if isinstance(waiting, RunningAction) and finished.get(waiting.job, 0) <= conversation.last_event:
        return replace(conversation, pending=None, waiting_questions=())
    return conversation


def _moot(conversation: Conversation, event: CustomerSaid | ButtonPressed, after: Knowledge) -> bool:
    """Whether this is a reply to something that `after` never asks or offers."""
    if isinstance(event, ButtonPressed) and event.payload.startswith("/intent "):
        return event.payload.removeprefix("/intent ").strip() not in after.content.intents
    waiting = conversation.pending
    if not isinstance(waiting, SlotQuestion):
        return False
    template = after.content.templates.get(waiting.asked.template)
    return template is None or all(one.slot != waiting.slot for one in template.ask)
