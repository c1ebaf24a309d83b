"""One judged turn as rows, in one transaction: the event, every effect in order, the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversations import store, timers
from bot.conversations.codec import encode
from bot.conversations.conversation import Conversation
from bot.conversations.desk import Desk
from bot.conversations.effects import (
    CancelTimer,
    Effect,
    EndHandoff,
    NoteContact,
    OpenHandoff,
    RecordAnswer,
    RecordClose,
    RecordOutcome,
    RunAction,
    Say,
    SetTimer,
)
from bot.conversations.engine import Step
from bot.conversations.events import ActionFinished, Event, HandoffOpened, OperatorSaid, TimerFired
from bot.conversations.knowledge import Knowledge
from bot.model import Message, Millis
from bot.storage.bus import Note
from bot.storage.database import Transaction
from bot.storage.jobs import enqueue
from bot.templates.store import append_close, append_outcome, insert_answer

Judge = Callable[[Conversation, Event, Knowledge, Millis], Step]
Within = Callable[[Transaction, Conversation], None]

# One event may open a handoff, and the desk's answer could wish for another; more than this is a mistake.
FOLLOW_UPS = 3

# Customers choose their own external ids; these beginnings belong to the system's and the operators' events.
_RESERVED = ("job:", "operator:", "customer:")


class Stale(Exception):
    """Another process was faster: the conversation has moved on since it was loaded."""


class Duplicate(Exception):
    """The customer's event with this external id was taken before."""


class Refused(Exception):
    """`within` raised `reason`."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Judged:
    """A conversation as it was loaded, and what was decided about an event: a step, or an error."""

    before: Conversation
    event: Event
    knowledge: Knowledge
    now: Millis
    step: Step | Exception


@dataclass(frozen=True, slots=True)
class Written:
    """What a turn wrote, and whom to wake once it is on disk."""

    conversation: Conversation
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]


def key_of(event: Event) -> str | None:
    """The event's external id as the UNIQUE key holds it: a customer's never looks like the system's."""
    given = event.external_id
    if given is None or isinstance(event, ActionFinished | TimerFired):
        return given
    if isinstance(event, OperatorSaid):
        return f"operator:{given}"
    return f"customer:{given}" if given.startswith(_RESERVED) else given


def write_turn(tx: Transaction, judged: Judged, desk: Desk, judge: Judge, within: Within | None) -> Written:
    """Write it all. Raises `Stale`, `Duplicate`, `Refused`, or the error that the step raised."""
    before, event = judged.before, judged.event
    if not store.claim(tx, before):
        raise Stale
    writing = _Writing(tx, judged, desk, judge)
    writing.record(event, key_of(event))
    if within is not None:
        try:
            within(tx, before)
        except Exception as error:
            raise Refused(error) from error
    if isinstance(judged.step, Exception):
        raise judged.step
    writing.take(judged.step)
    return writing.finish()


class _Writing:
    def __init__(self, tx: Transaction, judged: Judged, desk: Desk, judge: Judge) -> None:
        self._tx = tx
        self._judged = judged
        self._desk = desk
        self._judge = judge
        self._conversation = judged.before
        self._number = judged.before.last_event + 1
        self._messages: list[Message] = []
        self._topics: dict[Note, None] = {}
        self._follow_ups = 0

    def record(self, event: Event, key: str | None) -> None:
        """Store an event under the conversation's next number."""
        number = self._conversation.last_event + 1
        self._conversation = replace(self._conversation, last_event=number)
        content_hash = self._judged.knowledge.content.hash
        if not store.insert_event(
            self._tx, self._conversation, event, number=number, key=key, content_hash=content_hash
        ):
            raise Duplicate

    def take(self, step: Step) -> None:
        """Carry out a step's effects in order, and those that follow from a handoff."""
        self._conversation = self._numbered(step.conversation)
        for effect in step.effects:
            self._carry_out(effect)

    def finish(self) -> Written:
        """Write the conversation itself."""
        before, version = self._judged.before, self._judged.before.version + 1
        last_seq = before.last_seq + len(self._messages)
        after = replace(self._conversation, version=version, last_seq=last_seq)
        if not store.save(self._tx, after, version):
            raise Stale
        return Written(after, tuple(self._messages), self._notes(after))

    def _numbered(self, conversation: Conversation) -> Conversation:
        """The step's conversation, with the counters that are not the engine's."""
        now = self._conversation
        return replace(conversation, version=now.version, last_seq=now.last_seq, last_event=now.last_event)

    def _carry_out(self, effect: Effect) -> None:
        tx, conversation, now = self._tx, self._conversation, self._judged.now
        number = conversation.last_event
        match effect:
            case Say():
                self._say(effect)
            case RecordAnswer():
                insert_answer(tx, conversation, effect, now, number)
            case RecordOutcome():
                append_outcome(tx, effect, now, number)
            case RecordClose():
                append_close(tx, conversation.id, effect, now, number)
            case RunAction():
                payload = {"action": effect.action, "asked": encode(effect.asked)}
                enqueue(tx, effect.job, "action", conversation=conversation.id, payload=payload, run_at=now)
                self._wake("jobs")
            case SetTimer():
                timers.set_timer(tx, timers.Timer(conversation.id, effect.timer, effect.due_at))
                self._wake("timers")
            case CancelTimer():
                timers.cancel_timer(tx, conversation.id, effect.timer)
            case OpenHandoff():
                self._wake("queue")
                self._follow(self._desk.open(tx, conversation, effect, now))
            case NoteContact():
                self._wake("queue")
                self._desk.note_contact(tx, conversation, effect.contact)
            case EndHandoff():
                self._wake("queue")
                self._desk.end(tx, conversation, effect.result, now)

    def _say(self, effect: Say) -> None:
        message = Message(
            conversation=self._conversation.id,
            seq=self._judged.before.last_seq + len(self._messages) + 1,
            author=effect.author,
            text=effect.text,
            at=self._judged.now,
            name=effect.name,
            buttons=effect.buttons,
            kind=effect.kind,
            external_id=self._judged.event.external_id if effect.author == "customer" else None,
        )
        store.insert_message(self._tx, message, self._number)
        self._messages.append(message)

    def _follow(self, opened: HandoffOpened) -> None:
        """The desk's word is an event of its own, judged in the same transaction."""
        self._follow_ups += 1
        if self._follow_ups > FOLLOW_UPS:
            raise RuntimeError(f"conversation {self._conversation.id}: a handoff led to another, and so on")
        so_far = self._conversation
        self.record(opened, None)
        self.take(self._judge(so_far, opened, self._judged.knowledge, self._judged.now))

    def _wake(self, topic: str, about: str = "") -> None:
        self._topics[Note(topic, about)] = None

    def _notes(self, after: Conversation) -> tuple[Note, ...]:
        own = f"conversation:{after.id}"
        if self._messages:
            self._wake(own, "message")
            if after.status in {"waiting", "with_operator"}:
                self._wake("queue", "message")
        if after.status != self._judged.before.status:
            self._wake(own, "status")
            self._wake("queue", "status")
        return tuple(self._topics)
