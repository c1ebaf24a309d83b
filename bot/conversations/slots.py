"""Slots: what a template needs to know, where it comes from, and how it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.content.templates import Question, Template
from bot.conversations.conversation import Asked, SlotQuestion
from bot.conversations.handing_over import hand_over
from bot.conversations.turn import Turn
from bot.entities.entities import by_pattern, find, find_entities
from bot.model import Button, Entity
from bot.templates.render import in_language

MAX_TRIES = 2
# Of one message, so that a pasted list does not become a flood of answers.
MAX_VALUES = 3
_LETTERS = re.compile(r"[A-Za-z]{1,5}-?(?=\\d)")


def fill_from_message(turn: Turn, asked: Asked, template: Template) -> None:
    """Take from the customer's own words what the template asks for and what the intent can carry."""
    wanted = _wanted(turn, asked, template)
    found = dict(find_entities(asked.text, wanted, turn.language, turn.today))
    for question in template.ask:
        value = next(iter(_all_in(turn, question, asked.text, wanted)), None)
        if value is not None:
            found[question.slot] = value
    if found:
        turn.change(slots={**turn.conversation.slots, **found})


def _wanted(turn: Turn, asked: Asked, template: Template) -> list[Entity]:
    """What the intent can carry and the template asks for; where both name one slot, what is asked for."""
    content = turn.knowledge.content
    intent = content.intents.get(asked.intent)
    names = intent.entities if intent else ()
    carried = {name: content.entities[name] for name in names if name in content.entities}
    asks = {one.slot: one.entity for one in template.ask if one.entity is not None}
    return list({**carried, **asks}.values())


def found_in(turn: Turn, question: Question, text: str) -> str | None:
    """The value for `question` inside a longer message; a question for any text finds nothing there."""
    return next(iter(_all_in(turn, question, text)), None)


def _all_in(turn: Turn, question: Question, text: str, beside: Sequence[Entity] = ()) -> tuple[str, ...]:
    """All values for `question` in a message, each once, in order; none that is part of one `beside` it."""
    entity = question.entity
    if entity is None:
        return ()
    others = [one for one in beside if one.name != entity.name]
    found = find(text, [entity, *others], turn.language, turn.today)
    values = (one.value for one in found if one.name == entity.name)
    if question.pattern is not None:
        values = (_written(value, question.pattern) for value in values)
    return tuple(dict.fromkeys(values))


def other_values(turn: Turn, question: Question, text: str, beside: Sequence[Entity] = ()) -> tuple[str, ...]:
    """The values for `question` in a message that differ from the one it is filled with, in order."""
    known = turn.conversation.slots.get(question.slot, "")
    return tuple(one for one in _all_in(turn, question, text, beside)[:MAX_VALUES] if one != known)


def again_for(turn: Turn, asked: Asked, template: Template, text: str) -> tuple[Asked, ...]:
    """What was asked, once more for each other value that a message gives for a slot that is filled."""
    for question in template.ask:
        if turn.conversation.slots.get(question.slot):
            values = other_values(turn, question, text, _wanted(turn, asked, template))
            if values:
                return tuple(replace(asked, text=value, corrections=()) for value in values)
    return ()


def reply_to(turn: Turn, question: Question, text: str, payload: str) -> str | None:
    """The value that a reply to `question` gives, or None if the reply does not fit.

    A button's payload counts like typed text. `A 123-456` is read as `A123456` when only that fits.
    """
    if payload and not payload.startswith("/value "):
        return None
    reply = payload.removeprefix("/value ").strip() if payload else text.strip()
    if question.values:
        return found_in(turn, question, reply) or turn.closest(
            reply, {value: value for value in question.values}
        )
    if question.pattern is not None:
        joined = "".join(letter for letter in reply if letter.isalnum())
        return (
            found_in(turn, question, reply)
            or found_in(turn, question, joined)
            or _without_letters(question.pattern, reply)
        )
    return found_in(turn, question, reply) if question.kind is not None else reply or None


def _without_letters(pattern: str, reply: str) -> str | None:
    """A number given without the letters that the pattern begins with: `100002` for `A100002`."""
    letters = _LETTERS.match(pattern)
    numbers = re.findall(r"(?<![\w-])\d{3,}(?![\w-])", reply)
    if letters is None or len(numbers) != 1:
        return None
    whole = letters.group() + numbers[0]
    return whole if by_pattern(whole, pattern) == whole else None


def _written(hit: str, pattern: str) -> str:
    """The hit in the case that the pattern is written in, so that `a123456` becomes `A123456`."""
    literal = [letter for letter in pattern.replace("\\d", "").replace("\\w", "") if letter.isalpha()]
    return hit.upper() if literal and all(letter.isupper() for letter in literal) else hit


def next_question(turn: Turn, template: Template) -> Question | None:
    """The first thing that the template needs and nothing has filled with a value that fits."""
    slots = turn.conversation.slots
    return next((one for one in template.ask if not _fits(turn, one, slots.get(one.slot, ""))), None)


def _fits(turn: Turn, question: Question, value: str) -> bool:
    if question.values:
        return value in question.values
    if question.entity is not None:
        return bool(value) and found_in(turn, question, value) is not None
    return bool(value.strip())


def ask(turn: Turn, asked: Asked, question: Question, tries: int = 0) -> None:
    """Put the question, and wait for its answer."""
    turn.say(question_text(turn, question), _buttons(question), kind="phrase")
    turn.change(pending=SlotQuestion(asked, question.slot, tries))


def ask_again(turn: Turn, asked: Asked, question: Question, tries: int, explained: bool = False) -> None:
    """Say that the value did not fit and put the question again; after too many tries, get a person.

    `explained` means that an action has already said what is wrong.
    """
    if tries > MAX_TRIES:
        turn.phrase("slot_giveup")
        hand_over(turn, f"no usable {question.slot} after {tries} tries", asked=asked)
        return
    if explained:
        turn.say(question_text(turn, question), (*_buttons(question), _person(turn)), kind="phrase")
        turn.change(pending=SlotQuestion(asked, question.slot, tries))
        return
    own = in_language(question.reask, turn.language, turn.knowledge.content.default_language)
    text = own or f"{turn.words('slot_reask')} {question_text(turn, question)}"
    turn.say(text, (*_buttons(question), _person(turn)), kind="phrase")
    turn.change(pending=SlotQuestion(asked, question.slot, tries))


def return_to(turn: Turn, paused: SlotQuestion, question: Question) -> None:
    """Come back to a question that another one had interrupted."""
    text = turn.words("back_to", question=question_text(turn, question))
    turn.say(text, _buttons(question), kind="phrase")
    turn.change(pending=paused, paused=None)


def question_text(turn: Turn, question: Question) -> str:
    """The question in the language of the conversation."""
    return in_language(question.question, turn.language, turn.knowledge.content.default_language)


def question_of(turn: Turn, pending: SlotQuestion) -> tuple[Template, Question] | None:
    """The template and question a slot question belongs to, or None if a reload took them away."""
    template = turn.knowledge.content.templates.get(pending.asked.template)
    if template is None:
        return None
    found = next((one for one in template.ask if one.slot == pending.slot), None)
    return (template, found) if found else None


def _person(turn: Turn) -> Button:
    """The way out for who does not know the answer."""
    return turn.button("talk_to_human", "/human")


def _buttons(question: Question) -> tuple[Button, ...]:
    if not question.buttons:
        return ()
    return tuple(Button(value, f"/value {value}") for value in question.values)
