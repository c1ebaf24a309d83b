"""The transition table, and its drawing in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.conversations.states import TRANSITIONS, Trigger, after, drawing
from bot.errors import Conflict
from bot.model import Status

PAGE = Path(__file__).parents[2] / "docs/conversations.md"


def test_the_drawing_in_the_docs_is_the_table() -> None:
    drawn = re.search(r"```mermaid\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert drawn is not None
    assert drawn[1] == drawing(), "put the text of bot.conversations.states.drawing() there"


def test_the_drawing_has_an_arrow_for_every_transition() -> None:
    arrows = re.findall(r"(\w+) --> (\w+): (\w+)", drawing())
    assert {(start, trigger): end for start, end, trigger in arrows} == dict(TRANSITIONS)


def test_every_state_can_be_reached_and_left() -> None:
    statuses = set(get_args(Status))
    assert {start for start, _ in TRANSITIONS} == statuses
    assert set(TRANSITIONS.values()) == statuses


def test_every_trigger_is_used() -> None:
    assert {trigger for _, trigger in TRANSITIONS} == set(get_args(Trigger))


def test_what_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(Conflict, match="closed cannot take operator_joined"):
        after("closed", "operator_joined")
