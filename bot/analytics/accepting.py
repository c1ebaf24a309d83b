"""From a draft that a person has accepted to the change of content that writes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.analytics.backlog import Topic
from bot.content.additions import FROM_CUSTOMERS, Answer, Change, add_answer, add_examples
from bot.errors import BadRequest
from bot.model import Language
from bot.text.masking import masks


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants otherwise than drafted; empty: as it is.

    `translations` are the answer in other languages than that of the question.
    `into` is an intent that there is and that means the same: it gets the examples, and that is all.
    """

    name: str = ""
    file: str = FROM_CUSTOMERS
    text: str = ""
    into: str = ""
    translations: Mapping[Language, str] = field(default_factory=dict)


_AS_DRAFTED = Wish()


def accept(topic: Topic, sources: Mapping[str, str], wish: Wish = _AS_DRAFTED) -> Change:
    """The change that makes an answer out of a topic's draft: an intent with its examples, and a template.

    Where operators mostly sent a template that there is, its intent gets the examples and nothing else is
    written, unless the wish names an intent or a text. Raises `BadRequest` where there is nothing to answer
    with, or a text still has a mask; and what `add_answer` raises.
    """
    draft = topic.draft
    if wish.into:
        return add_examples(sources, wish.into, draft.language, draft.examples)
    if not draft.is_new and not topic.intent and not (wish.name or wish.text):
        if not draft.examples:
            raise BadRequest(f"{draft.intent} has all these examples already")
        return add_examples(sources, draft.intent, draft.language, draft.examples)
    text = wish.text or draft.text
    if not text.strip():
        raise BadRequest("no operator has answered this in their own words; give the answer with --text")
    if left := masks(" ".join((text, *wish.translations.values()))):
        raise BadRequest(f"the answer still has {', '.join(left)}; write what should stand there (--text)")
    name = wish.name or draft.template
    intent = topic.intent or name
    answer = Answer(intent, name, draft.language, draft.examples, text, translations=dict(wish.translations))
    return add_answer(sources, answer, wish.file)
