"""What `check` doubts about examples and rules.

1. An example in the wrong intent is found, with the intent that claims it and an example there.
2. Intents that say the same are hard to tell apart; the words that do tell are shown.
3. A rule that fires on no example is idle, with what keeps it from firing.
4. A rule that forbids what it asks for is named without looking at any example.
5. The same words under two intents are named, unless reading the files names them already.
6. Examples under another language, and intents with too few, are worth a look.
7. Content that is right has no doubts, and none has what cannot be judged.
8. Groups of synonyms that say nothing, or more than they seem to, are named; numbers and phrases are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.doubts.alike import alike
from bot.doubts.confused import confused
from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Firings
from bot.doubts.held_out import Verdict, judge_held_out
from bot.doubts.idle import contradictory, idle
from bot.doubts.misplaced import foreign, misplaced, repeated, too_few
from bot.fitting.fit import requested
from bot.fitting.labelled import Lesson
from bot.model import Intent, KeywordRule, RegexRule, Taught
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE


def content(examples: Mapping[str, Sequence[str]], **rules: KeywordRule) -> Firings:
    intents = {
        name: Intent(
            name, examples={"en": tuple(texts)}, keywords={"en": (rules[name],)} if name in rules else {}
        )
        for name, texts in examples.items()
    }
    return Firings(Taught(intents, OUT_OF_SCOPE, ["en"]), "en")


def verdicts(firings: Firings) -> list[Verdict]:
    lesson = requested(Taught(firings.intents, OUT_OF_SCOPE, ["en"]))["en"]
    return judge_held_out(lesson, "en")


def moved(text: str, to: str) -> dict[str, tuple[str, ...]]:
    return {
        name: (*(one for one in texts if one != text), *([text] if name == to else []))
        for name, texts in EXAMPLES.items()
    }


def test_1_an_example_in_the_wrong_intent() -> None:
    wrong = content(moved("give me my money back", "opening_hours"))
    judged = verdicts(wrong)
    (one,) = [one for one in judged if one.text == "give me my money back"]
    assert (one.intent, one.claimed, one.nearest) == (
        "opening_hours",
        "refund",
        "when do i get my money back",
    )
    (doubt,) = misplaced(wrong, judged)
    assert doubt.subject == Subject("opening_hours", "example", "en", text="give me my money back")
    assert '`refund`, such as "when do i get my money back"' in doubt.message and not doubt.sure
    ruled = content(
        moved("give me my money back", "opening_hours"), opening_hours=KeywordRule(all=(("money",),))
    )
    assert list(misplaced(ruled, judged)) == []


def test_2_intents_that_say_the_same() -> None:
    orders = tuple(
        f"{verb} the {noun} order" for verb in ("find", "show", "see") for noun in ("old", "last", "new")
    )
    twins = {
        **EXAMPLES,
        "orders": orders[::2],
        "history": (*orders[1::2], "history of what i bought", "my history"),
    }
    firings = content(twins)
    found = list(confused(firings, verdicts(firings)))
    assert [doubt.subject.intent for doubt in found] == ["history"]
    assert "`history` and `orders` are hard to tell apart" in found[0].message
    assert "both say" in found[0].hint and "only `history` history" in found[0].hint


def test_2_words_are_shown_as_they_are_written() -> None:
    swedish = [("a", "vad får man"), ("a", "Får den ändras"), ("b", "får vi"), ("b", "när får ni")]
    judged = [Verdict(one, text, "ab"[one == "a"], 0.9, "", 0.5, 0.1) for one, text in swedish]
    (doubt,) = confused(Firings(Taught({}, {}, ["sv"]), "sv"), judged)
    assert "both say får" in doubt.hint


def test_3_idle_rules() -> None:
    unheard = KeywordRule(all=(("invoice", "bill"), ("send",)))
    blocked = KeywordRule(all=(("refund",),), none=(("money", "refunded", "owe", "purchase", "want"),))
    apart = KeywordRule(all=(("cancel",), ("address",)))
    fires = KeywordRule(all=(("person",),))
    firings = content(EXAMPLES, order_status=unheard, refund=blocked, cancel_order=apart, human=fires)
    said = {doubt.subject.intent: doubt for doubt in idle(firings)}
    assert set(said) == {"order_status", "cancel_order"}
    assert 'none has "invoice" or "bill"' in said["order_status"].message
    assert said["order_status"].hint.startswith("check how it is spelt")
    assert said["cancel_order"].message.endswith(": its words never stand together")
    barred = content(EXAMPLES, refund=KeywordRule(all=(("refund", "money"),), none=(("refund", "back"),)))
    assert "a `none` group stops it each time" in next(idle(barred)).message


def test_4_a_rule_that_forbids_what_it_asks_for() -> None:
    never = KeywordRule(all=(("cancel", "cancelling"), ("order",)), none=(("cancelled", "account"),))
    firings = content(EXAMPLES, cancel_order=never)
    (doubt,) = contradictory(firings)
    assert doubt.message == (
        "this rule of `cancel_order` can never fire: its `none` has `cancelled`, which counts as `cancel`"
    )
    assert doubt.sure and list(idle(firings)) == []
    possible = KeywordRule(all=(("cancel", "stop"),), none=(("cancelled",),))
    assert list(contradictory(content(EXAMPLES, cancel_order=possible))) == []


def test_5_the_same_words_twice() -> None:
    both = {**EXAMPLES, "a": ("Where's it?", "order!"), "b": ("wheres it", "Order")}
    (doubt,) = repeated(content(both))
    assert doubt.message == '"wheres it" is the same to the bot as "Where\'s it?", an example of `a`'
    assert doubt.sure


def test_6_other_languages_and_few_examples() -> None:
    swedish = ("var är mitt paket", "när kommer min beställning", "jag vill ha mina pengar tillbaka")
    intent = Intent("status", examples={"en": ("where is my order", swedish[0]), "sv": swedish[1:]})
    intents = {"status": intent}
    everywhere = {language: Firings(Taught(intents, {}, [language]), language) for language in ("en", "sv")}
    (doubt,) = foreign(everywhere)
    assert doubt.subject.text == swedish[0] and "looks like `sv`" in doubt.message
    assert [one.message for one in too_few(everywhere["en"])] == ["`status` has 2 examples in `en`"]
    ruled = {"a": Intent("a", regex={"en": (RegexRule("x"),)}), **intents}
    assert len(list(too_few(Firings(Taught(ruled, {}, ["en"]), "en")))) == 1


def test_7_nothing_to_say() -> None:
    right = content(EXAMPLES)
    judged = verdicts(right)
    everything: list[Doubt] = [
        *misplaced(right, judged),
        *confused(right, judged),
        *repeated(right),
        *idle(right),
    ]
    assert [doubt.message for doubt in everything] == []
    assert judge_held_out(Lesson([]), "en") == [] and judge_held_out(Lesson([("a", "b c")]), "en") == []


def said_of(*groups: str, examples: Mapping[str, Sequence[str]] = EXAMPLES) -> list[tuple[str, str, str]]:
    intents = {name: Intent(name, examples={"en": tuple(texts)}) for name, texts in examples.items()}
    written = {"en": tuple(tuple(sorted(group.split(" | "))) for group in groups)}
    found = list(alike(Firings(Taught(intents, {}, ["en"], written), "en")))
    assert all(doubt.subject.kind == "synonyms" and doubt.hint for doubt in found)
    return [(doubt.code, doubt.subject.text, doubt.message) for doubt in found]


def test_8_forms_of_one_word() -> None:
    ((code, group, message),) = said_of("refund | refunds | refunded", "parcel | package")
    assert (code, group) == ("synonyms_idle", "refund | refunded | refunds")
    assert "are forms of one word" in message


def test_8_two_groups_with_a_word_in_common() -> None:
    ((code, group, message),) = said_of("order | purchase", "buys | purchases", "parcel | package")
    assert (code, group) == ("synonyms_joined", "buys | purchases")
    assert "`purchases` is in `order | purchase` too" in message


def test_8_a_word_of_nearly_every_intent() -> None:
    many = {f"intent_{number}": (f"where is thing{number}",) for number in range(12)}
    ((code, group, message),) = said_of("is | stays | remains", "thing1 | item", examples=many)
    assert (code, group) == ("synonyms_everywhere", "is | remains | stays")
    assert "`is` is in the examples of 12 of 12 intents, and counts as `remains`" in message
    few = {name: many[name] for name in list(many)[:8]}
    assert said_of("is | stays", examples=few) == []


def test_8_each_group_that_is_joined_is_named() -> None:
    first, second = said_of("cash | money", "parcel | package", "cash | parcel")
    assert first[:2] == second[:2] == ("synonyms_joined", "cash | parcel")
    assert "`cash` is in `cash | money` too" in first[2]
    assert "`parcel` is in `package | parcel` too" in second[2]


def test_8_nothing_to_say() -> None:
    assert said_of("refund | money back", "112 | emergency", "112 | police", "at home | home delivery") == []
    assert said_of("important | import") == []  # one stem, but a keyword tells them apart
