"""Every folder of a data collection in sequence, and one summary against the targets.

Folders that a collection lacks are passed over. `bitext`, `banking77` and `clinc150` are judged on their test
files; each folder of `massive` on its dev file, fitted to all its lines and to ten for each intent.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path
from typing import Any

from benchmarks.folder import report
from benchmarks.tables import accuracy_table
from benchmarks.targets import summary, targets

FEW_SEEDS = (1, 2, 3)


def suite(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Run everything; print tables on the way unless JSON is asked for; runs and targets by name."""
    runs: dict[str, Any] = {}
    for name, changes in plan(folder):
        one = copy.copy(asked)
        for key, value in changes.items():
            setattr(one, key, value)
        runs[name] = report(one)
        if not asked.json:
            print(accuracy_table(runs[name]), end="\n\n", flush=True)
    found = targets(runs)
    if not asked.json:
        print(summary(found))
    told = [{**target._asdict(), "reached": target.reached} for target in found]
    return {"runs": runs, "targets": told}


def plan(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The runs that a collection has data for: name, and the options that differ from what was asked."""
    steps: list[tuple[str, dict[str, Any]]] = []
    for data in ("bitext", "banking77", "clinc150"):
        path = folder / data
        for train in ("train", "train_10shot", "train_5shot"):
            if (path / f"{train}.jsonl").is_file():
                changes: dict[str, Any] = {"data": path, "train": train, "split": "test"}
                changes |= {"shuffle": data == "banking77", "semantic": train != "train", "synonyms": False}
                steps.append((f"{data}, {train}", changes))
    if (folder / "bitext" / "train.jsonl").is_file():
        for seed in FEW_SEEDS:
            fewer: dict[str, Any] = {"data": folder / "bitext", "split": "test", "per_intent": 10}
            fewer |= {"semantic": True, "synonyms": True}
            steps.append((f"bitext, 10 per intent, seed {seed}", {**fewer, "seed": seed}))
    for path in sorted((folder / "massive").glob("*")):
        if (path / "train.jsonl").is_file():
            whole: dict[str, Any] = {"data": path, "split": "dev"}
            steps.append((f"massive/{path.name}", whole))
            few = {"per_intent": 10, "seed": FEW_SEEDS[0], "semantic": True, "noise": False}
            steps.append((f"massive/{path.name}, 10 per intent", {**whole, **few}))
    return steps
