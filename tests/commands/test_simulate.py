"""`frontdesk simulate`, and the report over what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bot.commands import main

ROOT = Path(__file__).parents[2]


def frontdesk(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


def test_a_simulated_day_can_be_reported(tmp_path: Path) -> None:
    shop = ("--config", str(ROOT / "config.yml"), "--database", str(tmp_path / "demo.sqlite3"))
    days = ("--days", "2", "--per-day", "5", "--seed", "3", "--until", "2026-03-01")
    code, said = frontdesk("simulate", *shop, *days)
    assert code == 0, said
    assert "simulated conversations" in said
    assert "helps until 2026-02-28" in said
    code, report = frontdesk("report", *shop, "--since", "all", "--format", "json")
    assert code == 0
    assert json.loads(report)["conversations"] > 3
    code, said = frontdesk("simulate", *shop, *days)
    assert (code, "seed 3 already" in said) == (2, True)
