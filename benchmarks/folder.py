"""Every figure of one folder of labelled lines: of the matcher, what may be added to it, and the peers."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.judging import judged, one_threshold
from benchmarks.lines import Line, as_content, few, read_folder, read_lines
from benchmarks.noise import variants
from benchmarks.orders import orders
from benchmarks.peers import Answer, Run, Setup, chosen, needs_segmentation
from bot.content import packs
from bot.content.catalog import load
from bot.fitting.fit import fit
from bot.matching.embedding import SemanticMissing
from bot.matching.sentence_models import embedder
from bot.model import Language, Thresholds

Synonyms = Mapping[Language, tuple[tuple[str, ...], ...]]
# The name under which dev lines stand beside the files that are judged.
DEV = "dev, for the threshold"


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
    ways = {
        name: judge(frontdesk(train, every(judged_files), **more), judged_files, limits=Thresholds())
        for name, more in _ways(asked, language, missing).items()
    }
    found: dict[str, Any] = {
        "data": asked.data.name,
        "train": asked.train + (f", {asked.per_intent} per intent" if asked.per_intent else ""),
        "frontdesk": _accuracies(own),
        "ways": {name: _accuracies(way) for name, way in ways.items()},
        "peers": {name: _accuracies(peer) for name, peer in peers.items()},
        "missing": missing,
        "details": own["files"],
        "way_details": ways,
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


def frontdesk(
    train: Sequence[Line],
    messages: Sequence[str],
    semantic: Sequence[Language] = (),
    synonyms: Synonyms | None = None,
) -> Run:
    """Fit the matcher in a child process, as the server does, and ask it one message after the other.

    `semantic` adds the second opinion in these languages, of the extra `frontdesk[semantic]` and its like.
    """
    began = time.perf_counter()
    content = replace(as_content(train), synonyms=synonyms or {})
    matcher = asyncio.run(fit(content, semantic=semantic))
    fitted = time.perf_counter() - began
    language = train[0].lang
    answers, took = [], []
    for message in messages:
        began = time.perf_counter()
        best = matcher.match(message, language).best
        took.append((time.perf_counter() - began) * 1000)
        answers.append(Answer(best.intent, best.confidence) if best else Answer("", 0.0))
    return Run(answers, fitted, took)


def _ways(asked: argparse.Namespace, language: str, missing: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What else the matcher is judged with, where it is wanted and there: arguments for `frontdesk`."""
    ways: dict[str, dict[str, Any]] = {}
    if asked.synonyms and language == "en":
        ways["synonyms"] = {"synonyms": packs_synonyms(language)}
    if asked.semantic:
        try:
            embedder(language)
            ways["semantic"] = {"semantic": [language]}
        except SemanticMissing as error:
            missing["semantic"] = error.sentence
    if len(ways) > 1:
        ways["both"] = {**ways["synonyms"], **ways["semantic"]}
    return ways


def packs_synonyms(language: str) -> Synonyms:
    """The synonyms of the packs that come with Frontdesk, which know nothing of any folder's lines."""
    content = load(packs.folder(), [language], []).content
    assert content is not None
    return content.synonyms


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
