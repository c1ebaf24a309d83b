"""Rules that take messages from other intents.

1. A rule that goes first on an example of another intent is named, with the messages and a word to exclude.
2. It is none where a rule of the intent itself is as strong, or where the examples decide anyway.
3. Rules of emergency and person intents go first, whatever the strength.
4. What is out of scope can be stolen too.
5. No more than five messages are listed.
"""

from __future__ import annotations

import pytest

from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Firings
from bot.doubts.thefts import thefts
from bot.model import Intent, KeywordRule, PatternRule, RegexRule, Taught

CARD = Intent(
    "gift_card",
    examples={"en": ("do you sell gift cards", "a gift card for my aunt")},
    keywords={"en": (KeywordRule(all=(("voucher",),)), KeywordRule(all=(("gift card",),)))},
)
BALANCE = Intent(
    "balance",
    examples={"en": ("balance of my gift card", "how much balance is left", "what is left on my gift card")},
)


def found(*intents: Intent, outside: tuple[str, ...] = ()) -> list[Doubt]:
    return thefts(Firings(Taught({intent.name: intent for intent in intents}, {"en": outside}, ["en"]), "en"))


def test_1_a_theft_with_its_messages() -> None:
    (doubt,) = found(CARD, BALANCE)
    assert doubt.subject == Subject("gift_card", "keywords", "en", 1)
    assert doubt.message == (
        "this rule of `gift_card` takes 2 examples from `balance`:"
        ' "balance of my gift card", "what is left on my gift card"'
    )
    assert "none: [balance]" in doubt.hint or "none: [left]" in doubt.hint
    assert doubt.sure


def test_2_equal_rules_leave_it_to_the_examples() -> None:
    own = Intent("balance", BALANCE.title, None, BALANCE.examples, {"en": (KeywordRule(all=(("my",),)),)})
    assert found(CARD, own) == []
    weak = Intent(
        "balance", examples=BALANCE.examples, keywords={"en": (KeywordRule(all=(("my",),), strength=0.6),)}
    )
    assert len(found(CARD, weak)) == 1
    mild = Intent("gift_card", keywords={"en": (KeywordRule(all=(("gift card",),), strength=0.4),)})
    assert found(mild, BALANCE) == []


def test_3_roles_go_first() -> None:
    person = Intent("person", role="human", regex={"en": (RegexRule("my gift card", 0.6),)})
    own = Intent("balance", examples=BALANCE.examples, keywords={"en": (KeywordRule(all=(("my",),)),)})
    (doubt,) = found(person, own)
    assert (doubt.subject.intent, doubt.subject.kind) == ("person", "regex")
    assert "narrower" in doubt.hint


def test_4_what_is_out_of_scope() -> None:
    (doubt,) = found(CARD, outside=("print a gift card for a museum",))
    assert doubt.message.startswith("this rule of `gift_card` takes an example from what is out of scope: ")


def test_4_patterns_steal_too() -> None:
    pytest.importorskip("spacy")
    rule = PatternRule(({"LOWER": "gift"}, {"LOWER": "card"}))
    (doubt,) = found(Intent("gift_card", patterns={"en": (rule,)}), BALANCE)
    assert doubt.subject == Subject("gift_card", "patterns", "en", 0)


def test_5_no_more_than_five() -> None:
    many = Intent("many", examples={"en": tuple(f"gift card number {n}" for n in range(10, 17))})
    (doubt,) = found(CARD, many)
    assert doubt.message.count('"') == 10 and doubt.message.endswith("and 2 more")
