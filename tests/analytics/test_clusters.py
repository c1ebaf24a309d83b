"""Messages that mean the same.

1. Every message is in exactly one cluster.
2. The order in which they come in does not matter.
3. Slips, order, endings and other words for the same do not part them; other questions and languages do.
4. The cluster that is asked in the most conversations goes first.
5. An id outlives what is asked later, and leads to the cluster that holds its words.
6. The typical phrasing is spelt right, and the commonest goes first among all.
7. More forms than are compared with each other join the nearest cluster.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics import clusters as module
from bot.analytics.clusters import Cluster, Said, clusters

TENTS = (
    "can I rent a tent",
    "rent a tent for the weekend",
    "is it possible to rent a tent",
    "can i rnet a tent",
    "tents to rent?",
    "I want to hire a tent",
)
DOGS = ("can I bring my dog", "are dogs allowed in the shop", "my dog may come in?", "is my dog allowed")


def said(*texts: str, language: str = "en") -> list[Said]:
    return [Said(text, language, f"c{number}", 1_000 + number) for number, text in enumerate(texts)]


def texts(cluster: Cluster, messages: list[Said]) -> set[str]:
    return {messages[place].text for place in cluster.members}


WORDS = st.sampled_from(["tent", "rent", "dog", "shop", "refund", "my", "a", "?", "tnet", "นม", "é", "A1234"])
MESSAGES = st.lists(
    st.builds(
        Said,
        st.lists(WORDS, max_size=5).map(" ".join),
        st.sampled_from(["en", "sv", "th"]),
        st.sampled_from(["c1", "c2", "c3"]),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(MESSAGES, st.randoms(use_true_random=False))
def test_1_and_2_parts_in_any_order(messages: list[Said], chance: random.Random) -> None:
    found = clusters(messages)
    assert sorted(place for one in found for place in one.members) == list(range(len(messages)))
    order = list(range(len(messages)))
    chance.shuffle(order)
    again = clusters([messages[place] for place in order])
    assert [(one.id, one.typical, one.phrasings, one.conversations) for one in again] == [
        (one.id, one.typical, one.phrasings, one.conversations) for one in found
    ]
    for one in found:
        assert one.messages == len(one.members) == sum(phrasing.messages for phrasing in one.phrasings)


def test_3_what_means_the_same() -> None:
    messages = said(*TENTS, *DOGS)
    assert [texts(one, messages) for one in clusters(messages)] == [set(TENTS), set(DOGS)]


@pytest.mark.parametrize(
    ("language", "phrasings", "other"),
    [
        (
            "sv",
            ("kan jag hyra ett tält", "hyra tält", "går det att hyra tält", "kan jag hyra ett tällt"),
            "min hund",
        ),
        ("ru", ("можно взять палатку в аренду", "аренда палатки", "палатка в аренду"), "моя собака"),
        ("th", ("เช่าเต็นท์ได้ไหม", "อยากเช่าเต็นท์", "เช่าเต็นท์"), "หมาเข้าร้านได้ไหม"),
    ],
)
def test_3_other_languages(language: str, phrasings: tuple[str, ...], other: str) -> None:
    messages = said(*phrasings, other, language=language)
    assert texts(clusters(messages)[0], messages) == set(phrasings)


def test_3_languages_are_apart() -> None:
    messages = [Said("tent", "en", "c1", 1), Said("tent", "sv", "c2", 2)]
    assert [one.language for one in clusters(messages)] == ["en", "sv"]


def test_4_most_conversations_first() -> None:
    often = [Said("dogs allowed?", "en", "one", at) for at in range(5)]
    found = clusters([*often, *said("rent a tent", "rent tent")])
    assert [(one.conversations, one.messages) for one in found] == [(2, 2), (1, 5)]


def test_5_ids() -> None:
    before = clusters(said(*TENTS[:3]))[0]
    later = [Said(text, "en", f"d{number}", 9_000 + number) for number, text in enumerate(TENTS[3:] + DOGS)]
    after = clusters([*later, *said(*TENTS[:3])])
    assert after[0].id == before.id
    older = [Said("tent rental", "en", "o", 1)]
    grown = clusters([*older, *said(*TENTS[:3])])
    assert grown[0].id != before.id
    assert before.id in grown[0].ids


def test_6_typical() -> None:
    messages = said("can i rnet a tent", "can i rnet a tent", "can I rent a tent", "rent a tent")
    found = clusters(messages)[0]
    assert found.typical in {"can I rent a tent", "rent a tent"}
    assert found.phrasings[0].text == "can i rnet a tent"


def test_7_more_than_can_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FORMS", 6)
    often = [
        Said(text, "en", f"o{place}{n}", n)
        for place, text in enumerate((*TENTS[:3], *DOGS[:3]))
        for n in (1, 2)
    ]
    messages = [*often, *said("how do I rent tents", "is a dog allowed", "what is the weather")]
    found = {frozenset(texts(one, messages)) for one in clusters(messages)}
    assert frozenset((*TENTS[:3], "how do I rent tents")) in found
    assert frozenset((*DOGS[:3], "is a dog allowed")) in found
    assert frozenset({"what is the weather"}) in found
