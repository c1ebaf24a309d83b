"""The latency benchmark.

1. It prints one JSON object with the figures of every size, and a table for people.
2. What it invents comes from the seed alone: every intent has its examples, and none is asked of it.
3. A size that cannot be is refused with a sentence.
"""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from benchmarks.invented import lines
from benchmarks.latency import main
from benchmarks.markdown import latency_tables

COUNTS = (1250, 2500, 5000, 10_000)


def test_1_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "8x40", "--json", "--peers", "rapidfuzz"])
    (size,) = json.loads(capsys.readouterr().out)["sizes"]
    assert size["examples"] == 40
    assert {"fit_s", "memory_mb", "fit_memory_mb", "p50_ms", "p99_ms", "accuracy"} <= set(size)
    assert size["edit_s"] > 0
    assert size["peers"]["rapidfuzz"]["p50_ms"] > 0
    stopped = {**size, "peers": {"nlpjs": {"stopped": "after 9 s"}}}
    assert "| RapidFuzz |" in latency_tables({"sizes": [size]})
    assert "| nlp.js 4.27 | after 9 s |" in latency_tables({"sizes": [stopped]})


def test_1_a_table_even_if_a_peer_takes_too_long(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "4x20", "--peers", "tfidf_svm", "--peer-limit", "0.01"])
    shown = capsys.readouterr().out
    assert "p50_ms" in shown
    assert "after 0.01 s" in shown


def test_2_invented() -> None:
    train, asked = lines(50, 6, seed=3)
    assert (train, asked) == lines(50, 6, seed=3) != lines(50, 6, seed=4)
    assert len(asked) == len({line.intent for line in train}) == 50
    assert len(train) == len({(line.text, line.intent) for line in train}) == 300
    assert len(lines(50, 2, seed=3, asked=7)[1]) == 350
    assert not {(line.text, line.intent) for line in train} & {(line.text, line.intent) for line in asked}


def test_2_the_vocabulary_grows_ever_more_slowly() -> None:
    train, _ = lines(200, 50, seed=3)
    parts = [train[:: 10_000 // count] for count in COUNTS]
    sizes = [len({word for line in part for word in line.text.split()}) for part in parts]
    assert sizes[0] > 400
    assert all(before < after < 2 * before for before, after in pairwise(sizes))


@pytest.mark.parametrize("size", ["many", "1x10", "10x5", "99999x99999"])
def test_3_refused(size: str) -> None:
    with pytest.raises(SystemExit, match=r"INTENTSxEXAMPLES|can be invented"):
        main(["--sizes", size])
