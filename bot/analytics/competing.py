"""Intents that compete for the same messages: offered side by side, or one taken for the other. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.analytics.mistaken import Mistake
from bot.analytics.quotes import Said, likeness, shown
from bot.content.snapshot import Content
from bot.model import Millis
from bot.storage.database import Row, Transaction

_INTENT = "/intent "
# A pair is worth a look from so many messages on.
LEAST = 2
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One "did you mean": the intents in the order of likelihood, and the one that was picked, if any."""

    said: Said
    intents: tuple[str, ...]
    picked: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two intents and the messages that both wanted.

    `offered` is how often "did you mean" offered both, and of those `picked_one` and `picked_other` were
    picked. `took_one` messages got the answer to `one` although they meant `other`, `took_other` the other
    way round. `examples` are such messages, masked.
    """

    one: str
    other: str
    offered: int
    picked_one: int
    picked_other: int
    took_one: int
    took_other: int
    examples: tuple[str, ...]

    @property
    def messages(self) -> int:
        """How many messages both wanted."""
        return self.offered + self.took_one + self.took_other


def read_offers(tx: Transaction, since: Millis, until: Millis) -> list[Offer]:
    """Every "did you mean" from `since` up to before `until`, in order of time."""
    return [_offer(row) for row in tx.all("review.offers", since=since, until=until)]


def _offer(row: Row) -> Offer:
    titles = {
        button["payload"].removeprefix(_INTENT): button["title"]
        for button in json.loads(row["buttons_json"])
        if button["payload"].startswith(_INTENT)
    }
    # A pressed button is written down with its title, as if it had been typed.
    reply = likeness(row["reply"] or "")
    picked = next((intent for intent, title in titles.items() if likeness(title) == reply), "")
    return Offer(Said(row["question"] or "", row["conversation_id"], (row["name"],)), tuple(titles), picked)


def mispicked(offers: Iterable[Offer], content: Content) -> list[Mistake]:
    """Messages whose likeliest intent was not what the customer picked; nothing had been answered yet."""
    return [
        Mistake(one.said, _template(content, one.intents[0]), one.intents[0], "offered", one.picked, "picked")
        for one in offers
        if one.picked and one.picked != one.intents[0] and one.said.text
    ]


def _template(content: Content, intent: str) -> str:
    template = content.template_for(intent)
    return template.name if template is not None else ""


def competing(offers: Iterable[Offer], mistaken: Iterable[Mistake], most: int) -> tuple[Pair, ...]:
    """The pairs that share the most messages."""
    together: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        for one, other in combinations(sorted(offer.intents), 2):
            together[one, other].append(offer)
    taken: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for mistake in mistaken:
        # What was picked from an offer is counted there.
        if mistake.meant and mistake.meant != mistake.intent and mistake.sign != "picked":
            one, other = sorted((mistake.intent, mistake.meant))
            taken[one, other].append(mistake)
    pairs = [_pair(names, together[names], taken[names]) for names in set(together) | set(taken)]
    worth = [pair for pair in pairs if pair.messages >= LEAST]
    return tuple(sorted(worth, key=lambda pair: (-pair.messages, pair.one, pair.other))[:most])


def _pair(names: tuple[str, str], offers: Sequence[Offer], taken: Sequence[Mistake]) -> Pair:
    one, other = names
    texts = (shown(said) for said in (*(each.said for each in taken), *(each.said for each in offers)))
    distinct = {likeness(text): text for text in texts if text}
    return Pair(
        one=one,
        other=other,
        offered=len(offers),
        picked_one=sum(offer.picked == one for offer in offers),
        picked_other=sum(offer.picked == other for offer in offers),
        took_one=sum(mistake.intent == one for mistake in taken),
        took_other=sum(mistake.intent == other for mistake in taken),
        examples=tuple(distinct.values())[:_EXAMPLES],
    )
