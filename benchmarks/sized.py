"""The processes in which the figures of one size are measured, so that none holds what is another's.

    python benchmarks/sized.py fit FOLDER INTENTS EXAMPLES SEED     invents content, fits it, edits an intent
    python benchmarks/sized.py serve FOLDER                         loads the matcher and answers messages
    python benchmarks/sized.py peer FOLDER NAME                     fits a peer to the same lines and asks it

Each prints one JSON object. FOLDER keeps what was invented and fitted for the processes after the first.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.invented import lines
from benchmarks.lines import Line, as_content
from benchmarks.measures import percentile
from benchmarks.noise import slip
from benchmarks.peers import PEERS, Setup
from bot.fitting.fit import fit
from bot.model import Intent, Taught

ASKED = 1_000
# The first messages fill caches; they are asked twice, and count the second time.
WARM = 20
# Peers that compare a message with every example take seconds for each at the largest size.
ASKED_OF_PEERS = 50
# A fit that takes longer than this is not done once more for one edited intent.
WORTH_REPEATING_S = 60


def fitted(folder: Path, intents: int, examples: int, seed: int) -> dict[str, Any]:
    """Invent and fit: seconds from the call to the matcher in hand, as in a server; then edit an intent."""
    train, held = lines(intents, examples // intents, seed, asked=-(-ASKED // intents))
    asked = [Line(slip(line.text, 1, str(seed)), line.intent, line.lang) for line in _spread(held)]
    content = as_content(train)
    (folder / "content").write_bytes(pickle.dumps(content))
    (folder / "train").write_bytes(pickle.dumps(train))
    (folder / "asked").write_bytes(pickle.dumps(asked))
    began = time.perf_counter()
    asyncio.run(fit(content, folder / "cache"))
    took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    edit = edited(content, held[len(held) // 2], folder / "cache") if took < WORTH_REPEATING_S else None
    return {
        "intents": intents,
        "examples": len(train),
        "fit_s": round(took, 2),
        "edit_s": edit and round(edit, 2),
        "fit_memory_mb": round(memory),
    }


def edited(content: Taught, new: Line, cache: Path) -> float:
    """Seconds from one more example of one intent to a matcher that answers it."""
    intent = content.intents[new.intent]
    examples = {new.lang: (*intent.examples[new.lang], new.text)}
    changed: Mapping[str, Intent] = {**content.intents, new.intent: replace(intent, examples=examples)}
    began = time.perf_counter()
    matcher = asyncio.run(fit(replace(content, intents=changed), cache))
    best = matcher.match(new.text, new.lang).best
    took = time.perf_counter() - began
    assert best is not None
    assert best.intent == new.intent
    return took


def served(folder: Path) -> dict[str, Any]:
    """A process as a server is one: content and fitted matcher are loaded, and messages come one by one."""
    content: Taught = pickle.loads((folder / "content").read_bytes())
    asked: list[Line] = pickle.loads((folder / "asked").read_bytes())
    began = time.perf_counter()
    matcher = asyncio.run(fit(content, folder / "cache"))
    start = time.perf_counter() - began
    for line in asked[:WARM]:
        matcher.match(line.text, line.lang)
    took, right = [], 0
    for line in asked:
        began = time.perf_counter()
        best = matcher.match(line.text, line.lang).best
        took.append((time.perf_counter() - began) * 1000)
        right += best is not None and best.intent == line.intent
    return {
        "start_s": round(start, 2),
        "p50_ms": round(percentile(took, 0.5), 3),
        "p99_ms": round(percentile(took, 0.99), 3),
        "accuracy": round(right / len(asked), 4),
        "memory_mb": round(held_mb()),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def compared(folder: Path, name: str) -> dict[str, Any]:
    """The same lines given to a peer."""
    train: list[Line] = pickle.loads((folder / "train").read_bytes())
    asked: list[Line] = pickle.loads((folder / "asked").read_bytes())[:ASKED_OF_PEERS]
    setup: Setup = pickle.loads((folder / "setup").read_bytes())
    run = PEERS[name].run(train, [line.text for line in asked], True, setup)
    right = sum(answer.intent == line.intent for answer, line in zip(run.answers, asked, strict=True))
    return {
        "fit_s": round(run.fit_s, 2),
        "p50_ms": round(percentile(run.took_ms, 0.5), 3),
        "p99_ms": round(percentile(run.took_ms, 0.99), 3),
        "accuracy": round(right / len(asked), 4),
        "memory_mb": round(run.memory_mb or held_mb()),
    }


def held_mb() -> float:
    """What this process holds in memory now (resident set); where that is not told, the most it ever held."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 1024


def _spread(held: Sequence[Line]) -> list[Line]:
    """As many lines as are asked, from all over the intents."""
    count = min(ASKED, len(held))
    return [held[n * len(held) // count] for n in range(count)]


def main(what: str, folder: str, *rest: str) -> None:
    """One of the three processes."""
    if what == "fit":
        intents, examples, seed = (int(number) for number in rest)
        found = fitted(Path(folder), intents, examples, seed)
    elif what == "serve":
        found = served(Path(folder))
    else:
        found = compared(Path(folder), *rest)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
