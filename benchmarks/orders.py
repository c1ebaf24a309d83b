"""Whether the order of examples matters: the same examples grouped by intent, and shuffled, fitted anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.judging import judged
from benchmarks.lines import OUT_OF_SCOPE, Line
from benchmarks.peers.answers import Peer, Run, Setup

# Peers that take minutes to fit are not fitted twice more for this.
SLOW = {"minilm", "rasa_diet"}


def arranged(train: Sequence[Line], seed: int) -> dict[str, list[Line]]:
    """The lines in two other orders."""
    shuffled = list(train)
    random.Random(seed).shuffle(shuffled)
    return {"grouped": sorted(train, key=lambda line: line.intent), "shuffled": shuffled}


def orders(
    train: Sequence[Line],
    lines: Sequence[Line],
    own: Callable[[Sequence[Line], Sequence[str]], Run],
    peers: Sequence[Peer],
    setup: Setup,
) -> dict[str, Any]:
    """Whether answers and confidences are the same in each order, and every system's accuracy."""
    messages = [line.text for line in lines]
    ways = arranged(train, setup.seed)
    runs = {way: own(ordered, messages) for way, ordered in ways.items()}
    first, *others = runs.values()
    found: dict[str, Any] = {
        "identical": all(list(other.answers) == list(first.answers) for other in others),
        "asked": len([line for line in lines if line.intent != OUT_OF_SCOPE]),
        "frontdesk": {way: _accuracy(lines, run) for way, run in runs.items()},
        "peers": {},
    }
    given = replace(setup, ordered=True)
    for peer in peers:
        if peer.name not in SLOW:
            found["peers"][peer.name] = {
                way: _accuracy(lines, peer.run(ordered, messages, False, given))
                for way, ordered in ways.items()
            }
    return found


def _accuracy(lines: Sequence[Line], run: Run) -> float:
    return judged(lines, run.answers, sure=False)["accuracy"]
