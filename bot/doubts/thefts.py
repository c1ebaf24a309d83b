"""Rules that take messages away from other intents: they go first on an example that another intent has.

No model is needed for this, so it is quick: the examples say themselves whose they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.doubts.doubts import OUTSIDE, Doubt, Subject, quoted
from bot.doubts.firings import Example, Firings
from bot.matching.ranking import FIRST_ROLES, RULE_AHEAD
from bot.model import Intent

# How many examples of an intent make one of their words usual for it.
USUAL = 2


@dataclass(frozen=True, slots=True)
class _Hit:
    """A rule that fired on an example; the smallest `rank` goes first."""

    rank: tuple[int, float]
    rule: Subject


def thefts(firings: Firings) -> list[Doubt]:
    """A doubt for every rule that goes ahead on an example of another intent, or on one out of scope."""
    hits: dict[int, list[_Hit]] = {}
    place = {id(example): number for number, example in enumerate(firings.examples)}
    for firing in firings.rules:
        if firing.strength >= RULE_AHEAD:
            hit = _Hit(_rank(firings.intents, firing.rule, firing.strength), firing.rule)
            for example in firing.examples:
                hits.setdefault(place[id(example)], []).append(hit)
    taken: dict[Subject, list[Example]] = {}
    for number in sorted(hits):
        for thief in _thieves(hits[number], firings.examples[number].intent):
            taken.setdefault(thief, []).append(firings.examples[number])
    telling = _Telling(firings.examples)
    return [_doubt(rule, stolen, telling.word(rule.intent, stolen)) for rule, stolen in taken.items()]


def _rank(intents: Mapping[str, Intent], rule: Subject, strength: float) -> tuple[int, float]:
    role = intents[rule.intent].role if rule.intent else None
    return FIRST_ROLES.get(role or "", 2), -strength


def _thieves(hits: Sequence[_Hit], owner: str | None) -> list[Subject]:
    """The rules of other intents that go first. Where one of its own is as strong, the examples decide."""
    first = min(hit.rank for hit in hits)
    ahead = [hit.rule for hit in hits if hit.rank == first]
    return [] if any(rule.intent == owner for rule in ahead) else ahead


def _doubt(rule: Subject, stolen: Sequence[Example], telling: str) -> Doubt:
    owners = Counter(f"`{one.intent}`" if one.intent else f"what is {OUTSIDE}" for one in stolen)
    if len(owners) == 1:
        whose = next(iter(owners))
    else:
        whose = ", ".join(f"{name} ({count})" for name, count in owners.most_common())
    many = "an example" if len(stolen) == 1 else f"{len(stolen)} examples"
    said = quoted([one.text for one in stolen])
    message = f"this rule of `{rule.intent}` takes {many} from {whose}: {said}"
    return Doubt(rule, "rule_steals", message, _hint(rule, telling))


def _hint(rule: Subject, telling: str) -> str:
    milder = "give it a `strength` below 0.5, so that the examples decide"
    if rule.kind != "keywords":
        return f"make the expression narrower, or {milder}"
    such = f", for instance `none: [{telling}]`" if telling else ""
    return f"say with `none` what this rule is not about{such}; or {milder}"


class _Telling:
    """Finds words that tell stolen messages from those that a rule is meant for."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._uses: dict[str, Counter[str | None]] = {}
        for example in examples:
            for root in {word.stem for word in example.heard}:
                self._uses.setdefault(root, Counter())[example.intent] += 1

    def word(self, intent: str | None, stolen: Sequence[Example]) -> str:
        """The word that speaks most for those who were stolen from; the intent itself never uses it."""
        best, word = 0.0, ""
        for example in stolen:
            for heard in example.heard:
                uses = self._uses[heard.stem]
                of_owner = uses[example.intent]
                if uses[intent] or of_owner < USUAL or not heard.word.isalpha() or example.intent is None:
                    continue
                weight = of_owner * of_owner / uses.total()
                if weight > best:
                    best, word = weight, heard.word
        return word
