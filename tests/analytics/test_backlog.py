"""What to write next.

1. Questions that mean the same are one topic, with what operators replied as a draft.
2. The draft's name comes from the words that most share, and is taken by nothing else.
3. Its examples are different phrasings without personal data, none of which the content has.
4. A question whose intent is known is answered there; one that a template answered in the end adds its words.
5. A topic is found by its id, the beginning of it, and the id it had before more was asked.
6. Every question is in one topic, in any order.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.backlog import Topic, backlog, topic_with_id
from bot.analytics.threads import Question
from bot.errors import NotFound
from bot.model import Intent
from tests.conversations.talk import SHOP

ASKED = (
    "can I rent a tent",
    "rent a tent for a weekend",
    "is it possible to rent tents",
    "can i rnet a tent?",
)
REPLY = "Yes, we rent out tents."


def question(text: str, number: int, *replies: str, **more: object) -> Question:
    plain = Question(f"c{number}", 1, text, "en", 1_000 + number, "rephrased", "", replies, (), ("Anna",))
    return replace(plain, **more)  # type: ignore[arg-type]


CLOSINGS = ("Have a nice day!", "Anything else?", "See you in the store.", "")
TENTS = tuple(
    question(text, number, f"Hello Anna! {REPLY}", CLOSINGS[number]) for number, text in enumerate(ASKED)
)
DOGS = (question("are dogs allowed", 7), question("is my dog allowed, I am anna, anna@example.org", 8))


def topic(*questions: Question) -> Topic:
    (found,) = backlog(questions, SHOP)
    return found


def test_1_a_topic_with_a_draft() -> None:
    tents, dogs = backlog([*TENTS, *DOGS], SHOP)
    assert (tents.conversations, tents.messages, tents.answered) == (4, 4, 4)
    assert (tents.draft.text, tents.draft.replies, tents.draft.is_new) == (REPLY, 4, True)
    assert (dogs.conversations, dogs.draft.text, dogs.replies) == (2, "", ())
    assert tents.seen_in == ("c3", "c2", "c1", "c0")
    assert (tents.first_at, tents.last_at) == (1_000, 1_003)


def test_1_braces_are_only_braces() -> None:
    assert topic(question("rent a tent", 1, "Write {tent} on it.")).draft.text == "Write {{tent}} on it."


def test_2_names() -> None:
    draft = topic(*TENTS).draft
    assert draft.intent == draft.template == "rent_tent"
    taken = replace(SHOP, intents={**SHOP.intents, "rent_tent": SHOP.intents["refund"]})
    assert backlog(TENTS, taken)[0].draft.intent == "rent_tent_2"
    assert topic(question("??? 17", 1)).draft.intent == "question"


def test_3_examples() -> None:
    assert set(topic(*TENTS).draft.examples) == {"can I rent a tent", "rent a tent for a weekend", ASKED[2]}
    found = topic(*DOGS)
    assert found.draft.examples == ("are dogs allowed",)
    assert [one.text for one in found.phrasings][-1] == "is my dog allowed, I am [name], [email]"
    assert topic(question("is it in stock?", 1)).draft.examples == ()
    story = question("can I rent a tent or rent tents " * 10 + "for my aunt", 9)
    assert all(len(text) < 100 for text in topic(*TENTS, story).draft.examples)


def test_4_a_known_intent() -> None:
    asked = [question(text, n, REPLY, intent="unwritten", why="no_answer") for n, text in enumerate(ASKED)]
    found = topic(*asked)
    assert (found.intent, found.draft.intent, found.draft.is_new) == ("unwritten", "unwritten", False)
    assert found.draft.text == REPLY


def test_4_a_template_answers_it() -> None:
    asked = [question(text, n, answered_with=("returns",)) for n, text in enumerate(ASKED)]
    assert (topic(*asked).draft.intent, topic(*asked).draft.is_new) == ("returns", False)
    assert topic(*asked).answered_with == (("returns", 4),)
    once = [asked[0], *TENTS[1:]]
    assert topic(*once).draft.is_new


def test_4_what_is_known_by_now_goes_last() -> None:
    asked = Intent("rent", examples={"en": ASKED})
    tents, dogs = backlog([*TENTS, *DOGS], SHOP)
    assert (tents.conversations > dogs.conversations, tents.known, dogs.known) == (True, False, False)
    since = replace(SHOP, intents={**SHOP.intents, "rent": asked})
    assert [one.known for one in backlog([*TENTS, *DOGS], since)] == [False, True]
    unwritten = topic(question("something new", 1, intent="unwritten", why="no_answer"))
    assert (unwritten.draft.examples, unwritten.known) == ((), False)


def test_5_ids() -> None:
    before = topic(*TENTS[1:])
    topics = backlog([*TENTS, *DOGS], SHOP)
    assert topic_with_id(topics, topics[1].id[:4]) == topics[1]
    assert before.id != topics[0].id
    assert topic_with_id(topics, before.id) == topics[0]
    for wrong in ("ffffffffff", "", topics[0].id[:3]):
        with pytest.raises(NotFound, match="no unanswered question"):
            topic_with_id(topics, wrong)


WORDS = st.sampled_from(["tent", "rent", "dog", "shop", "refund", "my", "?", "Anna"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            question,
            st.lists(WORDS, max_size=4).map(" ".join),
            st.integers(0, 5),
            st.sampled_from(["", REPLY, "Hello Anna!"]),
            intent=st.sampled_from(["", "", "unwritten"]),
        ),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_6_all_in_any_order(drawn: list[Question], chance: random.Random) -> None:
    questions = [replace(one, seq=seq) for seq, one in enumerate(drawn, 1)]
    topics = backlog(questions, SHOP)
    assert sum(one.messages for one in topics) == len(questions)
    assert not any("Anna" in one.text for found in topics for one in found.phrasings)
    chance.shuffle(questions)
    assert backlog(questions, SHOP) == topics
