"""Cutting misspelt Thai.

1. A slip inside a run is one piece, with its place; what stands around it is cut as before.
2. A run whose words follow each other in the content stands as it is.
3. Words of the list that the content lacks are words all the same.
4. What is not Thai is not touched, nor are runs longer than anyone types.
5. Pieces joined give the run, whatever it is.
"""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.spelling.segments import LONGEST_RUN, Segments
from bot.spelling.vocabulary import learn_vocabulary
from bot.text.tokens import tokenize, words

CONTENT = ("พัสดุของฉันอยู่ที่ไหน", "ขอคืนเงิน", "ติดตามพัสดุ", "ส่งสินค้าเมื่อไหร่")
LISTED = frozenset({"อาหาร", "ไหม", "อร่อย"})
SEGMENTS = Segments(learn_vocabulary([words(text, "th") for text in CONTENT]), LISTED)


def read(text: str) -> list[tuple[str, str]]:
    tokens, meant = SEGMENTS.read(tokenize(text, "th"))
    assert [text[token.start : token.end] for token in tokens] == [token.original for token in tokens]
    return [(token.original, word) for token, word in zip(tokens, meant, strict=True)]


def test_1_a_slip() -> None:
    assert read("ติดตามพัศดุ") == [("ติดตาม", "ติดตาม"), ("พัศดุ", "พัสดุ")]
    assert ("อยุ่", "อยู่") in read("พัสดุของฉันอยุ่ที่ไหน")


def test_2_a_known_run_stands() -> None:
    for text in CONTENT:
        assert [word for _, word in read(text)] == list(words(text, "th"))


def test_3_listed_words() -> None:
    assert read("อาหารอร่อยไหม") == [("อาหาร", "อาหาร"), ("อร่อย", "อร่อย"), ("ไหม", "ไหม")]


def test_4_others() -> None:
    assert read("iphone 15 พัศดุ ?") == [("iphone", "iphone"), ("15", "15"), ("พัศดุ", "พัสดุ"), ("?", "?")]
    long = "พัศดุ" * LONGEST_RUN
    assert all(typed == word for typed, word in read(long))


@given(st.lists(st.sampled_from(["พัส", "ดุ", "ของ", "ฉัน", "เ", "ก", "งิ", "น", "า", "ติด", "ตาม"]), min_size=1))
def test_5_nothing_is_lost(parts: list[str]) -> None:
    text = "ก" + "".join(parts)
    tokens, meant = SEGMENTS.read(tokenize(text, "th"))
    assert all(meant) and len(tokens) == len(meant)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    assert all(text[token.start : token.end] == token.original for token in tokens)
