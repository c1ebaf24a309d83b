"""Invented histories of conversations: every one is another one and one more event.

The engine is pure and a conversation immutable, so a history that has been played is the beginning of others.
Growing a tree at random costs one step for each history, however long it is: most have ten to thirty events.
The books are kept as the store keeps them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.effects import Effect, OpenHandoff, RecordAnswer, RecordClose, RecordOutcome, SetTimer
from bot.conversations.engine import step
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    ConversationExcluded,
    CustomerLeft,
    CustomerMerged,
    CustomerSaid,
    Event,
    HandoffOpened,
    IdentityGiven,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.conversations.knowledge import Knowledge, Rules
from bot.errors import Conflict
from bot.model import Excluded, Exclusion, Match, Outcome
from bot.templates import ledger
from bot.templates.evidence import Tally
from tests.conversations.talk import HOUR, MEANINGS, SHOP, START, TableMatcher

DAY = 24 * HOUR
# So many conversations are open to be continued; the older a history, the longer it gets.
OPEN = 6_000
SMALL_TALK = ("thank you", "hello there!", "thanks a lot!")


@dataclass(frozen=True, slots=True)
class Overruled:
    """A person decides about the answer at this place."""

    place: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SetAside:
    """A person excludes the whole conversation."""

    excluded: Excluded


Happening = Event | Overruled | SetAside


def said(text: str) -> CustomerSaid:
    return CustomerSaid(at=0, text=text)


def pressed(payload: str) -> ButtonPressed:
    return ButtonPressed(at=0, payload=payload, title=payload)


BY: dict[str, Any] = {"at": 0, "operator": "o1", "name": "Bo"}
# How often something is tried, for each thing that may happen; what cannot be now is left out.
HAPPENINGS: tuple[tuple[int, tuple[Happening, ...]], ...] = (
    (20, tuple(said(text) for text in MEANINGS)),
    (18, tuple(said(text) for text in ("can I return it?", "how long is delivery?", "is there a warranty"))),
    (5, tuple(said(text) for text in ("small", "A123456", "yes", "no", "🙂", "", "both", "it was fine"))),
    (3, (said("can I return it? how long is delivery?"), said("I want my money? add a gift note"))),
    (4, tuple(said(text) for text in SMALL_TALK)),
    (10, tuple(pressed(payload) for payload in ("/yes", "/no"))),
    (4, tuple(pressed(payload) for payload in ("/none", "/human", "/bot", "/value small", "/intent stock"))),
    (2, (pressed("/restart"), said("start over"))),
    (6, (CustomerLeft(at=0),)),
    (2, (CustomerMerged(at=0),)),
    (12, (TimerFired(at=0, timer="silence"),)),
    (
        6,
        (ActionFinished(at=0, job="", slots={"status": "here"}), ActionFinished(at=0, job="", failed="slow")),
    ),
    (1, (IdentityGiven(at=0, slots={"name": "Ana"}),)),
    (16, (OperatorJoined(**BY), OperatorJoined(at=0, operator="o2", name="Cy"))),
    (8, (OperatorSaid(**BY, text="Hello."), OperatorSaid(**BY, text="Two days.", template="delivery"))),
    (
        5,
        (
            OperatorSaid(**BY, text="Two years.", template="warranty"),
            OperatorSaid(**BY, text="Two years, yes.", template="warranty", edited=True),
        ),
    ),
    (2, (OperatorReleased(at=0, operator="o1"),)),
    (3, (OperatorReturned(**BY),)),
    (3, (OperatorClosed(**BY, reason="solved"),)),
    (1, (OperatorClosed(**BY, reason="Spam", excluded="spam"),)),
    (1, (ConversationExcluded(at=0, excluded="operator_test"), SetAside("spam"), SetAside("test"))),
    (3, tuple(Overruled(place, outcome) for place in range(3) for outcome in ledger.BY_PEOPLE)),
)
LATER = (1, 1, 1, 1, HOUR, HOUR, 25 * HOUR, 80 * HOUR, 8 * DAY)


class QuickMatcher(TableMatcher):
    """The shop's matcher, which looks everything up only once."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Match] = {}

    def match(self, text: str, language: str) -> Match:
        if text not in self._found:
            self._found[text] = super().match(text, language)
        return self._found[text]


KNOWLEDGE = Knowledge(SHOP, QuickMatcher(), settings=Rules(return_within=30 * DAY))
Rows = Mapping[str, tuple[RecordOutcome, ...]]


@dataclass(frozen=True, slots=True)
class History:
    """A conversation, the ledger's rows about it, and how it came to it.

    `closed` is when it first closed after each answer, by the closes that were written down.
    """

    conversation: Conversation
    now: int = START
    silence_at: int = START + DAY
    answers: tuple[RecordAnswer, ...] = ()
    outcomes: Rows | None = None
    closed: Mapping[str, int] | None = None
    before: History | None = None
    happened: Happening | None = None

    @property
    def rows(self) -> Rows:
        return self.outcomes or {}

    @property
    def answered(self) -> bool:
        return any(one.substantive for one in self.answers)

    def __str__(self) -> str:
        told, one = [], self
        while one.before is not None:
            told.append(f"{(one.now - one.before.now) / HOUR:.1f} h later: {one.happened}")
            one = one.before
        rows = [f"{id}: {[(row.outcome, row.cause) for row in rows]}" for id, rows in self.rows.items()]
        return "\n".join([str(one.conversation), *reversed(told), *rows])


def beginnings(chance: random.Random) -> Iterator[History]:
    """Conversations in which nothing has been said yet."""
    for number in range(200):
        channel = chance.choice(["web", "web", "telegram"])
        language = chance.choice(["en", "en", "sv"])
        excluded: Excluded = "test" if number % 20 == 0 else ""
        yield History(
            Conversation(f"c{number}", "customer", channel, "", language, START, START, excluded=excluded)
        )


def grow(seed: int, how_many: int) -> Iterator[History]:
    """So many different histories, each with the ledger's rows."""
    chance = random.Random(seed)
    weights, things = zip(*HAPPENINGS, strict=True)
    still_open = list(beginnings(chance))
    grown = 0
    while grown < how_many:
        place = chance.randrange(len(still_open))
        (kind,) = chance.choices(things, weights)
        grew = after(still_open[place], chance.choice(kind), chance)
        if grew is None:
            continue
        grown += 1
        if len(still_open) < OPEN:
            still_open.append(grew)
        else:
            still_open[place] = grew
        yield grew


def after(history: History, happened: Happening, chance: random.Random) -> History | None:
    """The history with one more thing that happens; None for what cannot happen now."""
    now = history.now + chance.choice(LATER)
    if isinstance(happened, TimerFired) and chance.random() < 0.8:
        now = max(now, history.silence_at)
    if isinstance(happened, Overruled | SetAside):
        return _by_hand(history, happened, now)
    pending = history.conversation.pending
    if isinstance(happened, ActionFinished) and isinstance(pending, RunningAction):
        happened = replace(happened, job=pending.job)
    try:
        done = step(history.conversation, happened, KNOWLEDGE, now)
    except Conflict:
        return None
    conversation, effects = _numbered(done.conversation), done.effects
    if effects and isinstance(effects[-1], OpenHandoff):
        opened = HandoffOpened(at=now, handoff="h", position=1, nobody=chance.random() < 0.2)
        done = step(conversation, opened, KNOWLEDGE, now)
        conversation, effects = _numbered(done.conversation), (*effects, *done.effects)
    return _booked(history, happened, conversation, effects, now)


def _numbered(conversation: Conversation) -> Conversation:
    return replace(conversation, last_event=conversation.last_event + 1)


def _by_hand(history: History, happened: Overruled | SetAside, now: int) -> History | None:
    """What `frontdesk ledger correct` and `exclude` write, and refuse."""
    conversation = history.conversation
    if conversation.excluded:
        return None
    if isinstance(happened, SetAside):
        outcomes = ledger.set_aside(conversation.sent, happened.excluded, "person:Ana")
        conversation = replace(conversation, excluded=happened.excluded)
    else:
        counted = [one for one in conversation.sent if one.substantive]
        if happened.place >= len(counted) or counted[happened.place].outcome == happened.outcome:
            return None
        outcomes = (ledger.overruled(counted[happened.place].id, happened.outcome, "Why.", "Ana"),)
    conversation = replace(conversation, sent=ledger.apply(conversation.sent, outcomes))
    return _booked(history, happened, conversation, outcomes, now)


def _booked(
    history: History, happened: Happening, conversation: Conversation, effects: tuple[Effect, ...], now: int
) -> History:
    answers, outcomes, closed = history.answers, dict(history.rows), dict(history.closed or {})
    silence_at = history.silence_at
    for effect in effects:
        if isinstance(effect, RecordAnswer):
            assert effect.id not in outcomes, "an answer is written once"
            answers = (*answers, effect)
            outcomes[effect.id] = (RecordOutcome(effect.id, "pending", "sent"),)
        elif isinstance(effect, RecordOutcome):
            outcomes[effect.answer] = (*outcomes[effect.answer], effect)
        elif isinstance(effect, RecordClose):
            closed.update({id: now for id in outcomes if id not in closed})
        elif isinstance(effect, SetTimer):
            silence_at = effect.due_at
    return History(conversation, now, silence_at, answers, outcomes, closed, history, happened)


@dataclass(slots=True)
class Sums:
    """What adds up over many histories: conversations, and their answers by template and outcome.

    `kinds` are those of every answer that is excluded, `seen` what happened last in each history.
    """

    answered: int = 0
    unanswered: int = 0
    excluded: Counter[Excluded] = field(default_factory=Counter)
    longest: int = 0
    events: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Exclusion] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)

    def add(self, history: History) -> None:
        """Count one more conversation."""
        events = history.conversation.last_event
        self.longest, self.events = max(self.longest, events), self.events + events
        self.seen[type(history.happened).__name__] += 1
        if history.conversation.excluded:
            self.excluded[history.conversation.excluded] += 1
        elif history.answered:
            self.answered += 1
        else:
            self.unanswered += 1
        for answer in history.answers:
            last = history.rows[answer.id][-1]
            if last.kind:
                self.kinds[last.kind] += 1
            if answer.operator is None and not history.conversation.excluded:
                self.outcomes[answer.template, last.outcome] += 1

    def tallies(self) -> dict[str, Tally]:
        """The same as tallies of templates."""
        counts: dict[str, dict[Outcome, int]] = {}
        for (template, outcome), count in self.outcomes.items():
            counts.setdefault(template, {})[outcome] = count
        return {template: Tally(found) for template, found in counts.items()}
