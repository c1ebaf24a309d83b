"""`frontdesk ledger`: why an answer has the outcome it has, and a person's word against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import click

from bot.commands.project import about_a_database, read, write
from bot.commands.since import now
from bot.conversations import store as conversations
from bot.conversations.conversation import Conversation
from bot.conversations.overruling import Ruling, overrule
from bot.errors import NotFound
from bot.model import Message, Outcome
from bot.storage.database import Transaction
from bot.templates import history, store
from bot.templates.history import Answer
from bot.templates.ledger import BY_PEOPLE


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation with its answers and everything that was said."""

    conversation: Conversation
    answers: tuple[Answer, ...]
    messages: tuple[Message, ...]


@click.group()
@about_a_database
@click.pass_context
def command(context: click.Context, database: Path) -> None:
    """The ledger: how the outcomes of a conversation came about, and overruling them."""
    context.obj = database


@command.command()
@click.argument("conversation")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.pass_obj
def show(database: Path, conversation: str, as_json: bool) -> None:
    """Explain every answer of CONVERSATION and how its outcome came about."""
    found = read(database, lambda tx: _find(tx, conversation))
    click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2) if as_json else _as_text(found))


@command.command()
@click.argument("answer")
@click.argument("outcome", type=click.Choice(BY_PEOPLE))
@click.option("--reason", required=True, help="Why, in a sentence; it is kept.")
@click.option("--by", required=True, metavar="NAME", help="Who decides; it is kept.")
@click.pass_obj
def correct(database: Path, answer: str, outcome: str, reason: str, by: str) -> None:
    """Overrule what became of ANSWER. What was there before is kept; no rule changes it any more."""
    ruling = Ruling(answer, cast(Outcome, outcome), reason, by)
    after = write(database, lambda tx: overrule(tx, ruling, now()))
    click.echo(f"{after.id} was {after.outcomes[-2].outcome} and is now {after.outcome}")


def _find(tx: Transaction, id: str) -> Found:
    conversation = conversations.load(tx, id)
    if conversation is None:
        raise NotFound(f"there is no conversation {id} in this database")
    answers = store.answers_of(tx, id)
    return Found(conversation, answers, tuple(conversations.messages_after(tx, id)))


def _summary(found: Found) -> tuple[str, ...]:
    """Where the conversation stands, and whether it counts as answered."""
    one, count = found.conversation, len(found.answers)
    test = ", a test" if one.is_test else ""
    begun = f"Conversation {one.id} on {one.channel}{test}, begun {history.moment(one.opened_at)}."
    state = f"It is {one.status.replace('_', ' ')}."
    if one.status == "closed" and one.closed_at is not None:
        why = f": {one.close_reason}" if one.close_reason not in ("", one.closed_by) else ""
        state = f"It was closed {history.moment(one.closed_at)} by {one.closed_by}{why}."
    answers = f"It has {count} answer{'' if count == 1 else 's'}."
    if not any(answer.substantive for answer in found.answers):
        answers += " None of them answers a question: it counts as unanswered."
    return begun, state, answers


def _as_text(found: Found) -> str:
    lines = list(_summary(found))
    for answer in found.answers:
        lines += ["", f"{answer.id}, sent {history.moment(answer.sent_at)}"]
        question = history.question_of(answer, found.messages)
        lines += [f"  {line}" for line in history.about_sending(answer, question)]
        lines += [f"  {place}. {history.about_outcome(one)}" for place, one in enumerate(answer.outcomes, 1)]
        lines += [f"  {history.about_result(answer)}"]
    return "\n".join(lines)


def _as_json(found: Found) -> dict[str, Any]:
    one = found.conversation
    names = ("id", "channel", "status", "is_test", "opened_at", "closed_at", "closed_by", "close_reason")
    return {
        "conversation": {name: getattr(one, name) for name in names},
        "answered": any(answer.substantive for answer in found.answers),
        "sentences": list(_summary(found)),
        "answers": [_answer_json(answer, found.messages) for answer in found.answers],
    }


def _answer_json(answer: Answer, messages: tuple[Message, ...]) -> dict[str, Any]:
    question = history.question_of(answer, messages)
    happened = [
        asdict(one) | {"rule": one.rule, "sentence": history.about_outcome(one)} for one in answer.outcomes
    ]
    sentences = [*history.about_sending(answer, question), history.about_result(answer)]
    return asdict(answer) | {
        "question": question,
        "outcome": answer.outcome,
        "overruled": answer.overruled,
        "outcomes": happened,
        "sentences": sentences,
    }
