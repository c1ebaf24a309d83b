"""A small shop's content, for tests of matching and of what it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Intent, KeywordRule, RegexRule

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "order_status": (
        "where is my order",
        "track my parcel",
        "has my package shipped yet",
        "when will my order arrive",
        "what is the status of my order",
        "my parcel has not come",
        "can you locate my package",
    ),
    "refund": (
        "i want a refund",
        "give me my money back",
        "how do i get refunded",
        "when do i get my money back",
        "refund the purchase please",
        "you still owe me a refund",
    ),
    "change_address": (
        "i want to change my address",
        "change the delivery address",
        "i moved house",
        "send it to another address",
        "my address is wrong",
        "update my shipping address",
    ),
    "opening_hours": (
        "when are you open",
        "what are your opening hours",
        "are you open on sunday",
        "when does the shop close",
        "what time do you open tomorrow",
    ),
    "cancel_order": (
        "cancel my order",
        "i do not want the order anymore",
        "please stop my order",
        "can i cancel the purchase",
        "i changed my mind about the order",
    ),
    "human": ("talk to a person", "i want to speak to someone", "is anybody there", "get me an employee"),
}
KEYWORDS: Mapping[str, tuple[KeywordRule, ...]] = {
    "human": (KeywordRule(all=(("human", "real person"),)),),
    "cancel_order": (KeywordRule(all=(("cancel",), ("order", "purchase")), none=(("refund",),)),),
    "order_status": (
        KeywordRule(all=(("where",),), any=(("parcel",), ("package",)), strength=0.8),
        KeywordRule(all=(("still not here",),), strength=0.3),
    ),
}
OUT_OF_SCOPE = {"en": ("tell me a joke", "what is the weather", "who won the game", "sing a song for me")}


# The same in Swedish, far smaller.
SWEDISH = {
    "parcel": Intent("parcel", examples={"sv": ("var är mitt paket", "när kommer mitt paket")}),
    "shirt": Intent("shirt", examples={"sv": ("tröjan är för liten", "är tröjan av ull", "byt min tröja")}),
    "people": Intent("people", examples={"sv": ("jag vill tala med en människa", "kan någon ringa mig")}),
}


def shop(**changed: Intent) -> dict[str, Intent]:
    intents = {
        name: Intent(
            name,
            title={"en": name.replace("_", " ")},
            role="human" if name == "human" else None,
            examples={"en": examples},
            keywords={"en": KEYWORDS[name]} if name in KEYWORDS else {},
            regex={"any": (RegexRule(r"\bRMA-\d+\b"),)} if name == "refund" else {},
        )
        for name, examples in EXAMPLES.items()
    }
    return {**intents, **changed}
