"""A conversation as the engine sees it: immutable, whole, and small enough to store as one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model import Correction, Excluded, Language, Millis, Status
from bot.templates.ledger import Sent

__all__ = [
    "Asked",
    "ContactQuestion",
    "Conversation",
    "DidYouMean",
    "Pending",
    "RunningAction",
    "Sent",
    "SlotQuestion",
    "Suggested",
    "SurveyQuestion",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a customer was understood to ask: kept while slots are filled or an action runs.

    `question` is the number of the event that asked it. An empty `intent` is a message not judged yet.
    """

    intent: str
    template: str
    rule: str
    confidence: float
    text: str
    corrections: tuple[Correction, ...] = ()
    question: int = 0


@dataclass(frozen=True, slots=True)
class SlotQuestion:
    """The bot asked for `slot`, which `asked.template` needs. `tries` counts answers that did not fit."""

    asked: Asked
    slot: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """The bot offered these intents as buttons."""

    options: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """`helped`: did this answer your question? `missing`: what was missing? `person`: shall a person help?

    `aside` says that small talk has come between: a typed yes or no may be about that.
    """

    answer: str
    stage: Literal["helped", "missing", "person"]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class ContactQuestion:
    """Nobody is there; the customer was asked how to be reached."""

    tries: int = 0


@dataclass(frozen=True, slots=True)
class RunningAction:
    """An action was started for `asked`; its result comes as an event with this job's id.

    `tries` counts slot values that the action has refused.
    """

    asked: Asked
    job: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the open handoff suggests to operators: `asked.template`, for what the customer asked.

    `passed_over_by` is the operator who has answered with something else, or empty.
    """

    asked: Asked
    passed_over_by: str = ""


Pending = SlotQuestion | DidYouMean | SurveyQuestion | ContactQuestion | RunningAction


@dataclass(frozen=True, slots=True)
class Conversation:
    """The thread with one customer. `version` grows by one with every committed event.

    `paused` is a slot question that another question interrupted, `waiting_questions` what is answered after
    the present one. `rephrased` says that the last message was not understood, `waiting_noted` that
    a customer who writes while waiting has been told so. `closed_with` is the last
    answer before the customer came back, `handoff_topic` the intent for which a person is being asked.
    `excluded` is why the whole conversation does not count, or empty.
    """

    id: str
    customer: str
    channel: str
    account: str
    language: Language
    opened_at: Millis
    updated_at: Millis
    status: Status = "with_bot"
    version: int = 0
    last_seq: int = 0
    last_event: int = 0
    slots: Mapping[str, str] = field(default_factory=dict)
    pending: Pending | None = None
    paused: SlotQuestion | None = None
    waiting_questions: tuple[Asked, ...] = ()
    rephrased: bool = False
    waiting_noted: bool = False
    sent: tuple[Sent, ...] = ()
    last_said: tuple[str, ...] = ()
    closed_with: str = ""
    handoff_topic: str = ""
    operator: str = ""
    operator_name: str = ""
    closed_at: Millis | None = None
    closed_by: str = ""
    close_reason: str = ""
    excluded: Excluded = ""
    suggested: Suggested | None = None

    @property
    def is_test(self) -> bool:
        """Whether it is a test, an operator's own among them."""
        return self.excluded in ("test", "operator_test")
