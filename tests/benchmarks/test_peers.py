"""What one would use instead.

1. Each peer learns from examples, and says how sure it is.
2. RapidFuzz answers the same one by one and in a batch.
3. Behind SymSpell, words that the examples never use are mended, and no others.
4. Peers in other processes are asked through files, and named as missing where they are not there.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.lines import Line
from benchmarks.peers import PEERS, Setup
from benchmarks.peers.answers import installed
from benchmarks.peers.linear import speller
from benchmarks.peers.nlpjs import missing
from tests.small_shop import EXAMPLES

TRAIN = [Line(text, name, "en") for name, texts in EXAMPLES.items() for text in texts]
ASKED = ["where is my order", "i want a refund", "are you open today", "speak to a person"]
RIGHT = ["order_status", "refund", "opening_hours", "human"]


@pytest.mark.parametrize("name", ["rapidfuzz", "tfidf_svm", "symspell_svm", "minilm"])
def test_1_answers(name: str) -> None:
    peer = PEERS[name]
    if peer.missing(Setup(), "en"):
        pytest.skip(f"{name} is not installed")
    run = peer.run(TRAIN, ASKED, True, Setup())
    assert [answer.intent for answer in run.answers] == RIGHT
    assert len(run.took_ms) == len(ASKED)


def test_2_rapidfuzz() -> None:
    run = PEERS["rapidfuzz"].run
    one, batch = (run(TRAIN, ASKED, alone, Setup()).answers for alone in (True, False))
    assert [answer.intent for answer in one] == [answer.intent for answer in batch]


def test_3_symspell() -> None:
    read = speller(TRAIN)
    assert read("whree is my pakage, 12?") == "where is my package, 12?"
    assert read("the shop") == "the shop"


def test_4_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed(json="json", nobody="no-body")(Setup(), "en") == "pip install no-body"
    assert "--rasa-python" in (PEERS["rasa_diet"].missing(Setup(), "en") or "")
    assert "no package" in (missing(Setup(), "xx") or "")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "Node.js" in (missing(Setup(nlpjs=tmp_path), "en") or "")
    monkeypatch.setattr(shutil, "which", lambda name: "node" if name == "node" else None)
    assert "npm install --prefix" in (missing(Setup(nlpjs=tmp_path), "en") or "")
