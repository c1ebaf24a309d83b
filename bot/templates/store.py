"""The ledger's rows: answers and revisions are written once, outcomes are appended, reports are read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

from bot.model import ChannelName, Millis, Outcome
from bot.storage.database import Transaction
from bot.templates.evidence import Tally
from bot.templates.ledger import RecordAnswer, RecordOutcome


class Thread(Protocol):
    """What the ledger notes of a conversation."""

    @property
    def id(self) -> str:
        """The conversation's id."""

    @property
    def channel(self) -> ChannelName:
        """The channel it runs on."""


def insert_answer(tx: Transaction, conversation: Thread, answer: RecordAnswer, now: Millis) -> None:
    """Write an answer, its revision if it is new, and its first outcome, `pending`."""
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
    append_outcome(tx, RecordOutcome(answer.id, "pending", "The answer was sent."), now)


def append_outcome(tx: Transaction, outcome: RecordOutcome, now: Millis) -> None:
    """Append an outcome to an answer; it is the one that counts from now on."""
    tx.run(
        "ledger.append_outcome",
        answer_id=outcome.answer,
        outcome=outcome.outcome,
        cause=outcome.cause,
        actor=outcome.actor,
        note=outcome.note,
        at=now,
    )


def tallies(tx: Transaction, since: Millis, until: Millis) -> dict[str, Tally]:
    """How many answers of each template, sent from `since` up to before `until`, have which outcome now.

    Answers in test conversations and those of operators are left out: they say nothing about the bot alone.
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
