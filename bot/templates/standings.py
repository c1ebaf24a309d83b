"""How templates act now: in which mode, in which share of conversations, with which variants. Pure.

What a conversation gets is a hash of its id, not a draw: a customer never sees two variants in one chat, and
yesterday's conversations can be replayed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.bars import Bars
from bot.content.templates import Template, Variant
from bot.model import Language, Mode
from bot.templates.variants import pick

_STEPS = 2**64


@dataclass(frozen=True, slots=True)
class Standing:
    """The mode that a template answers in, and in which share of its conversations it does so alone.

    `traffic` is each variant's share of those, by its name; empty means equal shares.
    """

    mode: Mode
    share: float
    traffic: Mapping[str, float] = field(default_factory=dict)


# By the template's name. A template that is missing stands where its file lets it start.
Standings = Mapping[str, Standing]


def standing(mode: Mode, edited: bool, bars: Bars, traffic: Mapping[str, float] | None = None) -> Standing:
    """Rule 12 of docs/lifecycle.md: an edited `auto` template is on trial, but answers everybody."""
    shares = {"auto": 1.0, "trial": bars.trial_share}
    acts_as: Mode = "trial" if mode == "auto" and edited else mode
    return Standing(acts_as, shares.get(mode, 0.0), traffic or {})


def standing_of(template: Template, standings: Standings) -> Standing:
    """How this template acts."""
    return standings.get(template.name) or standing(template.mode, False, Bars())


def answers_alone(standing: Standing, template: str, conversation: str) -> bool:
    """Whether the bot answers in this conversation, or only suggests."""
    return _draw(conversation, template, "share") < standing.share


def variant_for(template: Template, standing: Standing, language: Language, conversation: str) -> Variant:
    """The variant that this conversation gets, among those written in its language."""
    written = [variant for variant in template.variants if language in variant.text] or list(
        template.variants
    )
    return written[pick(_shares(written, standing.traffic), _draw(conversation, template.name, "variant"))]


def _shares(variants: Sequence[Variant], traffic: Mapping[str, float]) -> Sequence[float]:
    """What each gets of what they get together; a variant too new to have traffic gets as much as others."""
    usual = 1 / len(variants)
    wanted = [traffic.get(variant.name, usual) for variant in variants]
    together = sum(wanted)
    return [share / together for share in wanted] if together else [usual] * len(variants)


def _draw(conversation: str, template: str, about: str) -> float:
    """A number from 0 to below 1 that is always the same for the same three."""
    digest = hashlib.sha256(f"{conversation}\n{template}\n{about}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / _STEPS
