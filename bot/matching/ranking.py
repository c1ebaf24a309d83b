"""Who goes first.

Fired rules of emergency intents, then of intents that ask for a person, then other fired rules by strength,
then what the examples say.

A candidate's score is the sum of its reasons. The score is worked out for every message, the reasons only
when someone asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.confidence import log_odds, probability
from bot.model import Candidate, Reason
from bot.rules.rules import Fired

# A rule this strong or stronger goes ahead of examples, whatever they say; a weaker one competes by its
# confidence.
RULE_AHEAD = 0.5
# How far below a fired rule everything after it stays, in log odds.
BEHIND_RULE = 0.2
FIRST_ROLES = {"emergency": 0, "human": 1}


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate in the making: its score in log odds, and how to find the reasons that add up to it."""

    intent: str
    rule: str
    score: float
    why: Callable[[], tuple[Reason, ...]]

    def with_reason(self, reason: Reason) -> Scored:
        """The same with one more reason."""
        return Scored(self.intent, self.rule, self.score + reason.score, lambda: (*self.why(), reason))

    def held_below(self, ahead: Scored, why: str, by: float = BEHIND_RULE) -> Scored:
        """The same, no closer than `by` to the one ahead of it."""
        over = self.score - (ahead.score - by)
        return self if over <= 0 else self.with_reason(Reason("rule", why, -over))

    def candidate(self) -> Candidate:
        """What a match shows of it."""
        return Candidate(self.intent, probability(self.score), self.rule, self.why)


def ranked(
    fired: Sequence[Fired], examples: Sequence[Scored], roles: Mapping[str, str | None]
) -> list[Scored]:
    """Fired rules and what the examples say in one list, best first; scores never rise down the list."""
    by_intent = {one.intent: one for one in examples}
    ahead: list[tuple[tuple[int, float, float, str], Scored]] = []
    for hit in fired:
        own = by_intent.pop(hit.intent, None)
        scored = _by_rule(hit, own)
        if hit.strength < RULE_AHEAD:
            by_intent[hit.intent] = scored
            continue
        role = FIRST_ROLES.get(roles.get(hit.intent) or "", 2)
        ahead.append(((role, -hit.strength, -own.score if own else 99.0, hit.intent), scored))
    rest = sorted(by_intent.values(), key=lambda one: (-one.score, one.intent))
    first = [one for _, one in sorted(ahead, key=lambda pair: pair[0])]
    return _behind_rules(first, rest) if first else rest


def _behind_rules(first: Sequence[Scored], rest: Sequence[Scored]) -> list[Scored]:
    done = [first[0]]
    for one in first[1:]:
        done.append(one.held_below(done[-1], f"a rule of {done[-1].intent} goes first", by=0.01))
    return [*done, *(one.held_below(done[-1], f"a rule of {done[0].intent} fired") for one in rest)]


def _by_rule(hit: Fired, own: Scored | None) -> Scored:
    """A candidate of a fired rule: the rule's strength, and what its examples can add beyond it."""
    said = Reason("rule", f"{hit.kind}: {hit.on}", log_odds(hit.strength))
    if own is None or own.score <= said.score:
        return Scored(hit.intent, hit.kind, said.score, lambda: (said,))
    agreed, more = own.why, own.score - said.score

    def why() -> tuple[Reason, ...]:
        near = next((f": {reason.text}" for reason in agreed() if reason.kind == "nearest"), "")
        return said, Reason("nearest", f"the examples agree{near}", more)

    return Scored(hit.intent, hit.kind, own.score, why)
