"""From a question that was surely understood to its answer: mode, slots, action, text, ledger."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.templates import Template
from bot.conversations import slots
from bot.conversations.conversation import Asked, RunningAction
from bot.conversations.effects import RecordAnswer, RunAction
from bot.conversations.handing_over import (
    EMERGENCY,
    NORMAL,
    WANTS_A_PERSON,
    hand_over,
    no_answer_to,
)
from bot.conversations.turn import Turn
from bot.templates import ledger
from bot.templates.render import Revision, render, revision, said_hash
from bot.templates.standings import standing_of, variant_for


@dataclass(frozen=True, slots=True)
class Shown:
    """A template as one customer sees it: variant, revision, text with slots filled in, and holes in it."""

    template: Template
    variant: str
    revision: Revision
    text: str
    missing: tuple[str, ...]


_PRIORITIES = {"emergency": EMERGENCY, "human": WANTS_A_PERSON}


def begin(turn: Turn, asked: Asked) -> None:
    """Start answering: what may be sent is prepared, everything else goes to a person."""
    turn.change(rephrased=False, pending=None)
    choice = turn.choice(asked.intent)
    if choice is None or choice.template.substantive:
        _note_new_question(turn, asked)
    if choice is None:
        turn.phrase("no_answer_yet")
        hand_over(turn, no_answer_to(asked.intent), asked=asked)
    elif not choice.answers:
        name = choice.template.name
        hand_over(turn, f"{name} may only be suggested", suggestion=name, asked=asked)
    else:
        slots.fill_from_message(turn, asked, choice.template)
        keep_others(turn, asked, choice.template, asked.text)
        advance(turn, asked, choice.template)


def keep_others(turn: Turn, asked: Asked, template: Template, text: str) -> None:
    """The same question for the further values of a message ("A100001 and A100002"), after the first."""
    again = slots.again_for(turn, asked, template, text)
    turn.change(waiting_questions=(*again, *turn.conversation.waiting_questions))


def _note_new_question(turn: Turn, asked: Asked) -> None:
    """Rules 2 and 7 of the ledger: earlier answers raised another question; a closed topic may be back."""
    sent, closed_with = turn.conversation.sent, turn.conversation.closed_with
    again = ledger.came_up_again(sent, closed_with, asked.intent)
    turn.outcomes(again)
    if again:
        turn.change(closed_with="")
    others = tuple(answer for answer in turn.conversation.sent if answer.intent != asked.intent)
    turn.outcomes(ledger.asked_something_else(others, asked.question))


def advance(turn: Turn, asked: Asked, template: Template, tries: int = 0) -> None:
    """Ask for the next slot, or run the action, or answer."""
    choice = turn.choice(asked.intent)
    if choice is None or not choice.answers:
        begin(turn, asked)  # it was taken back while the customer looked for the value
        return
    question = slots.next_question(turn, template)
    if question is not None:
        slots.ask(turn, asked, question)
    elif template.action is not None:
        _run(turn, asked, template, template.action, tries)
    else:
        give(turn, asked, template)


def _run(turn: Turn, asked: Asked, template: Template, action: str, tries: int) -> None:
    """Start the action, without what an earlier run of it has filled."""
    stale = set(template.fills) - {question.slot for question in template.ask}
    kept = {name: value for name, value in turn.conversation.slots.items() if name not in stale}
    started = sum(isinstance(effect, RunAction) for effect in turn.effects)
    job = f"{turn.conversation.id}.a{turn.number}.{started + 1}"
    turn.note(RunAction(job, action, asked))
    turn.change(slots=kept, pending=RunningAction(asked, job, tries))


def prepare(turn: Turn, template: Template) -> Shown:
    """The template as this customer would see it now."""
    standing = standing_of(template, turn.knowledge.standings)
    variant = variant_for(template, standing, turn.language, turn.conversation.id)
    default = turn.knowledge.content.default_language
    written = revision(template, variant, turn.conversation.channel, turn.language, default)
    rendered = render(written.text, turn.conversation.slots)
    return Shown(template, variant.name, written, rendered.text, rendered.missing)


def give(turn: Turn, asked: Asked, template: Template) -> None:
    """Say the answer, unless it has a hole or is the one the customer has just had without success."""
    shown = prepare(turn, template)
    if shown.missing:
        turn.phrase("no_answer_yet")
        hand_over(turn, f"the answer lacks {', '.join(shown.missing)}", asked=asked)
        return
    if template.substantive and _had_it_already(turn, shown):
        turn.phrase("same_answer")
        hand_over(turn, "the same answer came up twice in a row", asked=asked)
        return
    turn.say(shown.text, shown.revision.buttons)
    tip = render(shown.revision.tip, turn.conversation.slots)
    if not tip.missing:
        turn.say(tip.text, kind="tip")
    answer = record(turn, asked, shown)
    if template.handoff is not None:
        _hand_over_after(turn, asked, template)
    elif template.survey and template.substantive and turn.knowledge.settings.survey:
        turn.surveyable = answer


def _hand_over_after(turn: Turn, asked: Asked, template: Template) -> None:
    intent = turn.knowledge.content.intents.get(asked.intent)
    role = intent.role if intent else None
    reason = f"{template.name} leads to a person" if role is None else role_reason(role)
    priority = _PRIORITIES.get(role or "", NORMAL)
    hand_over(turn, reason, priority=priority, team=template.handoff or "", asked=asked)


def role_reason(role: str) -> str:
    """Why an intent with this role needs a person, for operators to read."""
    return {"human": "the customer asked for a person", "emergency": "it may be an emergency"}.get(role, role)


def _had_it_already(turn: Turn, shown: Shown) -> bool:
    """Whether the newest substantive answer was this very text, and it has not closed anything since."""
    newest = next((answer for answer in reversed(turn.conversation.sent) if answer.substantive), None)
    return (
        newest is not None
        and newest.revision == shown.revision.hash
        and newest.said in ("", said_hash(shown.text))
        and newest.outcome in ("pending", "follow_up", "not_helped")
    )


def record(turn: Turn, asked: Asked, shown: Shown, operator: str | None = None) -> str:
    """Write the ledger's row for an answer just said, and return its id."""
    template = shown.template
    # What an operator sends says nothing about what the customer asked.
    if template.substantive and operator is None:
        turn.outcomes(ledger.asked_something_else(turn.conversation.sent, asked.question))
    number = ledger.next_number(turn.conversation.sent)
    substantive = template.substantive and asked.rule != ledger.IGNORED
    row = RecordAnswer(
        id=f"{turn.conversation.id}.{number}",
        number=number,
        template=template.name,
        revision=shown.revision.hash,
        variant=shown.variant,
        mode=standing_of(template, turn.knowledge.standings).mode,
        language=turn.language,
        intent=asked.intent,
        rule=asked.rule,
        confidence=asked.confidence,
        corrections=asked.corrections,
        substantive=substantive,
        revision_text=shown.revision.text,
        operator=operator,
    )
    turn.note(row)
    sent = ledger.sent(row, turn.now, asked.question, said_hash(shown.text))
    turn.change(sent=ledger.remembered((*turn.conversation.sent, sent)))
    turn.outcomes(ledger.excluded_from_the_start(sent, asked.rule, turn.conversation.excluded))
    return row.id
