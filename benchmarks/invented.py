"""Invented shop content of any size, from a seed: what customers want done, and to what."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.lines import Line

# What is wanted, in words that mean the same; the first names the intent.
ACTIONS = (
    "cancel|call off|stop", "change|alter|modify", "track|follow|locate", "return|send back|bring back",
    "replace|swap|exchange", "repair|fix|mend", "order|buy|purchase", "pay for|settle", "renew|extend",
    "pause|suspend|put on hold", "restart|resume|reactivate", "upgrade|move up", "downgrade|step down",
    "register|sign up", "delete|remove|erase", "download|save", "print|get a copy on paper of",
    "share|pass on", "hide|keep private", "check|look at|review", "compare|tell apart", "reserve|book",
    "report|complain about", "rate|review with stars", "insure|cover", "collect|pick up", "deliver|bring",
    "wrap|gift wrap", "measure|size up", "clean|wash", "charge|power up", "reset|start over",
    "unlock|open again", "verify|confirm|prove", "split|divide", "combine|merge|join", "transfer|hand over",
    "refund|pay back|reimburse", "store|keep", "recycle|throw away", "translate|read in my language",
    "explain|tell me about", "update|refresh", "test|try out", "schedule|plan", "customise|personalise",
    "assemble|put together", "label|mark",
)  # fmt: skip
# What it is about, likewise.
OBJECTS = (
    "order|purchase", "parcel|package|shipment", "invoice|bill", "subscription|plan", "membership|club card",
    "gift card|gift voucher", "promo code|discount code|coupon", "account|profile", "password|login",
    "address|place of delivery", "phone number|mobile number", "email address|mail address",
    "credit card|bank card", "bank transfer|wire transfer", "direct debit|standing payment",
    "instalments|monthly payments", "receipt|proof of purchase", "warranty|guarantee", "insurance|protection",
    "newsletter|mailing list", "wish list|favourites", "basket|shopping cart", "loyalty points|bonus points",
    "delivery slot|time window", "pick-up point|parcel shop", "customs form|import papers",
    "tent|camping tent", "sleeping bag|down bag", "rucksack|backpack", "boots|hiking shoes",
    "rain jacket|waterproof coat", "gloves|mittens", "climbing rope|rope", "helmet|hard hat", "stove|cooker",
    "head torch|headlamp", "water bottle|flask", "bicycle|bike", "tyre|tube", "bike lock|chain lock",
    "ski set|skis", "snowboard|board", "kayak|canoe", "paddle|oar", "life vest|buoyancy aid",
    "fishing rod|rod and reel", "compass|map compass", "navigation watch|sports watch", "app|mobile app",
    "data|personal information",
)  # fmt: skip
FRAMES = (
    "how do i {do} my {it}", "i want to {do} my {it}", "can i {do} the {it}", "{do} {it}",
    "is it possible to {do} a {it}", "please {do} my {it} for me", "help me {do} this {it}",
    "where can i {do} my {it}", "i would like to {do} the {it} today", "what do i need to {do} my {it}",
    "i tried to {do} my {it} and it does not work", "who can {do} my {it}",
    "how long does it take to {do} a {it}",
    "what does it cost to {do} the {it}", "could you {do} the {it} i got last week",
    "my {it} , can you {do} it", "need to {do} my {it} asap", "hello, i have to {do} my {it}",
    "when am i allowed to {do} the {it}", "i was told that you {do} every {it}",
)  # fmt: skip
LARGEST = len(ACTIONS) * len(OBJECTS)


def lines(intents: int, each: int, seed: int) -> tuple[list[Line], list[Line]]:
    """Lines to fit, `each` for every one of `intents` (at most `LARGEST`), and one more of each to ask."""
    chance = random.Random(seed)
    subjects = [(do, it) for do in ACTIONS for it in OBJECTS]
    train: list[Line] = []
    asked: list[Line] = []
    for do, it in sorted(chance.sample(subjects, intents)):
        name = f"{do.split('|')[0]}_{it.split('|')[0]}".replace(" ", "_").replace("-", "_")
        texts = _texts(do, it, chance)
        found = list(dict.fromkeys(next(texts) for _ in range(each * 4)))[: each + 1]
        train += [Line(text, name, "en") for text in found[:-1]]
        asked.append(Line(found[-1], name, "en"))
    return train, asked


def _texts(do: str, it: str, chance: random.Random) -> Iterator[str]:
    while True:
        frame = chance.choice(FRAMES)
        yield frame.format(do=chance.choice(do.split("|")), it=chance.choice(it.split("|")))
