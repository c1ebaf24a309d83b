"""Rates, weeks and funnels as the studio shows them: JSON with every number worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, get_args

from bot.analytics.figures import Figures, Week
from bot.analytics.funnel import Funnel
from bot.model import Outcome
from bot.templates.evidence import Share, Tally, wilson

Json = dict[str, Any]

# From what is good to what is not, and then what does not count.
OUTCOMES: tuple[Outcome, ...] = (
    "confirmed",
    "assumed",
    "follow_up",
    "not_helped",
    "handed_off",
    "reopened",
    "abandoned",
    "pending",
    "excluded",
)
assert set(OUTCOMES) == set(get_args(Outcome))


def share(share: Share) -> Json:
    """A share with its interval; `value` is None of nothing."""
    return {"value": share.value, **asdict(share)}


def rates(figures: Figures) -> Json:
    """Floor, ceiling and response, and of how many."""
    return {
        "sent": figures.sent,
        "eligible": figures.eligible,
        "floor": share(figures.floor),
        "ceiling": share(figures.ceiling),
        "response": share(figures.response),
    }


def known(counted: Tally) -> Json:
    """Of the answers of which it is known: the share that helped, which the lifecycle's bar is about."""
    return {**share(wilson(counted.helped, counted.helped + counted.failed)), "silent": counted.unknown}


def weeks(found: Iterable[Week]) -> list[Json]:
    """The weeks of a plot, each at the time it begins."""
    return [{"at": week.start, **rates(week.figures)} for week in found]


def steps(funnel: Funnel) -> list[Json]:
    """From asked to closed: conversations that came so far, and their share of all that were asked."""
    return _steps(
        {
            "asked": funnel.wrote,
            "understood": funnel.understood,
            "answered": funnel.answered,
            "closed": funnel.closed,
            "confirmed": funnel.confirmed,
        }
    )


def steps_of_template(figures: Figures) -> list[Json]:
    """The same for the answers of one template."""
    return _steps(
        {
            "sent": figures.sent,
            "counted": figures.eligible,
            "closed": figures.eligible - figures.lost,
            "confirmed": figures.floor.hits,
        }
    )


def _steps(counts: Mapping[str, int]) -> list[Json]:
    first = next(iter(counts.values()))
    return [
        {"name": name, "count": count, "share": count / first if first else None}
        for name, count in counts.items()
    ]


def outcomes(counts: Mapping[Outcome, int]) -> list[Json]:
    """How many answers have which outcome, and their share of all."""
    total = sum(counts.values())
    return [
        {"outcome": outcome, "count": count, "share": count / total}
        for outcome in OUTCOMES
        if (count := counts.get(outcome, 0))
    ]
