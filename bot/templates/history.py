"""What the ledger knows about an answer, and how it says so in plain sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model import CloseCause, Correction, Exclusion, Language, Message, Millis, Mode, Outcome
from bot.templates.ledger import IGNORED, PERSON, REVERSIBLE, rule_of, settled

_QUOTED = 120
_BY = {
    "keywords": "a keyword rule",
    "pattern": "a token pattern",
    "regex": "a regular expression",
    "examples": "its examples",
    "button": "a button",
    "correction": "what the customer put right",
}
_MEANS: dict[Outcome, str] = {
    "pending": "nobody knows yet whether it helped",
    "confirmed": "it helped",
    "assumed": "the customer was silent afterwards",
    "follow_up": "it raised another question",
    "not_helped": "it did not help",
    "handed_off": "a person was needed after it",
    "reopened": "the customer came back with the same question",
    "abandoned": "the customer left in the middle",
    "excluded": "it does not count",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One outcome that was appended to an answer, and the conversation's event that caused it, if one did."""

    outcome: Outcome
    cause: str
    actor: str
    note: str
    at: Millis
    kind: Exclusion = ""
    event: int | None = None
    event_kind: str = ""

    @property
    def rule(self) -> int:
        """The number of the rule in docs/ledger.md by which it came about."""
        return rule_of(self.outcome, self.cause, self.actor, self.kind)


@dataclass(frozen=True, slots=True)
class Closed:
    """One close of a conversation: why, through whom, and an operator's own words."""

    cause: CloseCause
    actor: str
    reason: str
    at: Millis
    event: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The ledger's row of one answer, and everything that became of it, oldest first.

    `closed_at` is the first close that followed it, if one did.
    """

    id: str
    conversation: str
    template: str
    revision: str
    variant: str
    mode: Mode
    channel: str
    language: Language
    intent: str
    rule: str
    confidence: float
    corrections: tuple[Correction, ...]
    substantive: bool
    operator: str
    sent_at: Millis
    outcomes: tuple[Happened, ...]
    closed_at: Millis | None = None

    @property
    def outcome(self) -> Outcome:
        """The outcome that counts: the last one."""
        return self.outcomes[-1].outcome

    @property
    def overruled(self) -> bool:
        """Whether a person has set the outcome."""
        return any(one.actor.startswith(PERSON) for one in self.outcomes)


def moment(at: Millis) -> str:
    """A time as people read it, to the second."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"


def quoted(text: str) -> str:
    """A text on one line, cut short where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _QUOTED else line[: _QUOTED - 1] + '…'}”"


def question_of(answer: Answer, messages: Sequence[Message]) -> str:
    """What the customer had written last when the answer was sent, or empty."""
    said = [one.text for one in messages if one.author == "customer" and one.at <= answer.sent_at]
    return said[-1] if said else ""


def about_sending(answer: Answer, question: str) -> tuple[str, ...]:
    """Who sent which revision of what, and why it was taken for the right answer."""
    who = f"Operator {answer.operator}" if answer.operator else "The bot"
    did = "passed over" if answer.rule == IGNORED else "sent"
    after = f" after the customer wrote {quoted(question)}" if question else ""
    variant = f"variant {answer.variant}" if answer.variant else "plain text"
    where = f"on {answer.channel}, in {answer.language}, mode {answer.mode}"
    return (
        f"{who} {did} the template {answer.template}{after}.",
        f"Revision {answer.revision}, {variant}, {where}.",
        _matched(answer),
        *(f"It read {quoted(one.original)} as {quoted(one.corrected)}." for one in answer.corrections),
    )


def _matched(answer: Answer) -> str:
    if answer.rule == "operator":
        return f"It was sent as suggested, for the intent {answer.intent}."
    if answer.rule == "operator_edited":
        return f"The suggestion was edited before it was sent, for the intent {answer.intent}."
    if answer.rule == IGNORED:
        return f"It was suggested for the intent {answer.intent}, and the customer never saw it."
    sure = f"{answer.confidence:.0%}".replace("%", " %")
    by = _BY.get(answer.rule, answer.rule)
    return f"The message was taken for the intent {answer.intent} by {by}, {sure} sure."


def who(actor: str) -> str:
    """Who or what caused an outcome or a close."""
    if actor.startswith(PERSON):
        return f"{actor.removeprefix(PERSON)}, by hand"
    if actor.startswith("operator:"):
        return f"operator {actor.removeprefix('operator:')}"
    return {"": "the bot", "customer": "the customer"}.get(actor, actor)


def about_outcome(happened: Happened) -> str:
    """When and by which event an outcome came about, by which rule, through whom, and why."""
    note = f" The customer added: {quoted(happened.note)}" if happened.note else ""
    when, by = moment(happened.at) + _event(happened), who(happened.actor)
    what = f"{happened.outcome} ({happened.kind.replace('_', ' ')})" if happened.kind else happened.outcome
    return f"{when}: {what} by rule {happened.rule}, through {by}. {happened.cause}{note}"


def _event(happened: Happened) -> str:
    if happened.event is None:
        return ""
    return f", event {happened.event} ({happened.event_kind.replace('_', ' ')})"


_CLOSED: dict[CloseCause, str] = {
    "confirmed": "the customer had confirmed the answer and said nothing more",
    "silence": "the customer was silent",
    "operator": "an operator closed it",
    "customer_left": "the customer ended the chat",
    "time_limit": "nobody wrote any more while people had it",
    "merged": "the customer signed in, and went on in another conversation",
}


def about_close(closed: Closed) -> str:
    """When a conversation closed, through whom, and why."""
    event = "" if closed.event is None else f", event {closed.event}"
    reason = f" Reason given: {closed.reason.rstrip('.')}." if closed.reason else ""
    why = f"{closed.cause}, through {who(closed.actor)}: {_CLOSED[closed.cause]}"
    return f"It was closed {moment(closed.at)}{event}: {why}.{reason}"


def about_time(answer: Answer, silence: Millis, now: Millis) -> str:
    """Rule 9: until when what counts is provisional, and from when on it is frozen.

    `silence` are the hours of silence of the answer's channel in milliseconds.
    """
    last = answer.outcomes[-1]
    if last.outcome == "pending":
        return "It is provisional until something becomes of it."
    if answer.closed_at is not None and now >= answer.closed_at + REVERSIBLE:
        return f"It is frozen since {moment(answer.closed_at + REVERSIBLE)}: only a person changes it."
    if not settled(last.outcome, last.actor, last.at, silence, now):
        return f"It is provisional until {moment(last.at + silence)}."
    if answer.overruled or last.outcome == "excluded":
        return "It is settled: only a person changes it."
    if answer.closed_at is None:
        return "It is settled, and may change until seven days after the conversation closes."
    return f"It is settled, and may change until {moment(answer.closed_at + REVERSIBLE)}."


def about_result(answer: Answer) -> str:
    """What counts now."""
    by_hand = ", which a person decided" if answer.overruled else ""
    return f"What counts is {answer.outcome}: {_MEANS[answer.outcome]}{by_hand}."
