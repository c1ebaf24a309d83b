"""By when a customer must have been answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Millis
from handoff.hours import Hours, next_opening


@dataclass(frozen=True, slots=True)
class Silence:
    """What decides whether an operator is silent.

    `unanswered_since` is when the customer wrote what no operator has answered yet, `answered_at` when an
    operator last wrote; either is None if there is no such message.
    """

    claimed_at: Millis
    answered_at: Millis | None
    unanswered_since: Millis | None


def claim_deadline(hours: Hours | None, opened_at: Millis, within: Millis) -> Millis:
    """By when somebody should have claimed: `within` from when the team is there."""
    opening = next_opening(hours, opened_at)
    return (opened_at if opening is None else opening) + within


def waits_since(silence: Silence) -> Millis | None:
    """Since when the customer has waited for the operator who owns the conversation; None if they do not.

    Who claims and says nothing keeps the customer waiting from the claim on.
    """
    if silence.answered_at is None or silence.answered_at < silence.claimed_at:
        return silence.claimed_at
    return silence.unanswered_since


def silent(silence: Silence, within: Millis, now: Millis) -> bool:
    """Whether the operator has left the customer without an answer for `within`."""
    since = waits_since(silence)
    return since is not None and now >= since + within


def look_again(silence: Silence, within: Millis, now: Millis) -> Millis:
    """When the operator could be silent at the earliest."""
    since = waits_since(silence)
    return (now if since is None else since) + within
