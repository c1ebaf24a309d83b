"""Who is next: the more urgent first, then who has waited longer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model import Millis


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handoff in the queue of its team. `priority` 0 is an emergency."""

    id: str
    team: str
    priority: int
    since: Millis


def order(waiting: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """The queue, whoever is next first."""
    return tuple(sorted(waiting, key=lambda one: (one.priority, one.since, one.id)))


def positions(waiting: Iterable[Waiting]) -> Mapping[str, int]:
    """Every handoff's place in the queue of its team, from 1."""
    places: dict[str, int] = {}
    lengths: dict[str, int] = {}
    for one in order(waiting):
        lengths[one.team] = lengths.get(one.team, 0) + 1
        places[one.id] = lengths[one.team]
    return places
