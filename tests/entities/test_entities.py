"""What a message carries.

1. A pattern stands as a whole and is given as typed, ignoring case.
2. A value may be misspelt and is given as the content writes it; an exact one goes before a misspelt one.
   Its synonyms count like itself.
3. All are found, in the order of the text, each where it stands; the first of an entity is the one that
   fills a slot, and of those that start together it is the longest.
4. What is not there is not given; any text will do.
5. Built-in kinds; a number is none where it belongs to something else that is found.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.entities import MOST, Found, find, find_entities
from bot.model import Entity

NUMBER = Entity("number", pattern=r"A\d{6}")
SIZE = Entity("size", values=("small", "medium", "large", "extra large"))
CUT = Entity("cut", values=("slim", "regular"), synonyms={"slim": ("narrow", "tight fit"), "regular": ()})
KINDS = (
    Entity("count", kind="number"),
    Entity("price", kind="amount"),
    Entity("day", kind="date"),
    Entity("mail", kind="email"),
    Entity("call", kind="phone"),
)
TODAY = date(2026, 11, 25)


def test_1_patterns() -> None:
    assert find_entities("order A123456, and A654321", [NUMBER]) == {"number": "A123456"}
    assert find_entities("it is a123456.", [NUMBER]) == {"number": "a123456"}
    assert find_entities("(A123456)", [NUMBER]) == {"number": "A123456"}


def test_1_not_inside_something_longer() -> None:
    assert find_entities("AA123456 A1234567", [NUMBER]) == {}


def test_1_alternatives_and_groups_of_its_own() -> None:
    entity = Entity("size", pattern=r"(XS|S)|(M|L)")
    assert find_entities("size m please", [entity]) == {"size": "m"}


def test_2_values() -> None:
    assert find_entities("a MEDIUM one", [SIZE]) == {"size": "medium"}
    assert find_entities("a mediun one", [SIZE]) == {"size": "medium"}
    assert find_entities("smal or large", [SIZE]) == {"size": "large"}


def test_2_synonyms() -> None:
    assert find_entities("the narow one", [CUT]) == {"cut": "slim"}
    assert find("a tight fit", [CUT]) == (Found("cut", "slim", "tight fit", 2, 11),)


def test_2_values_with_numbers_are_told_apart() -> None:
    bottle = Entity("bottle", values=("250 ml", "100 ml", "5000"))
    assert find_entities("the 100 ml one", [bottle]) == {"bottle": "100 ml"}
    assert find_entities("number 7000", [bottle]) == {}


def test_2_thai_values() -> None:
    size = Entity("size", values=("เล็ก", "ใหญ่"))
    assert find("ขอไซส์ใหญ่ค่ะ", [size], "th") == (Found("size", "ใหญ่", "ใหญ่", 6, 10),)


def test_3_longest() -> None:
    assert find_entities("extra large", [SIZE]) == {"size": "extra large"}
    assert find_entities("large, no, small", [SIZE]) == {"size": "large"}


def test_3_all_with_their_places() -> None:
    text = "a123456 (large), A654321 A111111 smal"
    assert find(text, [SIZE, NUMBER]) == (
        Found("number", "a123456", "a123456", 0, 7),
        Found("size", "large", "large", 9, 14),
        Found("number", "A654321", "A654321", 17, 24),
        Found("number", "A111111", "A111111", 25, 32),
    )


def test_3_accents_and_emoji_do_not_shift_places() -> None:
    (one,) = find("📦📦 întârziată A123456!", [NUMBER])
    assert (one.start, one.end) == (14, 21)


def test_4_nothing() -> None:
    assert find_entities("", [SIZE, NUMBER]) == {}
    assert find_entities("hello there", [SIZE, NUMBER]) == {}


@given(st.text(), st.sampled_from(["en", "sv", "th", "tr"]))
def test_4_any_text(text: str, language: str) -> None:
    for one in find(text, [SIZE, NUMBER, CUT, *KINDS], language, TODAY):
        assert text[one.start : one.end] == one.text and one.value


def test_5_kinds() -> None:
    text = "2 for €9.50 on Friday, ann@example.com or +46 70 123 45 67"
    assert find_entities(text, KINDS, "en", TODAY) == {
        "count": "2",
        "price": "9.50 EUR",
        "day": "2026-11-27",
        "mail": "ann@example.com",
        "call": "+46701234567",
    }


@pytest.mark.parametrize("text", ["on 24 December", "24.12.", "in 3 days", "€5"])
def test_5_a_number_of_something_else(text: str) -> None:
    assert "count" not in find_entities(text, KINDS, "en", TODAY)


def test_5_without_its_kind_it_is_a_number() -> None:
    assert find_entities("24 December", KINDS[:1]) == {"count": "24"}


@pytest.mark.parametrize("pattern", [r"(a+)+b?", r"(?:a.{0,300}){3}b?", r"[a-q][^u-z]{1,13}"])
def test_no_pattern_takes_long(pattern: str) -> None:
    for text in ("a" * 2_000, "a " * 1_000, "ab " * 600):
        began = time.process_time()
        assert len(find(text, [Entity("it", pattern=pattern)])) <= MOST
        assert time.process_time() - began < 1
