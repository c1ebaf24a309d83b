"""What an edit changes, counted: messages with the same change are one group, with a few of them kept. Pure.

Groups of several portions of conversations add up to those of all of them, in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.analytics.reactions import Reaction
from bot.analytics.recorded import RecordedConversation
from bot.analytics.remembering import remembering
from bot.analytics.retracing import Compared, Retraced, retrace
from bot.analytics.wordings import Wordings
from bot.conversations.knowledge import Knowledge
from bot.model import Language, Millis, Outcome

EXAMPLES = 5
# Of each text that is kept as an example, at most so many characters: more than is shown, so that nothing is
# cut before it is masked.
HELD = 2_000


class Kept(NamedTuple):
    """A message kept as an example, with what each content says to it. Ordered by conversation."""

    conversation: str
    number: int
    at: Millis
    language: Language
    text: str
    names: tuple[str, ...]
    before: str
    after: str


class Pair(NamedTuple):
    """A change: what `before` makes of a message, what `after` does, or only other words."""

    before: Reaction
    after: Reaction


@dataclass(slots=True)
class Group:
    """All messages with one change. `outcomes` counts what became of their recorded answers.

    `confirmed` is how many messages had an answer that the customer confirmed.
    """

    messages: int = 0
    conversations: int = 0
    confirmed: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kept: list[Kept] = field(default_factory=list)

    def add(self, other: Group) -> None:
        """Take another portion's group of the same change in."""
        self.messages += other.messages
        self.conversations += other.conversations
        self.confirmed += other.confirmed
        self.outcomes += other.outcomes
        self.keep(other.kept)

    def keep(self, examples: Iterable[Kept]) -> None:
        """Keep the first few in order, no text twice."""
        distinct = {one.text: one for one in sorted((*self.kept, *examples), reverse=True)}
        self.kept = sorted(distinct.values())[:EXAMPLES]


@dataclass(slots=True)
class Found:
    """What was found in a portion of conversations.

    `served` and `unserved` are numbers of messages, under `before` and under `after`. The key of `groups` is
    the change; where both sides are equal, only the words differ.
    """

    conversations: int = 0
    messages: int = 0
    with_people: int = 0
    moot: int = 0
    otherwise_recorded: int = 0
    failed: int = 0
    served: tuple[int, int] = (0, 0)
    unserved: tuple[int, int] = (0, 0)
    groups: dict[Pair, Group] = field(default_factory=dict)

    def add(self, other: Found) -> None:
        """Take another portion in."""
        self.conversations += other.conversations
        self.messages += other.messages
        self.with_people += other.with_people
        self.moot += other.moot
        self.otherwise_recorded += other.otherwise_recorded
        self.failed += other.failed
        self.served = _sum(self.served, other.served)
        self.unserved = _sum(self.unserved, other.unserved)
        for pair, group in other.groups.items():
            self.groups.setdefault(pair, Group()).add(group)

    def take(self, recorded: RecordedConversation, retraced: Retraced) -> None:
        """Count one conversation."""
        self.conversations += 1
        self.messages += len(retraced.compared) + retraced.with_people + retraced.moot
        self.with_people += retraced.with_people
        self.moot += retraced.moot
        self.otherwise_recorded += not retraced.as_recorded
        self.failed += retraced.failed
        seen: set[Pair] = set()
        for one in retraced.compared:
            self.served = _sum(self.served, (one.before.served, one.after.served))
            self.unserved = _sum(self.unserved, (one.before.unserved, one.after.unserved))
            if one.changed:
                pair = Pair(one.before, one.after)
                self._count(pair, one, recorded, first=pair not in seen)
                seen.add(pair)

    def _count(self, pair: Pair, one: Compared, recorded: RecordedConversation, *, first: bool) -> None:
        group = self.groups.setdefault(pair, Group())
        group.messages += 1
        group.conversations += first
        group.confirmed += "confirmed" in one.outcomes
        group.outcomes.update(one.outcomes)
        text, before, after = (said[:HELD] for said in (one.text, one.before_said, one.after_said))
        kept = Kept(recorded.id, one.number, one.at, recorded.language, text, one.names, before, after)
        group.keep([kept])


class Comparing:
    """Compares two knowledges, remembering what their matchers have said."""

    def __init__(self, before: Knowledge, after: Knowledge) -> None:
        self._before, self._after = remembering(before, after)
        self._wordings = Wordings(before.content, after.content)

    def find(self, recorded: Iterable[RecordedConversation], since: Millis = 0) -> Found:
        """What the edit changes in these conversations."""
        found = Found()
        for one in recorded:
            found.take(one, retrace(one, self._before, self._after, self._wordings, since))
        return found


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
