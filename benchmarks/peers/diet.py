"""Rasa 3.6 with its DIET classifier, in a Python 3.10 that has it (`pip install "rasa==3.6.*"`)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.answers import Answer, Run, Setup, Train, in_scope

HOW = 'a Python 3.10 with `pip install "rasa==3.6.*"`, given as --rasa-python PATH'


def missing(setup: Setup, language: str) -> str | None:
    """How to get it, or None."""
    if setup.rasa_python is None:
        return HOW
    if subprocess.run([setup.rasa_python, "-c", "import rasa"], capture_output=True, check=False).returncode:
        return f"{setup.rasa_python} has no rasa: {HOW}"
    return None


def rasa_diet(train: Train, messages: Sequence[str], one_by_one: bool, setup: Setup) -> Run:
    """Fit and answer in the other Python; it answers one message after the other in any case."""
    assert setup.rasa_python is not None
    asked = {
        "language": train[0].lang,
        "epochs": setup.rasa_epochs,
        "train": [(line.text, line.intent) for line in in_scope(train)],
        "messages": list(messages),
    }
    driver = Path(__file__).with_name("diet_driver.py")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "asked.json").write_text(json.dumps(asked), encoding="utf-8")
        command = [str(setup.rasa_python.absolute()), "-W", "ignore", str(driver)]
        quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
        done = subprocess.run(command, cwd=folder, env=quiet, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"Rasa failed: {(done.stderr.strip() or '?').splitlines()[-1]}")
        found = json.loads(Path(folder, "found.json").read_text("utf-8"))
    answers = [Answer(intent, score) for intent, score in found["answers"]]
    return Run(answers, found["fit_s"], found["took_ms"], found["memory_mb"])
