"""How long a message and a fit take, and in how much memory, on invented content of several sizes.

    python benchmarks/latency.py [--sizes INTENTSxEXAMPLES,...] [--seed N] [--peers rapidfuzz|none] [--json]

Each size runs in a process of its own. `fit_s` is from the call to the first answer, in a child process as a
server does it; `memory_mb` is the most that the serving process ever held, `fit_memory_mb` the same of its
child. Every message has one typing slip.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.invented import LARGEST, lines
from benchmarks.lines import Line, as_content
from benchmarks.measures import percentile
from benchmarks.noise import slip
from benchmarks.peers.nearest import rapidfuzz_nearest
from bot.matching.fit import fit

SIZES = "100x2000,500x5000,2000x20000"
ASKED = 1_000
# The first messages fill caches; they are asked twice, and count the second time.
WARM = 20
# RapidFuzz compares a message with every example, so it is asked fewer.
ASKED_OF_PEERS = 30


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size in turn and print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    if asked.one:
        print(json.dumps(measured(asked.one, asked.seed, asked.peers == "rapidfuzz")))
        return
    report = {"sizes": [_alone(size, asked) for size in asked.sizes.split(",")]}
    print(json.dumps(report) if asked.json else table(report))


def _alone(size: str, asked: argparse.Namespace) -> dict[str, Any]:
    _numbers(size)
    command = [sys.executable, __file__, "--one", size, "--seed", str(asked.seed), "--peers", asked.peers]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def measured(size: str, seed: int, peers: bool) -> dict[str, Any]:
    """The figures of one size, `INTENTSxEXAMPLES`."""
    intents, examples = _numbers(size)
    train, other = lines(intents, examples // intents, seed)
    asked = [Line(slip(line.text, 1, str(seed)), line.intent, line.lang) for line in other[:ASKED]]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        matcher = asyncio.run(fit(*as_content(train), Path(folder)))
    fitted = time.perf_counter() - began
    answers: list[str] = []

    def ask(text: str) -> None:
        best = matcher.match(text, "en").best
        answers.append(best.intent if best else "")

    _took(ask, asked[:WARM])
    answers.clear()
    took = _took(ask, asked)
    right = sum(answer == line.intent for answer, line in zip(answers, asked, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    report: dict[str, Any] = {
        "intents": intents,
        "examples": len(train),
        "fit_s": round(fitted, 2),
        "memory_mb": round(memory),
        "fit_memory_mb": round(child),
        "p50_ms": round(percentile(took, 0.5), 3),
        "p99_ms": round(percentile(took, 0.99), 3),
        "accuracy": round(right / len(asked), 4),
        "peers": {},
    }
    if peers:
        nearest = rapidfuzz_nearest(train)
        took = _took(lambda text: nearest([text]), asked[:ASKED_OF_PEERS])
        report["peers"]["rapidfuzz"] = {"p50_ms": round(percentile(took, 0.5), 3)}
    return report


def _took(ask: Callable[[str], object], asked: Sequence[Line]) -> list[float]:
    """Milliseconds for each message."""
    took = []
    for line in asked:
        began = time.perf_counter()
        ask(line.text)
        took.append((time.perf_counter() - began) * 1000)
    return took


def table(report: dict[str, Any]) -> str:
    """The report for people: a line per size."""
    names = ("intents", "examples", "fit_s", "memory_mb", "fit_memory_mb", "p50_ms", "p99_ms", "accuracy")
    found = ["".join(f"{name:>14}" for name in names) + f"{'rapidfuzz p50':>16}"]
    for size in report["sizes"]:
        peer = size["peers"].get("rapidfuzz", {}).get("p50_ms", "-")
        found.append("".join(f"{size[name]:>14}" for name in names) + f"{peer:>16}")
    return "\n".join(found)


def _numbers(size: str) -> tuple[int, int]:
    try:
        intents, examples = (int(part) for part in size.split("x"))
    except ValueError:
        raise SystemExit(f"A size is INTENTSxEXAMPLES, for example 100x2000, and not {size!r}.") from None
    if not 2 <= intents <= LARGEST or examples < intents:
        raise SystemExit(f"From 2 to {LARGEST} intents can be invented, with an example each or more.")
    return intents, examples


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=SIZES, help=f"default: {SIZES}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", choices=("rapidfuzz", "none"), default="rapidfuzz")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
