"""The ledger's rows: answers and revisions are written once, outcomes are appended, reports are read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

from bot.model import ChannelName, Correction, Millis, Outcome
from bot.storage.database import Row, Transaction
from bot.templates.evidence import Tally
from bot.templates.history import Answer, Closed, Happened
from bot.templates.ledger import IGNORED, PERSON, RecordAnswer, RecordClose, RecordOutcome

# These columns are fields of an answer as they stand.
_SAME = (
    "id",
    "template",
    "revision",
    "variant",
    "mode",
    "channel",
    "language",
    "intent",
    "rule",
    "confidence",
    "sent_at",
)

_HAPPENED = ("outcome", "cause", "actor", "note", "at", "kind", "event_kind")


class Thread(Protocol):
    """What the ledger notes of a conversation."""

    @property
    def id(self) -> str:
        """The conversation's id."""

    @property
    def channel(self) -> ChannelName:
        """The channel it runs on."""


def insert_answer(
    tx: Transaction, conversation: Thread, answer: RecordAnswer, now: Millis, event: int | None = None
) -> None:
    """Write an answer, its revision if it is new, and its first outcome, `pending`.

    `event` is the number of the conversation's event that led to it.
    """
    tx.run(
        "ledger.insert_revision",
        hash=answer.revision,
        template=answer.template,
        variant=answer.variant,
        channel=conversation.channel,
        language=answer.language,
        text=answer.revision_text,
        first_sent_at=now,
    )
    tx.run(
        "ledger.insert_answer",
        id=answer.id,
        conversation_id=conversation.id,
        number=answer.number,
        template=answer.template,
        revision=answer.revision,
        variant=answer.variant,
        mode=answer.mode,
        channel=conversation.channel,
        language=answer.language,
        intent=answer.intent,
        rule=answer.rule,
        confidence=answer.confidence,
        corrections_json=json.dumps([asdict(one) for one in answer.corrections], ensure_ascii=False),
        substantive=int(answer.substantive),
        operator_id=answer.operator,
        sent_at=now,
    )
    cause = "The suggestion was not sent." if answer.rule == IGNORED else "The answer was sent."
    append_outcome(tx, RecordOutcome(answer.id, "pending", cause), now, event)


def append_outcome(tx: Transaction, outcome: RecordOutcome, now: Millis, event: int | None = None) -> None:
    """Append an outcome to an answer; it is the one that counts from now on.

    `event` is the number of the event that caused it, also where a person let it count again; None where a
    person overruled it by hand.
    """
    tx.run(
        "ledger.append_outcome",
        answer_id=outcome.answer,
        outcome=outcome.outcome,
        cause=outcome.cause,
        actor=outcome.actor,
        note=outcome.note,
        kind=outcome.kind,
        event_number=event,
        at=now,
    )


def append_close(tx: Transaction, conversation: str, close: RecordClose, now: Millis, event: int) -> None:
    """Write down that the conversation closed, through the event with this number."""
    tx.run(
        "ledger.append_close",
        conversation_id=conversation,
        event_number=event,
        cause=close.cause,
        actor=close.actor,
        reason=close.reason,
        at=now,
    )


def answer(tx: Transaction, id: str) -> Answer | None:
    """The answer with this id and all that became of it, or None."""
    row = tx.one("ledger.answer", id=id)
    return _answer(tx, row) if row else None


def answers_of(tx: Transaction, conversation: str) -> tuple[Answer, ...]:
    """Every answer of a conversation with all that became of it, in the order of sending."""
    return tuple(_answer(tx, row) for row in tx.all("ledger.answers_of", conversation_id=conversation))


def _answer(tx: Transaction, row: Row) -> Answer:
    outcomes = tuple(
        Happened(**{name: one[name] for name in _HAPPENED}, event=one["event_number"])
        for one in tx.all("ledger.outcomes", answer_id=row["id"])
    )
    closed = (one.at for one in closes_of(tx, row["conversation_id"]) if one.at >= row["sent_at"])
    corrections = tuple(Correction(**one) for one in json.loads(row["corrections_json"]))
    return Answer(
        **{name: row[name] for name in _SAME},
        conversation=row["conversation_id"],
        operator=row["operator_id"] or "",
        substantive=bool(row["substantive"]),
        corrections=corrections,
        outcomes=outcomes,
        closed_at=next(closed, None),
    )


def closes_of(tx: Transaction, conversation: str) -> tuple[Closed, ...]:
    """Every close of a conversation, the first one first."""
    return tuple(
        Closed(row["cause"], row["actor"], row["reason"], row["at"], row["event_number"])
        for row in tx.all("ledger.closes", conversation_id=conversation)
    )


def counting(tx: Transaction, conversation: str) -> tuple[str, ...]:
    """The ids of a conversation's answers that are not excluded, in the order of sending."""
    return tuple(row["id"] for row in tx.all("ledger.counting", conversation_id=conversation))


def excluded(tx: Transaction, since: Millis, until: Millis) -> dict[str, dict[str, int]]:
    """Why how many answers of that time do not count: by kind, and then by template, the most first."""
    counts: dict[str, dict[str, int]] = {}
    for row in tx.all("ledger.excluded_answers", since=since, until=until):
        counts.setdefault(row["kind"], {})[row["template"]] = row["answers"]
    return counts


def excluded_conversations(tx: Transaction, since: Millis, until: Millis) -> dict[str, int]:
    """How many whole conversations of that time do not count, by kind."""
    rows = tx.all("ledger.excluded_conversations", since=since, until=until)
    return {row["excluded"]: row["conversations"] for row in rows}


def overruled(tx: Transaction, since: Millis, until: Millis) -> int:
    """How many of the answers that `tallies` counts have an outcome that a person has set."""
    row = tx.one("ledger.overruled", since=since, until=until, person=f"{PERSON}%")
    return int(row["answers"]) if row else 0


def tallies(tx: Transaction, since: Millis, until: Millis) -> dict[str, Tally]:
    """How many answers of each template, sent from `since` up to before `until`, have which outcome now.

    Answers of operators are left out, and those of conversations that are spam or a test: they say nothing
    about the bot alone.
    """
    counts: dict[str, dict[Outcome, int]] = {}
    for row in tx.all("ledger.tallies", since=since, until=until):
        counts.setdefault(row["template"], {})[row["outcome"]] = row["answers"]
    return {template: Tally(outcomes) for template, outcomes in counts.items()}


def modes(tx: Transaction, since: Millis, until: Millis) -> dict[str, str]:
    """The mode of each template's newest answer in that time."""
    return {row["template"]: row["mode"] for row in tx.all("ledger.modes", since=since, until=until)}


def conversations(tx: Transaction, since: Millis, until: Millis) -> tuple[int, int]:
    """How many conversations in which a customer wrote began in that time, and how many got no answer."""
    row = tx.one("ledger.unanswered", since=since, until=until)
    return (int(row["conversations"]), int(row["unanswered"] or 0)) if row else (0, 0)
