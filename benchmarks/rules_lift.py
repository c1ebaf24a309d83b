"""How much titles, synonyms and keyword rules lift few examples, on the packs that come with Frontdesk.

    python benchmarks/rules_lift.py [--examples 3,5,10] [--seeds N] [--slips N] [--json]

Of every intent of the packs, so many examples are drawn and fitted, and all its other English examples are
asked: with nothing else, with titles, with synonyms, with keyword rules, with all of them. Figures are means
over the seeds.

The packs' rules and synonyms were written by those who wrote the packs' examples, so these figures are about
the packs only: they show what rules can do for content that has them, not how well rules for other customers
do.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lines import Line
from benchmarks.noise import slip
from bot.content import packs
from bot.content.catalog import load
from bot.fitting.fit import fit
from bot.model import Intent, Taught

LANGUAGE = "en"
# What the matcher gets besides the examples; the name of each way, and what it keeps of the content.
WAYS: Mapping[str, tuple[str, ...]] = {
    "examples alone": (),
    "with titles": ("title",),
    "with synonyms": ("synonyms",),
    "with rules": ("keywords", "regex"),
    "with all": ("title", "synonyms", "keywords", "regex"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every number of examples and print a table or one JSON object."""
    asked = _parser().parse_args(arguments)
    content = bundled()
    found = {
        each: lifted(content, each, range(1, asked.seeds + 1), asked.slips)
        for each in (int(number) for number in asked.examples.split(","))
    }
    report = {"intents": len(content.intents), "seeds": asked.seeds, "slips": asked.slips, "accuracy": found}
    print(json.dumps(report) if asked.json else table(report))


def bundled() -> Taught:
    """What all bundled packs teach in English, without intents that have no examples."""
    content = load(packs.folder(), [LANGUAGE], []).content
    assert content is not None
    intents = {name: one for name, one in content.intents.items() if one.examples.get(LANGUAGE)}
    return Taught(intents, {}, [LANGUAGE], content.synonyms)


def lifted(content: Taught, each: int, seeds: Sequence[int], slips: int) -> dict[str, float]:
    """The accuracy of each way with `each` examples of every intent, as a mean over the seeds."""
    right: dict[str, list[float]] = {way: [] for way in WAYS}
    for seed in seeds:
        drawn, asked = divided(content.intents, each, seed)
        lines = [replace(line, text=slip(line.text, slips, str(seed))) for line in asked]
        for way, kept in WAYS.items():
            right[way].append(accuracy(stripped(replace(content, intents=drawn), kept), lines))
    return {way: round(fmean(shares), 4) for way, shares in right.items()}


def divided(intents: Mapping[str, Intent], each: int, seed: int) -> tuple[dict[str, Intent], list[Line]]:
    """The intents with `each` of their examples, and the other examples as lines to ask."""
    chance = random.Random(seed)
    fewer, asked = {}, []
    for name, intent in sorted(intents.items()):
        texts = list(intent.examples[LANGUAGE])
        chance.shuffle(texts)
        fewer[name] = replace(intent, examples={LANGUAGE: tuple(texts[:each])})
        asked += [Line(text, name, LANGUAGE) for text in texts[each:]]
    return fewer, asked


def stripped(content: Taught, kept: Sequence[str]) -> Taught:
    """The content without the titles, synonyms and rules that are not kept."""
    gone: dict[str, Any] = {name: {} for name in ("title", "keywords", "regex") if name not in kept}
    intents = {name: replace(intent, **gone) for name, intent in content.intents.items()}
    return replace(content, intents=intents, synonyms=content.synonyms if "synonyms" in kept else {})


def accuracy(content: Taught, lines: Sequence[Line]) -> float:
    """The share of lines whose intent comes first."""
    matcher = asyncio.run(fit(content))
    best = [matcher.match(line.text, LANGUAGE).best for line in lines]
    return fmean(one is not None and one.intent == line.intent for one, line in zip(best, lines, strict=True))


def table(report: Mapping[str, Any]) -> str:
    """The report for people, in percent."""
    head = (
        f"{report['intents']} intents of the bundled packs, {report['seeds']} seeds, {report['slips']} slips"
    )
    lines = [head, f"{'examples each':<16}" + "".join(f"{way:>16}" for way in WAYS)]
    for each, ways in report["accuracy"].items():
        lines.append(f"{each:<16}" + "".join(f"{100 * share:>16.1f}" for share in ways.values()))
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--examples", default="3,5,10", help="how many of each intent, default: 3,5,10")
    parser.add_argument("--seeds", type=int, default=3, help="how often they are drawn anew, default: 3")
    parser.add_argument("--slips", type=int, default=0, help="typing slips in each message asked, default: 0")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
