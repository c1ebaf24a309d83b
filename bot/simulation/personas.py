"""Kinds of customers, and how each behaves. Shares and chances are between 0 and 1."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of customer.

    `share` is how many customers are of this kind, `surveys` how likely one answers "did this help?",
    `retries` how likely one tries again when the answer did not help, `leaves` how likely one ends the chat
    instead of falling silent, `person` how likely a customer who was not helped wants a person, `returns` how
    likely such a one comes back days later, `patience` after how many messages one gives up, `slips` how
    likely a message has a typing slip.
    """

    name: str
    share: float
    surveys: float
    retries: float
    leaves: float
    person: float
    returns: float
    patience: int
    slips: float


PERSONAS = (
    Persona("satisfied", 0.32, 0.75, 0.4, 0.35, 0.3, 0.05, 10, 0.15),
    Persona("unsure", 0.20, 0.45, 0.7, 0.2, 0.5, 0.10, 12, 0.25),
    Persona("silent", 0.24, 0.04, 0.1, 0.0, 0.1, 0.04, 5, 0.2),
    Persona("angry", 0.08, 0.55, 0.4, 0.3, 0.8, 0.25, 8, 0.3),
    Persona("leaves", 0.10, 0.15, 0.1, 0.9, 0.1, 0.03, 4, 0.2),
    Persona("wants a person", 0.06, 0.30, 0.1, 0.2, 0.95, 0.05, 8, 0.15),
)


def draw(chance: random.Random) -> Persona:
    """One kind, as often as its share says."""
    return chance.choices(PERSONAS, [one.share for one in PERSONAS])[0]
