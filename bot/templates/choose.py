"""Which template, in which mode, answers an intent. Pure; nothing is left to chance."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.model import Mode
from bot.templates.standings import Standings, answers_alone, standing_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A template, the mode it is in now, and whether the bot may send it alone in this conversation."""

    template: Template
    mode: Mode
    answers: bool


def choose(content: Content, standings: Standings, intent: str, conversation: str) -> Choice | None:
    """The template for `intent`, or None when there is none that may be shown to anybody yet or any more."""
    template = content.template_for(intent)
    if template is None:
        return None
    now = standing_of(template, standings)
    if now.mode in ("draft", "retired"):
        return None
    return Choice(template, now.mode, answers_alone(now, template.name, conversation))
