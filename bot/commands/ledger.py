"""`frontdesk ledger`: why an answer has the outcome it has, and a person's word against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, cast

import click

from bot.commands.project import about_what_is_kept, read, write
from bot.commands.since import now
from bot.commands.wording import number
from bot.config import Config
from bot.conversations import store as conversations
from bot.conversations.conversation import Conversation
from bot.conversations.learning import rules_of
from bot.conversations.overruling import Ruling, SetAside, TakenBack, overrule, set_aside, take_back
from bot.errors import NotFound
from bot.model import Excluded, Message, Millis, Outcome
from bot.storage.database import Transaction
from bot.templates import history, store
from bot.templates.history import Answer, Closed
from bot.templates.ledger import BY_PEOPLE, IGNORED, WHOLE, settled


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation with its answers, closes and everything that was said.

    `silence` are the hours of silence of its channel in milliseconds, `at` is the present time.
    """

    conversation: Conversation
    answers: tuple[Answer, ...]
    closes: tuple[Closed, ...]
    messages: tuple[Message, ...]
    silence: Millis
    at: Millis


@click.group()
@about_what_is_kept
@click.pass_context
def command(context: click.Context, config: Config) -> None:
    """The ledger: how the outcomes of a conversation came about, and overruling them."""
    context.obj = config


@command.command()
@click.argument("conversation")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.pass_obj
def show(config: Config, conversation: str, as_json: bool) -> None:
    """Explain every answer of CONVERSATION and how its outcome came about."""
    found = read(config.storage.path, lambda tx: _find(tx, conversation, config))
    click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2) if as_json else _as_text(found))


@command.command()
@click.argument("answer")
@click.argument("outcome", type=click.Choice(BY_PEOPLE))
@click.option("--reason", required=True, help="Why, in a sentence; it is kept.")
@click.option("--by", required=True, metavar="NAME", help="Who decides; it is kept.")
@click.pass_obj
def correct(config: Config, answer: str, outcome: str, reason: str, by: str) -> None:
    """Overrule what became of ANSWER. What was there before is kept; no rule changes it any more."""
    ruling = Ruling(answer, cast(Outcome, outcome), reason, by)
    after = write(config.storage.path, lambda tx: overrule(tx, ruling, now()))
    click.echo(f"{after.id} was {after.outcomes[-2].outcome} and is now {after.outcome}")


@command.command()
@click.argument("conversation")
@click.option("--as", "kind", required=True, type=click.Choice(list(WHOLE)), help="What it is.")
@click.option("--reason", required=True, help="Why, in a sentence; it is kept.")
@click.option("--by", required=True, metavar="NAME", help="Who decides; it is kept.")
@click.pass_obj
def exclude(config: Config, conversation: str, kind: str, reason: str, by: str) -> None:
    """Exclude CONVERSATION as a whole: it is spam or a test, and none of its answers counts any more."""
    decision = SetAside(conversation, cast(Excluded, kind), reason, by)
    counted = write(config.storage.path, lambda tx: set_aside(tx, decision, now()))
    answers = number(counted, "answer that counted", "answers that counted")
    click.echo(f"{conversation} is excluded as {kind.replace('_', ' ')}; it had {answers}")


@command.command()
@click.argument("conversation")
@click.option("--reason", required=True, help="Why, in a sentence; it is kept.")
@click.option("--by", required=True, metavar="NAME", help="Who decides; it is kept.")
@click.pass_obj
def include(config: Config, conversation: str, reason: str, by: str) -> None:
    """Take back that CONVERSATION does not count; its answers are again what they were before."""
    decision = TakenBack(conversation, reason, by)
    count, unknown = write(config.storage.path, lambda tx: take_back(tx, decision, now()))
    click.echo(f"{conversation} counts again, with {number(count, 'answer')}")
    if unknown:
        more = number(unknown, "more answer")
        click.echo(f"what became of {more} nobody knows; say it with `frontdesk ledger correct`")


def _find(tx: Transaction, id: str, config: Config) -> Found:
    conversation = conversations.load(tx, id)
    if conversation is None:
        raise NotFound(f"there is no conversation {id} in this database")
    answers = store.answers_of(tx, id)
    silence = rules_of(config).silence_on(conversation.channel)
    messages = tuple(conversations.messages_after(tx, id))
    return Found(conversation, answers, store.closes_of(tx, id), messages, silence, now())


def _summary(found: Found) -> tuple[str, ...]:
    """Where the conversation stands, and whether it counts as answered."""
    one = found.conversation
    count = sum(answer.rule != IGNORED for answer in found.answers)
    begun = f"Conversation {one.id} on {one.channel}, begun {history.moment(one.opened_at)}."
    closes = [history.about_close(close) for close in found.closes]
    state = [] if one.status == "closed" else [f"It is {one.status.replace('_', ' ')}."]
    answers = f"It has {number(count, 'answer')}."
    if one.excluded:
        answers += f" {WHOLE[one.excluded]} None of this counts."
    elif not any(answer.substantive for answer in found.answers):
        answers += " None of them answers a question: it counts as unanswered."
    return begun, *closes, *state, answers


def _as_text(found: Found) -> str:
    lines = list(_summary(found))
    for answer in found.answers:
        lines += ["", f"{answer.id}, sent {history.moment(answer.sent_at)}"]
        question = history.question_of(answer, found.messages)
        lines += [f"  {line}" for line in history.about_sending(answer, question)]
        lines += [f"  {place}. {history.about_outcome(one)}" for place, one in enumerate(answer.outcomes, 1)]
        lines += [f"  {line}" for line in _result(answer, found)]
    return "\n".join(lines)


def _result(answer: Answer, found: Found) -> tuple[str, str]:
    return history.about_result(answer), history.about_time(answer, found.silence, found.at)


def _as_json(found: Found) -> dict[str, Any]:
    one = found.conversation
    names = ("id", "channel", "status", "excluded", "opened_at", "closed_at", "closed_by", "close_reason")
    counts = not one.excluded
    return {
        "conversation": {name: getattr(one, name) for name in names}
        | {"closes": [asdict(close) for close in found.closes]},
        "answered": counts and any(answer.substantive for answer in found.answers),
        "sentences": list(_summary(found)),
        "answers": [_answer_json(answer, found) for answer in found.answers],
    }


def _answer_json(answer: Answer, found: Found) -> dict[str, Any]:
    question = history.question_of(answer, found.messages)
    happened = [
        asdict(one) | {"rule": one.rule, "sentence": history.about_outcome(one)} for one in answer.outcomes
    ]
    last = answer.outcomes[-1]
    return asdict(answer) | {
        "question": question,
        "outcome": answer.outcome,
        "overruled": answer.overruled,
        "settled": settled(last.outcome, last.actor, last.at, found.silence, found.at),
        "outcomes": happened,
        "sentences": [*history.about_sending(answer, question), *_result(answer, found)],
    }
