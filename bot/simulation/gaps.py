"""What invented customers ask that the bundled packs have no answer to, and what invented operators reply.

A gap is named `?name` where customers' wants are listed. It is in English only; in other languages such a
customer asks something that is out of scope.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# How likely a customer asks about a gap first.
SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Gap:
    """How customers ask; what operators say to it, a tuple of wordings each; and what some add."""

    asked: tuple[str, ...]
    told: tuple[tuple[str, ...], ...]
    added: tuple[str, ...]


GAPS: Mapping[str, Gap] = {
    "?rent": Gap(
        asked=(
            "can I rent a tent for the weekend",
            "do you hire out tents and sleeping bags",
            "is it possible to rent camping gear",
            "renting a tent for three days",
            "how much is it to hire a tent",
            "do you have tents for hire",
            "I only need a tent once, can I rent one",
            "tent rental",
            "hire camping equipment for a weekend",
        ),
        told=(
            (
                "Yes, we rent out tents, sleeping bags and stoves in our stores in Stockholm and Gothenburg.",
                "We do rent out tents, sleeping bags and stoves, in our stores in Stockholm and Gothenburg.",
            ),
            (
                "A tent for two costs 300 SEK for a weekend.",
                "A weekend with a tent for two is 300 SEK.",
            ),
            (
                "Please book it by telephone at least two days ahead.",
                "Book at least two days ahead by telephone, please.",
            ),
        ),
        added=(
            "You can write to rental@shop.example as well.",
            "Bring an identity card.",
            "I have put one aside for you.",
        ),
    ),
    "?courses": Gap(
        asked=(
            "do you run climbing courses for beginners",
            "when is the next climbing course",
            "can I join a climbing class",
            "climbing lessons for kids",
            "where do I sign up for the climbing course",
            "do you teach climbing",
            "is there a beginners course in climbing",
        ),
        told=(
            (
                "Our climbing courses for beginners are on the first Saturday of every month.",
                "We have climbing courses for beginners on the first Saturday of each month.",
            ),
            ("You sign up at the till in the store.", "Please sign up at the till in any of our stores."),
        ),
        added=("Children from eight years on are welcome.", "The next one is on 2 May and has places left."),
    ),
    "?dogs": Gap(
        asked=(
            "can I bring my dog into the shop",
            "are dogs allowed in your stores",
            "is my dog welcome in the store",
            "may dogs come in",
            "dog friendly shop?",
            "can I take the dog inside with me",
        ),
        told=(
            (
                "Dogs on a lead are welcome in all our stores.",
                "Your dog is welcome in all our stores, on a lead.",
            ),
        ),
        added=(
            "There is water by the door.",
            "Only the café is off limits, because of the food.",
            "What is the name of yours?",
        ),
    ),
    "?sponsor": Gap(
        asked=(
            "would you sponsor our scout group",
            "do you sponsor sports clubs",
            "we look for a sponsor for our ski club",
            "sponsoring a local club",
            "can you sponsor our youth orienteering team",
        ),
        told=(
            (
                "We sponsor youth clubs near our stores and decide about it twice a year.",
                "Twice a year we decide which youth clubs near our stores we sponsor.",
            ),
            (
                "Send us a page about your club before the end of March or September.",
                "Please send a page about the club before the end of March or September.",
            ),
        ),
        added=("Write to clubs@shop.example.", "Good luck with the season!"),
    ),
    "?gas": Gap(
        asked=(
            "can you refill my gas canister",
            "where can I refill a gas bottle for the stove",
            "do you refill camping gas",
            "refilling gas cartridges",
        ),
        told=(
            (
                "We do not refill gas canisters, because that is not safe.",
                "Sorry, gas canisters cannot be refilled safely, so we do not do it.",
            ),
            (
                "You can hand in empty ones at any of our stores.",
                "Hand in the empty ones at any store of ours.",
            ),
        ),
        added=("New ones are beside the stoves.",),
    ),
}


def drawn(chance: random.Random) -> str:
    """The name of a gap; the first ones are drawn most often."""
    names = list(GAPS)
    return chance.choices(names, [1 / (rank + 1) for rank in range(len(names))])[0]


def is_gap(want: str) -> bool:
    """Whether a customer wants something that no content answers."""
    return want in GAPS


def question(want: str, chance: random.Random) -> str:
    """One way to ask about a gap."""
    return chance.choice(GAPS[want].asked)


def reply(want: str, opening: str, closing: str, chance: random.Random) -> str:
    """What one operator says: the answer in one of its wordings, and perhaps more."""
    gap = GAPS[want]
    told: Sequence[str] = [chance.choice(wordings) for wordings in gap.told]
    if len(told) > 1 and chance.random() < 0.15:
        told = told[:-1]
    more = [chance.choice(gap.added)] if gap.added and chance.random() < 0.4 else []
    return opening + " ".join([*told, *more]) + closing
