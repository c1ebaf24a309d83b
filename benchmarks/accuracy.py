"""How often the matcher is right, and how often it knows when it is not, next to what one would use instead.

python benchmarks/accuracy.py --data FOLDER [--split test|dev] [--train NAME] [--per-intent N] [--semantic]
        [--synonyms] [--peers all|none|NAMES] [--nlpjs FOLDER] [--rasa-python PATH] [--rasa-epochs N]
        [--seed N] [--shuffle] [--no-noise] [--json]
python benchmarks/accuracy.py --suite FOLDER      every folder of it, against the targets; the same options

FOLDER has train.jsonl, and test*.jsonl or dev*.jsonl. Copies with one and two slips and without diacritics
that it lacks are made from a seed. Where it has dev.jsonl with out-of-scope lines, one threshold is chosen
there and judged on the test lines.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.folder import report
from benchmarks.markdown import suite_tables
from benchmarks.peers import PEERS
from benchmarks.suite import suite
from benchmarks.tables import accuracy_table

SEED = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, judge every file, print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    if asked.suite:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, help="folder with train.jsonl and test*.jsonl or dev*.jsonl")
    add("--suite", type=Path, metavar="FOLDER", help="every folder of a collection, against the targets")
    add("--split", choices=("test", "dev"), help="default: test if there is one, otherwise dev")
    add("--train", default="train", help="name of the training file without .jsonl")
    add("--per-intent", type=int, metavar="N", help="fit only N examples of each intent, drawn by the seed")
    add("--seed", type=int, default=SEED)
    add("--shuffle", action="store_true", help="also fit the examples in other orders, and compare answers")
    add("--semantic", action="store_true", help="also judge the matcher with its second opinion")
    add("--synonyms", action="store_true", help="also judge it with the bundled packs' synonyms, in English")
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
