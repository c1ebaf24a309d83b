"""What the matcher is to reach, and whether the figures of a suite reach it.

Figures and limits are fractions, except where a name says points (of a percent) or a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

# Accuracy on each file: clean, one slip, two slips, real misspellings.
BITEXT = {"test": 0.995, "test.typo1": 0.995, "test.typo2": 0.995, "test.misspelled": 0.995}
BANKING = {"test": 0.925, "test.typo1": 0.923, "test.typo2": 0.918, "test.misspelled": 0.922}
# CLINC150: accuracy when clean, and how many points the others may lie below it.
CLINC_CLEAN = 0.94
CLINC_LOST = {"test.typo1": 0.4, "test.typo2": 1.2, "test.misspelled": 0.5}
AUROC, IN_SCOPE, OUTSIDE_KEPT_BACK, CALIBRATION = 0.97, 0.92, 0.82, 0.02
# Few examples: accuracy when clean, and how many points two slips may cost.
FEW = {"banking77, train_10shot": 0.79, "banking77, train_5shot": 0.70}
FEW_SEMANTIC = {"banking77, train_10shot": 0.85}
FEW_BITEXT = 0.97
WAYS = {"synonyms": "packs' synonyms", "semantic": "second opinion", "both": "synonyms and second opinion"}
SLIPS_COST = 1.5
# Other languages: at most so many points below the best of these peers.
BEHIND_PEERS = 1.0
LINEAR_PEERS = ("tfidf_svm", "symspell_svm")


class Target(NamedTuple):
    """One figure, its limit, and whether it has to be at least or at most that."""

    name: str
    figure: float
    limit: float
    at_least: bool = True

    @property
    def reached(self) -> bool:
        """Whether the figure keeps to the limit."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


def targets(runs: dict[str, Any]) -> list[Target]:
    """The targets that the runs of a suite can tell about, by the names of the runs."""
    found: list[Target] = []
    for name, run in runs.items():
        own = run["frontdesk"]
        if name in {"bitext, train", "banking77, train"}:
            wanted = BITEXT if name.startswith("bitext") else BANKING
            found += [Target(f"{name}: {file}", own[file], wanted[file]) for file in wanted if file in own]
        if name == "clinc150, train":
            found += _clinc(own, run)
        if name in FEW:
            found += [Target(f"{name}: test", own["test"], FEW[name])]
            if "semantic" in run["ways"] and name in FEW_SEMANTIC:
                figure = run["ways"]["semantic"]["test"]
                found += [Target(f"{name}: test, second opinion", figure, FEW_SEMANTIC[name])]
            found += [_lost(f"{name}: two slips cost points", own, "test", "test.typo2", SLIPS_COST)]
        if name.startswith("bitext, 10 per intent"):
            systems = {"": own, **{f", {WAYS[way]}": figures for way, figures in run["ways"].items()}}
            found += [Target(f"{name}{way}", one["test"], FEW_BITEXT) for way, one in systems.items()]
        if "order" in run:
            same = float(run["order"]["identical"])
            found += [Target(f"{name}: the same answers in any order (1 is yes)", same, 1.0)]
        if name.startswith("massive/") and run["train"] == "train":
            found += _massive(name, own, run["peers"])
    return found


def _clinc(own: dict[str, float], run: dict[str, Any]) -> Iterator[Target]:
    yield Target("clinc150: test, in scope", own["test"], CLINC_CLEAN)
    for file, points in CLINC_LOST.items():
        if file in own:
            yield _lost(f"clinc150: {file}, points below clean", own, "test", file, points)
    clean = run["details"]["test"]
    yield Target("clinc150: AUROC of out of scope", clean["oos_auroc"], AUROC)
    chosen = run["one_threshold"]
    if chosen:
        for name, one in (("threshold of dev", chosen), ("balanced threshold of dev", chosen["balanced"])):
            yield Target(f"clinc150: in scope, {name}", one["in_scope_accuracy"], IN_SCOPE)
            yield Target(f"clinc150: out of scope kept back, {name}", one["oos_recall"], OUTSIDE_KEPT_BACK)
    yield Target("clinc150: calibration error", clean["calibration_error"], CALIBRATION, at_least=False)


def _massive(name: str, own: dict[str, float], peers: dict[str, Any]) -> Iterator[Target]:
    known = [peers[peer]["dev"] for peer in LINEAR_PEERS if peer in peers]
    if known:
        behind = round(100 * (max(known) - own["dev"]), 2)
        yield Target(f"{name}: points below the best linear peer", behind, BEHIND_PEERS, at_least=False)
    for file in own:
        if file != "dev":
            yield _lost(f"{name}: {file}, points below clean", own, "dev", file, SLIPS_COST)


def _lost(name: str, own: dict[str, float], clean: str, file: str, points: float) -> Target:
    return Target(name, round(100 * (own[clean] - own[file]), 2), points, at_least=False)


def summary(found: list[Target]) -> str:
    """A line for each target."""
    lines = [f"{'target':<58}{'figure':>9}{'limit':>10}"]
    for target in found:
        limit = f"{'>=' if target.at_least else '<='} {target.limit:g}"
        verdict = "reached" if target.reached else "SHORT"
        lines.append(f"{target.name:<58}{target.figure:>9.4g}{limit:>10}  {verdict}")
    return "\n".join([*lines, f"{sum(one.reached for one in found)} of {len(found)} reached"])
