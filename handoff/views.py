"""What the console shows, as JSON: the queue, and one conversation with everything that was said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.accounts.operators import Operator
from bot.conversations.conversation import Conversation
from bot.conversations.knowledge import Knowledge
from bot.conversations.store import load
from bot.errors import NotFound
from bot.model import Millis
from bot.storage.database import Row, Transaction
from handoff import store
from handoff.queue import Waiting, positions
from handoff.store import Handoff, of_row
from handoff.suggestions import Rate, Situation, Suggestion, suggest

Json = dict[str, Any]

_CONTACT_DAYS = 14  # for how long a customer who left an address is listed
_DAY: Millis = 24 * 3_600_000
_PREVIEW = 160  # characters of the last message


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that is stored about one conversation and matters to the operator."""

    conversation: Conversation
    handoff: Handoff
    position: int
    customer: Row
    transcript: Sequence[Row]
    tried: Sequence[Row]


def queue(tx: Transaction, operator: Operator, now: Millis) -> Json:
    """Who waits, whom the operator and colleagues talk to, and who left an address, in their teams."""
    rows = [row for row in tx.all("handoffs.listed") if operator.sees(row["team"])]
    places = positions(
        Waiting(row["id"], row["team"], row["priority"], row["opened_at"])
        for row in rows
        if row["status"] == "waiting"
    )
    entries = [_entry(row, places.get(row["id"], 0), now) for row in rows]
    since = now - _CONTACT_DAYS * _DAY
    to_contact = [row for row in tx.all("handoffs.to_contact", since=since) if operator.sees(row["team"])]
    mine, claimed = operator.id, [entry for entry in entries if entry["status"] == "claimed"]
    return {
        "now": now,
        "waiting": [entry for entry in entries if entry["status"] == "waiting"],
        "mine": [entry for entry in claimed if entry["operator"]["id"] == mine],
        "others": [entry for entry in claimed if entry["operator"]["id"] != mine],
        "to_contact": [_entry(row, 0, now) for row in to_contact],
    }


def thread(tx: Transaction, operator: Operator, conversation_id: str) -> Thread:
    """Read one conversation. Raises `NotFound` if it was never handed to a team of the operator's."""
    conversation = load(tx, conversation_id)
    handoff = store.open_of(tx, conversation_id) or store.newest_of(tx, conversation_id)
    if conversation is None or handoff is None or not operator.sees(handoff.team):
        raise NotFound("There is no such conversation in your teams.")
    place = 0
    if handoff.status == "waiting":
        waiting = Waiting(handoff.id, handoff.team, handoff.priority, handoff.opened_at)
        place = store.position(tx, waiting)
    return Thread(
        conversation,
        handoff,
        place,
        tx.one("handoffs.customer", conversation_id=conversation_id) or {},
        tx.all("handoffs.transcript", conversation_id=conversation_id),
        tx.all("handoffs.tried", conversation_id=conversation_id),
    )


async def thread_json(
    found: Thread, operator: Operator, knowledge: Knowledge, rates: Mapping[str, Rate], now: Millis
) -> Json:
    """The conversation as the console shows it, suggestions and all."""
    conversation, handoff = found.conversation, found.handoff
    suggestions: Sequence[Suggestion] = ()
    if handoff.status != "ended":
        said = [row["text"] for row in found.transcript if row["author"] == "customer"]
        tried = {row["template"] for row in found.tried}
        situation = Situation(conversation, said, handoff.suggestion, tried, rates)
        # Matching takes milliseconds of computing; others are served meanwhile.
        suggestions = await asyncio.to_thread(suggest, knowledge, situation)
    return {
        "now": now,
        "id": conversation.id,
        "status": conversation.status,
        "language": conversation.language,
        "channel": conversation.channel,
        "opened_at": conversation.opened_at,
        "closed_by": conversation.closed_by,
        "close_reason": conversation.close_reason,
        "mine": handoff.status == "claimed" and handoff.operator == operator.id,
        "handoff": _handoff(handoff, found.position),
        "customer": _customer(found.customer),
        "slots": [{"name": name, "value": value} for name, value in sorted(conversation.slots.items())],
        "messages": [_message(row) for row in found.transcript],
        "tried": [_tried(row, knowledge, conversation) for row in found.tried],
        "suggestions": [asdict(suggestion) for suggestion in suggestions],
    }


def _entry(row: Row, position: int, now: Millis) -> Json:
    last = row["last_text"]
    return {
        **_handoff(of_row(row), position),
        "conversation": row["conversation_id"],
        "overdue": row["status"] == "waiting" and now >= row["deadline_at"],
        "channel": row["channel"],
        "language": row["language"],
        "customer": row["customer_name"],
        "unanswered": row["last_author"] == "customer",
        "last": None
        if last is None
        else {"author": row["last_author"], "text": last[:_PREVIEW], "at": row["last_at"]},
    }


def _handoff(handoff: Handoff, position: int) -> Json:
    return {
        "handoff": handoff.id,
        "status": handoff.status,
        "position": position,
        "reason": handoff.reason,
        "team": handoff.team,
        "priority": handoff.priority,
        "contact": handoff.contact,
        "since": handoff.opened_at,
        "deadline_at": handoff.deadline_at,
        "result": handoff.result,
        "operator": {"id": handoff.operator, "name": handoff.operator_name} if handoff.operator else None,
    }


def _customer(row: Row) -> Json:
    return {
        "name": row.get("name", ""),
        "email": row.get("email", ""),
        "proven": bool(row.get("proven")),
        "since": row.get("created_at"),
    }


def _message(row: Row) -> Json:
    return {
        "seq": row["seq"],
        "author": row["author"],
        "name": row["name"],
        "text": row["text"],
        "kind": row["kind"],
        "buttons": [button.get("title", "") for button in json.loads(row["buttons_json"])],
        "at": row["at"],
    }


def _tried(row: Row, knowledge: Knowledge, conversation: Conversation) -> Json:
    template = knowledge.content.templates.get(row["template"])
    title = knowledge.content.title(row["intent"], conversation.language) if template else row["template"]
    return {
        "template": row["template"],
        "title": title,
        "variant": row["variant"],
        "text": row["sent_text"] or "",
        "confidence": row["confidence"],
        "outcome": row["outcome"] or "pending",
        "cause": row["cause"] or "",
        "by_operator": row["operator_id"] is not None,
        "at": row["sent_at"],
    }
