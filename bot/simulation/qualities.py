"""What nobody is told: how often each template really helps, and what customers ask how often."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.catalog import Content
from bot.content.templates import Template
from bot.model import Millis

# Shares of templates that are good, middling and bad, and between which chances of helping they lie.
_KINDS = ((0.6, (0.82, 0.95)), (0.22, (0.62, 0.78)), (0.18, (0.25, 0.5)))
_BEFORE, _AFTER = 0.92, 0.35
# The template that goes bad is one that is asked for often, so that somebody can notice.
_AMONG_THE_FIRST = 6
# What an answer is worth that answers another question.
BESIDE_THE_POINT = 0.04


@dataclass(frozen=True, slots=True)
class Qualities:
    """`chances` of helping by template; `slipping` goes bad at `slips_at`. `weights` of intents by name.

    `most_wanted` are templates that answer alone and do not slip, those asked for most first.
    """

    chances: Mapping[str, float]
    weights: Mapping[str, float]
    slipping: str
    slips_at: Millis
    most_wanted: tuple[str, ...] = ()

    def helps(self, template: str, at: Millis) -> float:
        """How likely this template helps a customer who asked what it answers."""
        if template == self.slipping:
            return _BEFORE if at < self.slips_at else _AFTER
        return self.chances.get(template, 0.8)


def invent(content: Content, chance: random.Random, slips_at: Millis) -> Qualities:
    """Qualities and traffic for this content: a few questions are asked often, most seldom."""
    templates = [one for one in sorted(content.templates.values(), key=_name) if _asked(content, one)]
    chance.shuffle(templates)
    kinds = chance.choices([span for _, span in _KINDS], [share for share, _ in _KINDS], k=len(templates))
    chances = {one.name: chance.uniform(*span) for one, span in zip(templates, kinds, strict=True)}
    weights = {one.answers: 1 / (rank + 3) for rank, one in enumerate(templates)}
    alone = [one.name for one in templates if one.mode == "auto" and not one.handoff and not one.ask]
    slipping = chance.choice(alone[:_AMONG_THE_FIRST]) if alone else ""
    wanted = tuple(name for name in alone if name != slipping)
    return Qualities(chances, weights, slipping, slips_at, wanted)


def _name(template: Template) -> str:
    return template.name


def _asked(content: Content, template: Template) -> bool:
    """Whether customers ask for it: a question of substance that has examples."""
    intent = content.intents.get(template.answers)
    return bool(template.substantive and intent and not intent.role and any(intent.examples.values()))
