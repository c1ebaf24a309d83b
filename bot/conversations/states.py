"""The one transition table of a conversation's status. The drawing in the docs is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.errors import Conflict
from bot.model import Status

Trigger = Literal[
    "handoff_opened",
    "operator_joined",
    "operator_released",
    "operator_returned",
    "nobody_there",
    "withdrawn",
    "closed",
    "wrote_again",
]

TRANSITIONS: Mapping[tuple[Status, Trigger], Status] = {
    ("with_bot", "handoff_opened"): "waiting",
    ("waiting", "operator_joined"): "with_operator",
    ("waiting", "nobody_there"): "with_bot",
    ("waiting", "operator_returned"): "with_bot",
    ("waiting", "withdrawn"): "with_bot",
    ("with_operator", "operator_released"): "waiting",
    ("with_operator", "operator_returned"): "with_bot",
    ("with_bot", "closed"): "closed",
    ("waiting", "closed"): "closed",
    ("with_operator", "closed"): "closed",
    ("closed", "wrote_again"): "with_bot",
}


def after(status: Status, trigger: Trigger) -> Status:
    """The status that follows; raises `Conflict` when the table has no such arrow."""
    try:
        return TRANSITIONS[status, trigger]
    except KeyError:
        raise Conflict(f"a conversation that is {status} cannot take {trigger}") from None


def drawing() -> str:
    """The table as a mermaid state diagram, for the docs."""
    arrows = [f"    {start} --> {end}: {trigger}" for (start, trigger), end in TRANSITIONS.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> with_bot", *arrows, ""])
