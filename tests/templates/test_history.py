"""What the ledger says in sentences, and that it has words for everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from bot.model import CloseCause, Exclusion, Outcome
from bot.templates.history import Answer, Closed, Happened, about_close, about_result, about_time
from bot.templates.ledger import OUTCOMES

PAGE = (Path(__file__).parents[2] / "docs/ledger.md").read_text("utf-8")
DAY = 24 * 3_600_000


def answer(outcome: Outcome, actor: str = "", **changed: Any) -> Answer:
    fields: dict[str, Any] = {
        "id": "c.1",
        "conversation": "c",
        "template": "returns",
        "revision": "r1",
        "variant": "",
        "mode": "auto",
        "channel": "web",
        "language": "en",
        "intent": "returns",
        "rule": "examples",
        "confidence": 0.9,
        "corrections": (),
        "substantive": True,
        "operator": "",
        "sent_at": 0,
    }
    return Answer(**{**fields, **changed}, outcomes=(Happened(outcome, "Why.", actor, "", 0),))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_explained(outcome: Outcome) -> None:
    assert f"| `{outcome}` |" in PAGE
    found = answer(outcome)
    assert about_result(found).startswith(f"What counts is {outcome}: ")
    assert 1 <= found.outcomes[0].rule <= 8


@pytest.mark.parametrize("kind", [kind for kind in get_args(Exclusion) if kind])
def test_every_kind_of_exclusion_is_explained(kind: str) -> None:
    assert f"| `{kind}` |" in PAGE


@pytest.mark.parametrize("cause", get_args(CloseCause))
def test_every_cause_of_a_close_is_explained(cause: CloseCause) -> None:
    assert f"| `{cause}` |" in PAGE
    said = about_close(Closed(cause, "operator:o1", "solved", 0, 7))
    assert said.startswith(f"It was closed 1970-01-01 00:00:00 UTC, event 7: {cause}, through operator o1: ")
    assert said.endswith(" Reason given: solved.")


@pytest.mark.parametrize(
    ("last", "closed_at", "now", "said"),
    [
        (("pending", ""), None, 5 * DAY, "provisional until something"),
        (("confirmed", "customer"), None, DAY - 1, "provisional until 1970-01-02 00:00:00 UTC"),
        (("confirmed", "customer"), None, DAY, "settled, and may change until seven days after"),
        (("confirmed", "customer"), DAY, DAY, "settled, and may change until 1970-01-09 00:00:00 UTC"),
        (("assumed", "silence"), 0, 1, "settled, and may change until 1970-01-08 00:00:00 UTC"),
        (("assumed", "silence"), 0, 7 * DAY, "frozen since 1970-01-08 00:00:00 UTC: only a person"),
        (("not_helped", "person:Ana"), DAY, DAY, "settled: only a person changes it"),
        (("excluded", ""), None, 0, "settled: only a person changes it"),
    ],
)
def test_how_long_it_is_provisional(
    last: tuple[Outcome, str], closed_at: int | None, now: int, said: str
) -> None:
    assert said in about_time(answer(*last, closed_at=closed_at), DAY, now)
