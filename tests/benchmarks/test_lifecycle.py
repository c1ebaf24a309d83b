"""The lifecycle benchmark: one run, one object, the same for the same seed, and within the promises."""

from __future__ import annotations

import json

import pytest

from benchmarks import lifecycle


@pytest.fixture(autouse=True)
def fewer_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "_HEALTHY_ANSWERS", 2_000_000)


def test_one_object_with_everything_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    lifecycle.main(["--runs", "1000", "--seed", "3", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["wrong_promotion_rate"] <= 0.05 + 3 * 0.007
    assert report["wrong_promotion_rate_exact"] <= 0.05
    assert report["answers_to_promotion_vs_wald"] <= 1.1
    assert report["demotion_delay_vs_cusum"] <= 1.15
    assert report["false_alarms_per_2000"] <= 1.1
    assert report["false_alarms_per_2000_exact"] <= 1
    left = next(one for one in report["silence"] if one["case"] == "helps 40 %, the unhappy leave")
    assert left["silence_is_closed"]["promoted"] == 1.0
    assert left["frontdesk"]["promoted"] <= 0.05


def test_tables_for_people_come_from_the_seed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    lifecycle.main(["--runs", "100"])
    first = capsys.readouterr().out
    lifecycle.main(["--runs", "100"])
    assert capsys.readouterr().out == first
    assert "wilson_peeking" in first and "cusum for 0.6" in first
