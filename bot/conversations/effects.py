"""What a step wants done, as data. `turns` carries effects out inside the turn's transaction, in order."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations.conversation import Asked
from bot.conversations.events import TimerKind
from bot.model import Author, Button, Millis
from bot.templates.ledger import RecordAnswer, RecordClose, RecordOutcome

__all__ = [
    "CancelTimer",
    "Effect",
    "EndHandoff",
    "NoteContact",
    "OpenHandoff",
    "RecordAnswer",
    "RecordClose",
    "RecordOutcome",
    "RunAction",
    "Say",
    "SetTimer",
]


@dataclass(frozen=True, slots=True)
class Say:
    """Write `text` into the thread.

    `kind` is `text` (an answer), `phrase` (the bot's own sentence), `tip` or `notice`.
    """

    text: str
    author: Author = "bot"
    name: str = ""
    buttons: tuple[Button, ...] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class RunAction:
    """Run the deployer's action as a durable job with this id."""

    job: str
    action: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class OpenHandoff:
    """Ask the desk for a person. `suggestion` is a template the operator may send."""

    reason: str
    priority: int
    team: str = ""
    suggestion: str = ""
    intent: str = ""


@dataclass(frozen=True, slots=True)
class NoteContact:
    """Keep the contact details the customer left with the open handoff."""

    contact: str


@dataclass(frozen=True, slots=True)
class EndHandoff:
    """The open handoff is over.

    `result` is one word (`closed`, `returned`, `customer_left`, `withdrawn`, `silence`, `merged`).
    """

    result: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire `timer` at `due_at`, replacing an earlier one of its kind."""

    timer: TimerKind
    due_at: Millis


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget `timer`."""

    timer: TimerKind


Effect = (
    Say
    | RecordAnswer
    | RecordOutcome
    | RecordClose
    | RunAction
    | OpenHandoff
    | NoteContact
    | EndHandoff
    | SetTimer
    | CancelTimer
)
