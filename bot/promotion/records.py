"""What the database holds about modes: changes of them, variants that lost, and what was sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import ChannelName, Millis, Mode, Outcome

SYSTEM = "system"
PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a template's mode by the rule of that number in docs/lifecycle.md.

    `sentence` is the evidence or a person's reason, `actor` is `system` or `person:NAME`. `number` counts a
    template's changes from 1.
    """

    template: str
    number: int
    before: Mode
    mode: Mode
    rule: int
    sentence: str
    actor: str
    at: Millis

    @property
    def by(self) -> str:
        """Who it was, as people read it."""
        return self.actor.removeprefix(PERSON) if self.actor.startswith(PERSON) else "Frontdesk"

    @property
    def begins_afresh(self) -> bool:
        """Rule 14: the template was taken back, or begins again; what was sent before counts for nothing."""
        return self.mode == "draft" or (self.mode == "suggest" and self.before in ("trial", "auto"))


@dataclass(frozen=True, slots=True)
class Loss:
    """A variant that has lost; `text_hash` names the texts that it had then."""

    template: str
    variant: str
    text_hash: str
    sentence: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Send:
    """One answer row: by the bot, or by an operator, or ignored by one (`rule` says which).

    `actor` and `at` are those of the outcome.
    """

    template: str
    revision: str
    variant: str
    mode: Mode
    channel: ChannelName
    rule: str
    by_operator: bool
    sent_at: Millis
    outcome: Outcome
    actor: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Shown:
    """A revision that the bot has sent alone in this mode, ever: first and last time."""

    template: str
    revision: str
    mode: Mode
    first_at: Millis
    last_at: Millis


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the database holds: changes of modes, variants that have lost, what was sent and ever shown."""

    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    losses: Sequence[Loss] = ()
    sends: Sequence[Send] = ()
    shown: Sequence[Shown] = ()
