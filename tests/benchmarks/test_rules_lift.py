"""What rules, synonyms and titles add to few examples.

1. The examples that are not drawn are asked; the drawn ones come from the seed.
2. Each way keeps what it says, and no more.
3. Rules that fit what is asked lift the figure.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.rules_lift import WAYS, divided, lifted, stripped, table
from bot.model import Intent, KeywordRule, Taught
from tests.small_shop import EXAMPLES

INTENTS = {
    name: Intent(
        name,
        title={"en": name},
        examples={"en": texts},
        keywords={"en": (KeywordRule(all=((texts[-1],),)),)},
    )
    for name, texts in EXAMPLES.items()
}
CONTENT = Taught(INTENTS, {}, ["en"], {"en": (("refund", "money back"), ("parcel", "package", "order"))})


def test_1_divided() -> None:
    drawn, asked = divided(INTENTS, 2, seed=1)
    assert (drawn, asked) == divided(INTENTS, 2, seed=1) != divided(INTENTS, 2, seed=2)
    assert all(len(intent.examples["en"]) == 2 for intent in drawn.values())
    assert len(asked) == sum(len(texts) - 2 for texts in EXAMPLES.values())
    assert not {line.text for line in asked} & {text for one in drawn.values() for text in one.examples["en"]}


def test_2_stripped() -> None:
    bare = stripped(CONTENT, WAYS["examples alone"])
    assert not bare.intents["refund"].title and not bare.intents["refund"].keywords and not bare.synonyms
    assert stripped(CONTENT, WAYS["with synonyms"]) == replace(bare, synonyms=CONTENT.synonyms)
    assert stripped(CONTENT, WAYS["with all"]) == CONTENT


def test_3_lifted() -> None:
    found = lifted(CONTENT, 1, [1], slips=0)
    assert set(found) == set(WAYS)
    assert found["with rules"] > found["examples alone"]
    assert "with titles" in table({"intents": 6, "seeds": 1, "slips": 0, "accuracy": {1: found}})
