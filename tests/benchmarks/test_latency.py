"""The latency benchmark.

1. It prints one JSON object with the figures of every size, and a table for people.
2. What it invents comes from the seed alone: every intent has its examples, and none is asked of it.
3. A size that cannot be is refused with a sentence.
"""

from __future__ import annotations

import json

import pytest

from benchmarks.invented import lines
from benchmarks.latency import main


def test_1_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "8x40,12x60", "--json"])
    first, second = json.loads(capsys.readouterr().out)["sizes"]
    assert (first["examples"], second["examples"]) == (40, 60)
    assert {"fit_s", "memory_mb", "fit_memory_mb", "p50_ms", "p99_ms", "accuracy"} <= set(first)
    assert first["peers"]["rapidfuzz"]["p50_ms"] > 0


def test_1_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "4x20", "--peers", "none"])
    assert "p50_ms" in capsys.readouterr().out


def test_2_invented() -> None:
    train, asked = lines(50, 6, seed=3)
    assert (train, asked) == lines(50, 6, seed=3) != lines(50, 6, seed=4)
    assert len(asked) == len({line.intent for line in train}) == 50
    assert len(train) == len({(line.text, line.intent) for line in train}) == 300
    assert not {(line.text, line.intent) for line in train} & {(line.text, line.intent) for line in asked}


@pytest.mark.parametrize("size", ["many", "1x10", "10x5", "99999x99999"])
def test_3_refused(size: str) -> None:
    with pytest.raises(SystemExit, match=r"INTENTSxEXAMPLES|can be invented"):
        main(["--sizes", size])
