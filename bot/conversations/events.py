"""Everything that can move a conversation. Each event is stored with the content it was judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model import Excluded, Millis

TimerKind = Literal["silence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened at `at`. With an `external_id` it is taken once, however often it arrives."""

    at: Millis
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSaid(Event):
    """The customer typed `text`."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Event):
    """The customer pressed a button; `title` is shown as what the customer said."""

    payload: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLeft(Event):
    """The customer ended the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityGiven(Event):
    """The host page proved who the customer is; `slots` are filled from it."""

    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMerged(Event):
    """The customer proved to be one who is known already, and goes on in that one's conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFinished(Event):
    """An action's result: slots it set, texts it said, or why it `failed` (one sentence)."""

    job: str
    slots: Mapping[str, str | None] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Event):
    """A timer came due."""

    timer: TimerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOpened(Event):
    """The desk queued the conversation. `position` counts from 1.

    `opens_at` is set when the team is closed now. `nobody` is true for bots without operators.
    `take_contact` is true when the customer may leave contact details instead of waiting.
    """

    handoff: str
    position: int = 0
    opens_at: Millis | None = None
    opens: str = ""
    nobody: bool = False
    take_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorJoined(Event):
    """An operator claimed the conversation."""

    operator: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSaid(Event):
    """An operator wrote `text`; `template` names the suggestion that was sent, `edited` if it was changed."""

    operator: str
    name: str
    text: str
    template: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorReleased(Event):
    """The conversation went back to the queue: the operator let go, or was silent past the deadline."""

    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorReturned(Event):
    """The operator gave the conversation back to the bot."""

    operator: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorClosed(Event):
    """The operator closed the conversation, and why. `excluded` says that it does not count."""

    operator: str
    name: str
    reason: str
    excluded: Excluded = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationExcluded(Event):
    """The conversation turned out not to count: `excluded` says what it is."""

    excluded: Excluded
