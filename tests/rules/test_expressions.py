"""Regular expressions of the content.

1. They ignore case and are searched in the text as typed; one that fits nothing is not found.
2. What RE2 refuses raises PatternRefused; so does a program that is too big.
3. No expression and no text take long: time is linear in the text.
4. Many are searched together, with the same result as each alone, also when the memory for all runs out.
"""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Intent, RegexRule
from bot.rules import expressions
from bot.rules.expressions import Expressions, PatternRefused, compiled
from bot.rules.rules import Rules

# Ways to keep engines busy that try again: nested repeats, overlapping alternatives, long counted gaps.
NASTY = (
    r"(a+)+$",
    r"(a|aa)+$",
    r"(x+x+)+y",
    r".*.*.*.*=",
    r"(a?){100}a{100}",
    r"[a-q][^u-z]{13}x",
    r"(.{1,50}b){1,10}c",
    r"(?:a.{0,300}){3}b",
    r"((a{0,30}){0,30})b",
    r"(?:.?){1000}x",
    r"\bwhere.{0,999}order\b",
)
LONG = ("a" * 2_000, "x" * 2_000, "ab " * 666, "aé" * 1_000, "where " * 333, "\ud800" * 2_000)


def test_1_ignoring_case_as_typed() -> None:
    rules = Rules({"rma": Intent("rma", regex={"en": (RegexRule(r"\bRMA-\d+", 0.8),)})}, "en")
    (hit,) = rules.fired("my rma-42 please", [])
    assert (hit.intent, hit.kind, hit.strength, hit.on) == ("rma", "regex", 0.8, "rma-42")
    assert Expressions([r"x*"]).found("abc") == []


@pytest.mark.parametrize("pattern", [r"(?=x)", r"(a)\1", r"(", r"(a{500}){500}", r"\pL{900}"])
def test_2_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        Rules({"bad": Intent("bad", regex={"en": (RegexRule(pattern),)})}, "en")


@pytest.mark.parametrize("pattern", NASTY)
def test_3_no_pattern_takes_long(pattern: str) -> None:
    expression = compiled(pattern)
    for text in LONG:
        began = time.process_time()
        expression.search(expressions.searchable(text))
        assert time.process_time() - began < 0.5


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["a", "(a|b)", ".", r"\w", "[^x]"]), min_size=1, max_size=4),
       st.lists(st.sampled_from(["+", "*", "?", "{2,20}"]), min_size=4, max_size=4))  # fmt: skip
def test_3_nor_any_made_of_repeats(parts: list[str], repeats: list[str]) -> None:
    pattern = f"({''.join(f'(?:{part}){repeat}' for part, repeat in zip(parts, repeats, strict=False))})+$"
    began = time.process_time()
    with contextlib.suppress(PatternRefused):
        compiled(pattern).search("ab" * 1_000)
    assert time.process_time() - began < 0.5


def test_3_all_of_them_together() -> None:
    together = Expressions(NASTY)
    for text in LONG:
        began = time.process_time()
        together.found(text)
        assert time.process_time() - began < 2


PATTERNS = (r"\border\b", r"^where", r"\d{3}", r"é", r"a|b", r"x*", r"[^ ]+@[^ ]+")


@given(st.lists(st.sampled_from(["order", "where", "123", "É", "b", "xx", "a@b", " ", "?"])).map("".join))
def test_4_together_as_alone(text: str) -> None:
    many = [*PATTERNS] * 30
    alone = [
        (n, hit.group(0)) for n, p in enumerate(many) if (hit := compiled(p).search(text)) and hit.group(0)
    ]
    assert Expressions(many).found(text) == alone


def test_4_when_memory_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "TOGETHER_MEMORY", 5_000)
    patterns = [*PATTERNS, r"(a|b|c){200}", r"\border\b.{0,50}now"]
    assert [n for n, _ in Expressions(patterns).found("a border, my order, right now")] == [0, 4, 8]
