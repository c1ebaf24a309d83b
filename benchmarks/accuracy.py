"""How often the matcher is right, and how often it knows when it is not, next to what one would use instead.

python benchmarks/accuracy.py --data FOLDER [--split test|dev] [--train NAME] [--per-intent N] [--semantic]
        [--peers all|none|NAMES] [--nlpjs FOLDER] [--rasa-python PATH] [--rasa-epochs N] [--seed N]
        [--shuffle] [--no-noise] [--json]
python benchmarks/accuracy.py --suite FOLDER      every folder of it, against the targets; the same options

FOLDER has train.jsonl, and test*.jsonl or dev*.jsonl. Copies with one and two slips and without diacritics
that it lacks are made from a seed. Where it has dev.jsonl with out-of-scope lines, one threshold is chosen
there and judged on the test lines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.judging import judged, one_threshold
from benchmarks.lines import Line, as_content, few, read_folder, read_lines
from benchmarks.markdown import suite_tables
from benchmarks.noise import variants
from benchmarks.orders import orders
from benchmarks.peers import PEERS, Answer, Run, Setup, chosen, needs_segmentation
from benchmarks.tables import accuracy_table
from bot.fitting.fit import fit
from bot.model import Thresholds

SEED = 20
# The name under which dev lines stand beside the files that are judged.
DEV = "dev, for the threshold"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, judge every file, print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    if asked.suite:
        from benchmarks.suite import suite

        found = suite(asked.suite, asked)
        if asked.markdown:
            asked.markdown.write_text(suite_tables(found["runs"]) + "\n", encoding="utf-8")
        if asked.json:
            print(json.dumps(found))
        return
    if not asked.data:
        raise SystemExit("Give --data FOLDER, or --suite FOLDER for all folders in it.")
    found = report(asked)
    print(json.dumps(found) if asked.json else accuracy_table(found))


def report(asked: argparse.Namespace) -> dict[str, Any]:
    """Every figure of one folder: the matcher's and the peers', file by file."""
    train, files, dev = _lines(asked)
    print(f"{asked.data.name}: {len(train)} lines to fit", file=sys.stderr, flush=True)
    language = train[0].lang
    setup = Setup(asked.nlpjs, asked.rasa_python, asked.rasa_epochs, asked.seed)
    there, missing = chosen(asked.peers, setup, language)
    judged_files = {**files, DEV: dev} if dev else files
    own = judge(frontdesk(train, every(judged_files)), judged_files, limits=Thresholds())
    peers = {
        peer.name: judge(peer.run(train, every(judged_files), False, setup), judged_files, peer.sure)
        for peer in there
    }
    second = _second_opinion(asked, train, judged_files, missing)
    found: dict[str, Any] = {
        "data": asked.data.name,
        "train": asked.train + (f", {asked.per_intent} per intent" if asked.per_intent else ""),
        "frontdesk": _accuracies(own),
        "semantic": _accuracies(second) if second else None,
        "peers": {name: _accuracies(peer) for name, peer in peers.items()},
        "missing": missing,
        "details": own["files"],
        "semantic_details": second,
        "peer_details": peers,
        "fit_s": own["fit_s"],
        "one_threshold": own["one_threshold"],
        "thresholds": {"answer": Thresholds().answer, "suggest": Thresholds().suggest},
        "notes": [note for note in [needs_segmentation(language)] if note],
    }
    if asked.shuffle:
        name = next(iter(files))
        found["order"] = orders(train, files[name], frontdesk, there, setup) | {"file": name}
    return found


def frontdesk(train: Sequence[Line], messages: Sequence[str], semantic: bool = False) -> Run:
    """Fit the matcher in a child process, as the server does, and ask it one message after the other.

    `semantic` adds the second opinion of the extra `frontdesk[semantic]`.
    """
    began = time.perf_counter()
    content = as_content(train)
    matcher = asyncio.run(fit(*content, semantic=True) if semantic else fit(*content))
    fitted = time.perf_counter() - began
    language = train[0].lang
    answers, took = [], []
    for message in messages:
        began = time.perf_counter()
        best = matcher.match(message, language).best
        took.append((time.perf_counter() - began) * 1000)
        answers.append(Answer(best.intent, best.confidence) if best else Answer("", 0.0))
    return Run(answers, fitted, took)


def _second_opinion(
    asked: argparse.Namespace,
    train: Sequence[Line],
    files: dict[str, list[Line]],
    missing: dict[str, str],
) -> dict[str, Any] | None:
    """The matcher's figures with its second opinion, if they are wanted and it is there."""
    if not asked.semantic or train[0].lang != "en":
        return None
    how = PEERS["minilm"].missing(Setup(), "en")
    if how:
        missing["semantic"] = how
        return None
    return judge(frontdesk(train, every(files), semantic=True), files, limits=Thresholds())


def every(files: dict[str, list[Line]]) -> list[str]:
    """The messages of all files, one file after the other."""
    return [line.text for lines in files.values() for line in lines]


def judge(
    run: Run, files: dict[str, list[Line]], sure: bool = True, limits: Thresholds | None = None
) -> dict[str, Any]:
    """The figures of one system, file by file, out of its answers to `every` message."""
    at = 0
    found: dict[str, Any] = {}
    parts: dict[str, tuple[list[Line], Sequence[Answer]]] = {}
    for name, lines in files.items():
        answers, took = run.answers[at : at + len(lines)], run.took_ms[at : at + len(lines)]
        at += len(lines)
        parts[name] = (lines, answers)
        if name != DEV:
            found[name] = judged(lines, answers, took, sure, limits)
    first = next(iter(files))
    chosen = one_threshold(parts[DEV], parts[first]) if DEV in parts else None
    return {"fit_s": round(run.fit_s, 2), "files": found, "one_threshold": chosen}


def _lines(asked: argparse.Namespace) -> tuple[list[Line], dict[str, list[Line]], list[Line]]:
    """The lines to fit, the files to judge, and dev lines to choose a threshold on (maybe none)."""
    split = asked.split or ("test" if any(asked.data.glob("test*.jsonl")) else "dev")
    train, files = read_folder(asked.data, asked.train, split)
    if asked.per_intent:
        train = few(train, asked.per_intent, asked.seed)
    if asked.noise and split in files:
        files = {**variants(split, files[split]), **files}
    order = sorted(files, key=lambda name: (name != split, name))
    dev = asked.data / "dev.jsonl"
    chosen_on = read_lines(dev) if split == "test" and dev.is_file() else []
    return train, {name: files[name] for name in order}, chosen_on


def _accuracies(system: dict[str, Any]) -> dict[str, float]:
    return {name: figures["accuracy"] for name, figures in system["files"].items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, help="folder with train.jsonl and test*.jsonl or dev*.jsonl")
    add("--suite", type=Path, metavar="FOLDER", help="every folder of the issue's data, against its targets")
    add("--split", choices=("test", "dev"), help="default: test if there is one, otherwise dev")
    add("--train", default="train", help="name of the training file without .jsonl")
    add("--per-intent", type=int, metavar="N", help="fit only N examples of each intent, drawn by the seed")
    add("--seed", type=int, default=SEED)
    add("--shuffle", action="store_true", help="also fit the examples in other orders, and compare answers")
    add("--semantic", action="store_true", help="also judge the matcher with its second opinion, in English")
    add("--noise", action=argparse.BooleanOptionalAction, default=True,
        help="also judge copies with slips that the folder lacks")  # fmt: skip
    add("--peers", default="all", help=f"all, none, or names with commas: {', '.join(PEERS)}")
    add("--nlpjs", type=Path, metavar="FOLDER", help="where npm installs nlp.js; default: the user's cache")
    add("--rasa-python", type=Path, metavar="PATH", help="a Python 3.10 that has Rasa 3.6")
    add(
        "--rasa-epochs", type=int, default=100, metavar="N", help="default: 100, which takes 10 to 20 minutes"
    )
    add("--markdown", type=Path, metavar="FILE", help="also write the tables of a suite for the docs")
    add("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
