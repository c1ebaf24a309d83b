"""Answers with the message that each was for, what the customer did next, and what they said against it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Millis, Outcome
from bot.storage.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Objection:
    """A customer's no: the event it came with, and what they added in their own words, maybe nothing."""

    event: int | None
    note: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of substance, by the bot or by an operator.

    `question` is the number of the event that asked, 0 where that is not known, and `message` its text.
    `ended_by` is the event that brought the outcome about, `next_message` what the customer said in it, and
    `handed_over_for` the intent for which that event asked for a person. Texts are known only in
    conversations in which some answer went wrong. `name` is the customer's.
    """

    id: str
    conversation: str
    template: str
    intent: str
    rule: str
    by_operator: bool
    outcome: Outcome
    sent_at: Millis
    question: int
    message: str
    ended_by: int | None
    next_message: str
    handed_over_for: str
    objections: tuple[Objection, ...]
    name: str


Thread = Sequence[Answered]


def read_threads(tx: Transaction, since: Millis, until: Millis) -> list[Thread]:
    """The answers sent from `since` up to before `until`, by conversation, all in order of sending."""
    period = {"since": since, "until": until}
    around = _Around(tx, period)
    threads: dict[str, list[Answered]] = defaultdict(list)
    for row in tx.all("review.answers", **period):
        threads[row["conversation_id"]].append(around.answered(row))
    return sorted(threads.values(), key=lambda thread: (thread[0].sent_at, thread[0].conversation))


class _Around:
    """What is known of the conversations in which an answer went wrong."""

    def __init__(self, tx: Transaction, period: Mapping[str, Millis]) -> None:
        self._texts: dict[tuple[str, int], str] = {}
        for row in tx.all("review.messages", **period):
            self._texts.setdefault((row["conversation_id"], row["event_number"]), row["text"])
        self._questions: dict[str, int] = {}
        self._names: dict[str, str] = {}
        for row in tx.all("review.conversations", **period):
            self._names[row["id"]] = row["name"]
            # Only the engine's memory tells which message an answer was for; it has the last hundred.
            for sent in json.loads(row["state_json"]).get("sent", ()):
                self._questions[sent["id"]] = sent.get("question", 0)
        self._handoffs = {
            (row["conversation_id"], row["opened_at"]): row["intent"]
            for row in tx.all("review.handoffs", **period)
        }
        self._objections: dict[str, list[Objection]] = defaultdict(list)
        for row in tx.all("review.objections", **period):
            objection = Objection(row["event_number"], row["note"], row["at"])
            self._objections[row["answer_id"]].append(objection)

    def answered(self, row: Row) -> Answered:
        id, conversation, event = row["id"], row["conversation_id"], row["event_number"]
        question = self._questions.get(id, 0)
        return Answered(
            id=id,
            conversation=conversation,
            template=row["template"],
            intent=row["intent"],
            rule=row["rule"],
            by_operator=row["operator_id"] is not None,
            outcome=row["outcome"],
            sent_at=row["sent_at"],
            question=question,
            message=self._texts.get((conversation, question), ""),
            ended_by=event,
            next_message=self._texts.get((conversation, event), "") if event is not None else "",
            # A turn writes everything with the same time.
            handed_over_for=self._handoffs.get((conversation, row["ended_at"]), ""),
            objections=tuple(self._objections.get(id, ())),
            name=self._names.get(conversation, ""),
        )
