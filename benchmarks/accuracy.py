"""How often the matcher is right, and how often it knows when it is not, next to what one would use instead.

python benchmarks/accuracy.py --data FOLDER [--split dev|test] [--train NAME] [--peers all|none|NAME]
        [--noise] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lines import OUT_OF_SCOPE, Line, as_content, read_folder
from benchmarks.measures import auroc, calibration_error, percentile
from benchmarks.noise import variants
from benchmarks.peers import PEERS, SAMPLED, in_scope
from bot.matching.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.model import Thresholds

SEED = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, judge every file, print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    train, files = read_folder(asked.data, asked.train, asked.split)
    if asked.noise:
        made = [variants(name, lines) for name, lines in files.items() if f"{name}.typo1" not in files]
        files = {name: lines for group in [files, *made] for name, lines in group.items()}
    _say(asked, f"{asked.data.name}: {len(train)} lines to fit")
    began = time.perf_counter()
    matcher = fit_here(*as_content(train))
    fitted = time.perf_counter() - began
    results = {name: judged(matcher, lines) for name, lines in files.items()}
    peers = {name: _peer(name, train, files) for name in _wanted(asked.peers)}
    report = {
        "frontdesk": {name: result["accuracy"] for name, result in results.items()},
        "peers": peers,
        "details": results,
        "fit_s": round(fitted, 2),
        "sampled": {name: lines for name, lines in SAMPLED.items() if name in peers},
        "thresholds": {"answer": Thresholds().answer, "suggest": Thresholds().suggest},
    }
    print(json.dumps(report) if asked.json else table(report))


def judged(matcher: ContentMatcher, lines: Sequence[Line]) -> dict[str, float]:
    """Accuracy on the lines that have an intent, and the other figures of one file."""
    inside: list[tuple[float, bool]] = []
    outside: list[float] = []
    took: list[float] = []
    for line in lines:
        began = time.perf_counter()
        best = matcher.match(line.text, line.lang).best
        took.append((time.perf_counter() - began) * 1000)
        confidence = best.confidence if best else 0.0
        if line.intent == OUT_OF_SCOPE:
            outside.append(confidence)
        else:
            inside.append((confidence, best is not None and best.intent == line.intent))
    return _figures(inside, outside, took)


def _figures(
    inside: Sequence[tuple[float, bool]], outside: Sequence[float], took: Sequence[float]
) -> dict[str, float]:
    limits = Thresholds()
    sure = [right for confidence, right in inside if confidence >= limits.answer]
    result = {
        "accuracy": sum(right for _, right in inside) / len(inside),
        "answered": len(sure) / len(inside),
        "right_when_answered": sum(sure) / len(sure) if sure else 0.0,
        "calibration_error": calibration_error(
            [confidence for confidence, _ in inside] + list(outside),
            [right for _, right in inside] + [False] * len(outside),
        ),
        "p50_ms": percentile(took, 0.5),
        "p99_ms": percentile(took, 0.99),
    }
    if outside:
        result["oos_auroc"] = auroc([confidence for confidence, _ in inside], outside)
        for name, limit in (("suggest", limits.suggest), ("answer", limits.answer)):
            kept = [right and confidence >= limit for confidence, right in inside]
            result[f"in_scope_accuracy_at_{name}"] = sum(kept) / len(inside)
            result[f"oos_recall_at_{name}"] = sum(value < limit for value in outside) / len(outside)
    return {name: round(value, 4) for name, value in result.items()}


def _peer(name: str, train: Sequence[Line], files: dict[str, list[Line]]) -> dict[str, float]:
    predict = PEERS[name](in_scope(train))
    found = {}
    for file, lines in files.items():
        asked = [line for line in lines if line.intent != OUT_OF_SCOPE]
        if name in SAMPLED and len(asked) > SAMPLED[name]:
            asked = random.Random(SEED).sample(asked, SAMPLED[name])
        answers = predict([line.text for line in asked])
        right = sum(answer == line.intent for answer, line in zip(answers, asked, strict=True))
        found[file] = round(right / len(asked), 4)
    return found


def table(report: dict[str, Any]) -> str:
    """The report for people: a line per file, accuracy in percent."""
    peers = report["peers"]
    lines = [f"{'accuracy in %':<20}{'frontdesk':>12}" + "".join(f"{name:>14}" for name in peers)]
    for file, accuracy in report["frontdesk"].items():
        others = "".join(f"{100 * peers[name][file]:>14.2f}" for name in peers)
        lines.append(f"{file:<20}{100 * accuracy:>12.2f}{others}")
    for name, count in report["sampled"].items():
        lines.append(f"({name} judged {count} lines of each file, seed {SEED}: it is slow)")
    lines += ["", f"fitted in {report['fit_s']} s; sure from {report['thresholds']['answer']:.2f}"]
    for file, result in report["details"].items():
        figures = ", ".join(f"{name} {value:.3f}" for name, value in result.items() if name != "accuracy")
        lines.append(f"{file}: {figures}")
    return "\n".join(lines)


def _wanted(peers: str) -> list[str]:
    if peers == "none":
        return []
    if peers == "all":
        return list(PEERS)
    unknown = [name for name in peers.split(",") if name not in PEERS]
    if unknown:
        raise SystemExit(f"There is no peer {unknown[0]}; there are {', '.join(PEERS)}.")
    return peers.split(",")


def _say(asked: argparse.Namespace, text: str) -> None:
    if not asked.json:
        print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with train.jsonl and test*.jsonl or dev*.jsonl"
    )
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    parser.add_argument("--train", default="train", help="name of the training file without .jsonl")
    parser.add_argument("--peers", default="all", help="all, none, or names with commas")
    parser.add_argument("--noise", action="store_true", help="also judge copies with slips, made from a seed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
