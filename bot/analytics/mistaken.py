"""Messages that a template caught although they meant something else, as far as the ledger can tell. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.analytics.answered import Answered, Thread
from bot.analytics.quotes import Said, likeness, shown

# How a wrong answer came to light, the clearest first: the customer named what they meant; they picked
# another option of "did you mean"; an operator sent another template; they only said that it did not help.
Sign = Literal["meant", "picked", "operator", "no"]
SIGNS: tuple[Sign, ...] = ("meant", "picked", "operator", "no")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message that was taken for `intent` by `rule`; `meant` is the right intent, empty where not known."""

    said: Said
    template: str
    intent: str
    rule: str
    meant: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Caught:
    """The same message caught wrongly so many times, masked.

    `signs` and `rules` count how that came to light and what had matched, `meant` the intents that were
    right, where that is known. `conversation` is one of those in which it happened.
    """

    text: str
    times: int
    signs: dict[str, int]
    rules: dict[str, int]
    meant: dict[str, int]
    conversation: str


def mistakes(threads: Iterable[Thread]) -> Iterator[Mistake]:
    """The bot's answers of which somebody has shown that they were wrong."""
    for thread in threads:
        for place, one in enumerate(thread):
            if one.by_operator or not one.message:
                continue
            found = _sign(one, thread[place + 1 :])
            if found is not None:
                said = Said(one.message, one.conversation, (one.name,))
                yield Mistake(said, one.template, one.intent, one.rule, *found)


def _sign(one: Answered, later: Sequence[Answered]) -> tuple[str, Sign] | None:
    """What was meant, and how that came to light; None for an answer that nobody has objected to."""
    events = {objection.event for objection in one.objections}
    said_instead = next((two for two in later if two.question in events and two.intent != one.intent), None)
    if said_instead is not None:
        return said_instead.intent, "meant"
    if one.outcome in ("handed_off", "not_helped"):
        sent_instead = _of_an_operator(later)
        if sent_instead is not None and sent_instead.template != one.template:
            return sent_instead.intent, "operator"
    return ("", "no") if one.outcome == "not_helped" else None


def _of_an_operator(later: Sequence[Answered]) -> Answered | None:
    """What an operator sent before the bot answered anything else."""
    return later[0] if later and later[0].by_operator else None


def caught(mistaken: Iterable[Mistake], most: int) -> tuple[Caught, ...]:
    """The messages of one template put together: the clearest and the most frequent first."""
    groups: dict[str, list[tuple[Mistake, str]]] = defaultdict(list)
    for one in mistaken:
        text = shown(one.said)
        groups[likeness(text)].append((one, text))
    return tuple(_caught(group) for group in sorted(groups.values(), key=_order)[:most])


def _order(group: Sequence[tuple[Mistake, str]]) -> tuple[int, int]:
    """More of them first; among equals the clearer sign."""
    return -len(group), min(SIGNS.index(one.sign) for one, _ in group)


def _caught(group: Sequence[tuple[Mistake, str]]) -> Caught:
    return Caught(
        text=group[0][1],
        times=len(group),
        signs=dict(Counter(one.sign for one, _ in group).most_common()),
        rules=dict(Counter(one.rule for one, _ in group).most_common()),
        meant=dict(Counter(one.meant for one, _ in group if one.meant).most_common()),
        conversation=group[0][0].said.conversation,
    )
