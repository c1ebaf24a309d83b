"""Labelled lines from folders of JSON lines: `train.jsonl`, and `test*.jsonl` or `dev*.jsonl`."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model import Intent, Taught

OUT_OF_SCOPE = "oos"


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled message; `intent` is `oos` when nothing should be answered."""

    text: str
    intent: str
    lang: str


def read_lines(path: Path) -> list[Line]:
    """All lines of a file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Line(row["text"], row["intent"], row.get("lang", "en")) for row in rows]


def read_folder(folder: Path, train: str, split: str) -> tuple[list[Line], dict[str, list[Line]]]:
    """The training lines, and the lines of every file of the split by its name without `.jsonl`."""
    files = sorted(folder.glob(f"{split}*.jsonl"))
    if not files:
        raise SystemExit(f"There is no {split}*.jsonl in {folder}.")
    return read_lines(folder / f"{train}.jsonl"), {
        file.name.removesuffix(".jsonl"): read_lines(file) for file in files
    }


def few(lines: Sequence[Line], each: int, seed: int) -> list[Line]:
    """At most `each` lines of every intent, drawn by the seed; the order of the lines stays."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        places[line.intent].append(at)
    chance = random.Random(seed)
    drawn = [chance.sample(found, min(each, len(found))) for _, found in sorted(places.items())]
    return [lines[at] for at in sorted(at for found in drawn for at in found)]


def as_content(lines: Sequence[Line]) -> Taught:
    """The lines as `fit` takes them; of several languages, the commonest is the default."""
    examples: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    outside: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        place = outside if line.intent == OUT_OF_SCOPE else examples[line.intent]
        place[line.lang].append(line.text)
    intents = {
        name: Intent(name, examples={language: tuple(texts) for language, texts in by_language.items()})
        for name, by_language in examples.items()
    }
    languages = [language for language, _ in Counter(line.lang for line in lines).most_common()]
    return Taught(intents, {language: tuple(texts) for language, texts in outside.items()}, languages)
