"""The tables of docs/accuracy.md, written from what a suite and a latency run found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.tables import systems

TITLES = {
    "frontdesk": "Frontdesk", "synonyms": "with synonyms",
    "semantic": "with second opinion", "both": "with both", "rapidfuzz": "RapidFuzz",
    "tfidf_svm": "TF-IDF + SVC", "symspell_svm": "SymSpell + SVC", "nlpjs": "nlp.js 4.27",
    "minilm": "MiniLM + LR", "rasa_diet": "Rasa 3.6 DIET",
}  # fmt: skip
FILES = {"test": "clean", "dev": "clean", "typo1": "one slip", "typo2": "two slips",
         "misspelled": "misspelled", "bare": "no diacritics"}  # fmt: skip


def suite_tables(runs: dict[str, Any]) -> str:
    """Accuracy, languages, the same with few examples, what is out of scope, and the order of examples."""
    usual = {name: run for name, run in runs.items() if not name.startswith("massive/")}
    massive = {name: run for name, run in runs.items() if name.startswith("massive/")}
    few = {name: run for name, run in massive.items() if run["train"] != "train"}
    whole = {name: run for name, run in massive.items() if name not in few}
    parts = [_accuracy(usual), _accuracy(whole), _accuracy(few), _outside(usual), _orders(usual)]
    return "\n\n".join(part for part in parts if part)


def latency_tables(report: dict[str, Any]) -> str:
    """Time and memory by size, a line for the matcher and for each peer."""
    head = ("intents, examples", "system", "fit", "edit live in", "p50", "p99", "memory", "accuracy")
    rows = []
    for size in report["sizes"]:
        for name, found in {"frontdesk": size, **size["peers"]}.items():
            first = f"{size['intents']:,}, {size['examples']:,}" if name == "frontdesk" else ""
            if "stopped" in found:
                rows.append([first, TITLES[name], found["stopped"], *[""] * 5])
                continue
            edit = f"{found['edit_s']} s" if found.get("edit_s") else "–"
            times = [_milliseconds(found[key]) for key in ("p50_ms", "p99_ms")]
            right = f"{100 * found['accuracy']:.0f} %"
            rows.append(
                [first, TITLES[name], f"{found['fit_s']} s", edit, *times, f"{found['memory_mb']} MB", right]
            )
    return _table(head, rows)


def _accuracy(runs: dict[str, Any]) -> str:
    if not runs:
        return ""
    named = _named(runs.values())
    rows = []
    for run, report in runs.items():
        figures = {"frontdesk": report["frontdesk"], **report["ways"], **report["peers"]}
        for file in report["frontdesk"]:
            shares = [(figures.get(name) or {}).get(file) for name in named]
            best = max(share for share in shares if share is not None)
            first = run if file in {"test", "dev"} else ""
            rows.append([first, FILES[file.rpartition(".")[2]], *(_percent(one, best) for one in shares)])
    return _table(["data", "messages", *(TITLES[name] for name in named)], rows)


def _outside(runs: dict[str, Any]) -> str:
    rows = []
    for run, report in runs.items():
        if not report["one_threshold"]:
            continue
        for name, system in zip(_names(report), systems(report), strict=True):
            clean, chosen = system["files"]["test"], system["one_threshold"]
            error = clean.get("calibration_error")
            told = [
                f"{100 * one['in_scope_accuracy']:.1f} / {100 * one['oos_recall']:.1f}"
                for one in (chosen, chosen["balanced"])
            ]
            told.append("–" if error is None else f"{error:.3f}")
            rows.append([run, TITLES[name], f"{clean['oos_auroc']:.3f}", *told])
    head = ("data", "system", "AUROC", "right / kept back", "balanced", "calibration error")
    return _table(head, rows) if rows else ""


def _orders(runs: dict[str, Any]) -> str:
    rows = []
    for run, report in runs.items():
        order = report.get("order")
        if order:
            for name, ways in {"frontdesk": order["frontdesk"], **order["peers"]}.items():
                rows.append(
                    [run, TITLES[name], *(f"{100 * ways[way]:.1f}" for way in ("grouped", "shuffled"))]
                )
    return _table(("data", "system", "grouped by intent", "shuffled"), rows) if rows else ""


def _named(reports: Iterable[dict[str, Any]]) -> list[str]:
    """The systems of all reports, in the order of `TITLES`."""
    there = {name for report in reports for name in _names(report)}
    return [name for name in TITLES if name in there]


def _names(report: dict[str, Any]) -> list[str]:
    return ["frontdesk", *report["ways"], *report["peers"]]


def _percent(share: float | None, best: float) -> str:
    if share is None:
        return "–"
    return f"**{100 * share:.1f}**" if share == best else f"{100 * share:.1f}"


def _milliseconds(figure: float) -> str:
    """Two figures are enough, and none behind the point from ten on."""
    return f"{figure:.0f} ms" if figure >= 10 else f"{figure:.2g} ms"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
