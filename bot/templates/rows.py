"""What is written into the ledger, and what a conversation remembers of it: plain frozen rows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import CloseCause, Correction, Exclusion, Language, Millis, Mode, Outcome


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of a conversation, as much of the ledger's row as judging needs.

    `question` is the number of the event that asked; two answers to one message share it. `said` is a short
    hash of the text as the customer saw it, slots filled in. `overruled` says that a person set the outcome,
    `closed_at` when the conversation first closed after it. `kind` is why it does not count, or empty.
    """

    id: str
    intent: str
    template: str
    revision: str
    substantive: bool
    outcome: Outcome
    at: Millis
    question: int = 0
    said: str = ""
    overruled: bool = False
    closed_at: Millis | None = None
    kind: Exclusion = ""


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """The ledger's immutable row for one template send, and the revision's text when it is new.

    `rule` is what matched; for what operators did with a suggestion it is `operator` (sent as suggested),
    `operator_edited` or `operator_ignored`.
    """

    id: str
    number: int
    template: str
    revision: str
    variant: str
    mode: Mode
    language: Language
    intent: str
    rule: str
    confidence: float
    corrections: tuple[Correction, ...]
    substantive: bool
    revision_text: str
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Append an outcome to an answer.

    `cause` is one sentence that explains it to people, `note` what the customer added in their own words.
    `actor` is who or what caused it: `customer`, `silence`, `operator:ID`, `person:NAME` for who overruled it
    by hand, and empty for the bot. `kind` says why an `excluded` answer does not count.
    """

    answer: str
    outcome: Outcome
    cause: str
    actor: str = ""
    note: str = ""
    kind: Exclusion = ""


@dataclass(frozen=True, slots=True)
class RecordClose:
    """The conversation closed: why, through whom (as in `RecordOutcome`), and the operator's own words."""

    cause: CloseCause
    actor: str
    reason: str = ""


Sents = tuple[Sent, ...]
Outcomes = tuple[RecordOutcome, ...]
