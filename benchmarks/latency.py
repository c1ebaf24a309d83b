"""How long a message and a fit take, and in how much memory, on invented content of several sizes.

    python benchmarks/latency.py [--sizes INTENTSxEXAMPLES,...] [--seed N] [--peers all|none|NAMES]
        [--peer-limit SECONDS] [--nlpjs FOLDER] [--rasa-python PATH] [--rasa-epochs N] [--json]

For each size: `fit_s` is from the call to the matcher in hand, in a child process as a server does it;
`edit_s` the same for one more example of one intent, until the matcher answers with it; `start_s` the same
when nothing has changed since the last start. `memory_mb` is what a process that has loaded content and
matcher holds (resident set) after it has answered, `peak_memory_mb` the most it ever held, `fit_memory_mb`
the most that the fitting child held. 1,000 messages with one typing slip each are asked one by one.

Every peer runs on the same lines in a process of its own, and is stopped after `--peer-limit` seconds.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.invented import LARGEST
from benchmarks.markdown import latency_tables
from benchmarks.peers import PEERS, Setup, chosen
from benchmarks.tables import latency_table

SIZES = "100x2000,500x10000,2000x20000,1000x100000,1000x1000000"
PEER_LIMIT_S = 180
USUAL_PEERS = "rapidfuzz,tfidf_svm,symspell_svm,nlpjs"
MOST_EXAMPLES = 2_000_000
DRIVER = Path(__file__).with_name("sized.py")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size in turn and print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    sizes = [_numbers(size) for size in asked.sizes.split(",")]
    setup = Setup(asked.nlpjs, asked.rasa_python, asked.rasa_epochs)
    peers, missing = chosen(asked.peers, setup, "en")
    found = []
    for intents, examples in sizes:
        _say(f"{intents} intents, {examples} examples")
        found.append(measured(intents, examples, [peer.name for peer in peers], setup, asked))
        last = found[-1]
        _say(f"  fitted in {last['fit_s']} s, p50 {last['p50_ms']} ms, {last['memory_mb']} MB")
    report = {"sizes": found, "missing": missing}
    if asked.markdown:
        asked.markdown.write_text(latency_tables(report) + "\n", encoding="utf-8")
    print(json.dumps(report) if asked.json else latency_table(report))


def measured(
    intents: int, examples: int, peers: Sequence[str], setup: Setup, asked: argparse.Namespace
) -> dict[str, Any]:
    """The figures of one size, each part in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found = _driven("fit", folder, str(intents), str(examples), str(asked.seed))
        found |= _driven("serve", folder)
        Path(folder, "setup").write_bytes(pickle.dumps(setup))
        return found | {"peers": {name: _compared(folder, name, asked.peer_limit) for name in peers}}


def _compared(folder: str, name: str, limit: float) -> dict[str, Any]:
    try:
        return _driven("peer", folder, name, limit=limit)
    except subprocess.TimeoutExpired:
        return {"stopped": f"stopped after {limit:g} s"}
    except subprocess.CalledProcessError as problem:
        return {"stopped": f"it failed: {((problem.stderr or '').strip() or '?').splitlines()[-1]}"}


def _driven(*arguments: str, limit: float | None = None) -> dict[str, Any]:
    command = [sys.executable, str(DRIVER), *arguments]
    errors = subprocess.PIPE if limit else None
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=limit
    )
    return dict(json.loads(done.stdout))


def _numbers(size: str) -> tuple[int, int]:
    try:
        intents, examples = (int(part) for part in size.split("x"))
    except ValueError:
        raise SystemExit(f"A size is INTENTSxEXAMPLES, for example 100x2000, and not {size!r}.") from None
    if not 2 <= intents <= LARGEST or not intents <= examples <= MOST_EXAMPLES:
        raise SystemExit(
            f"From 2 to {LARGEST} intents can be invented, with an example each or more, and at most "
            f"{MOST_EXAMPLES} examples."
        )
    return intents, examples


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--sizes", default=SIZES, help=f"default: {SIZES}")
    add("--seed", type=int, default=1)
    add(
        "--peers",
        default=USUAL_PEERS,
        help=f"all, none, or of {', '.join(PEERS)}",
    )
    add("--peer-limit", type=float, default=PEER_LIMIT_S, metavar="SECONDS", help=f"default: {PEER_LIMIT_S}")
    add("--nlpjs", type=Path, metavar="FOLDER", help="where npm installs nlp.js; default: the user's cache")
    add("--rasa-python", type=Path, metavar="PATH", help="a Python 3.10 that has Rasa 3.6")
    add("--rasa-epochs", type=int, default=100, metavar="N")
    add("--markdown", type=Path, metavar="FILE", help="also write the table for the docs")
    add("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
