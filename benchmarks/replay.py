"""Recorded messages replayed a second, with one process and with two.

    python benchmarks/replay.py [DATA] [--messages N] [--kept FILE] [--seed N] [--json]

DATA is a content folder (default: data). The messages are written by `frontdesk simulate`'s own simulation,
through the real engine; `--kept` is a file to keep them in for the next run. The edit takes every second
example away, so that each message is matched by two matchers, and puts a word before every answer.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import logging
import os
import resource
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.analytics.recorded import Amount, amount
from bot.analytics.replay import Replayed
from bot.analytics.replaying import replay_edit
from bot.config import Config, load_folder
from bot.content import snapshot
from bot.content.catalog import load
from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.conversations.knowledge import Knowledge
from bot.conversations.learning import rules_of
from bot.fitting.fit import fit
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate
from bot.storage.sqlite import SqliteDatabase

# Customers write about so many messages each, and come in a month.
MESSAGES_EACH, DAYS = 2.3, 30
END = 20_000 * DAY
EVER = 2 * END


def main() -> None:
    """Write the messages, replay them, and print how fast that was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=Path("data"))
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.kept or Path(folder) / "replay.sqlite3"
        config = _config(options.data, file)
        if not file.exists():
            each_day = round(options.messages / MESSAGES_EACH / DAYS)
            # What the invented lead would read in the log.
            logging.getLogger("bot.promotion").setLevel(logging.ERROR)
            asyncio.run(simulate(config, Plan(DAYS, each_day, options.seed, END)))
        figures = asyncio.run(measured(config))
    print(json.dumps(figures) if options.json else "\n".join(told(figures)))


def _config(data: Path, file: Path) -> Config:
    config = load_folder(data)
    return dataclasses.replace(config, content=data, storage=dataclasses.replace(config.storage, path=file))


async def measured(config: Config) -> dict[str, Any]:
    """The figures of one run."""
    database = SqliteDatabase(config.storage.path)
    await database.open()
    try:
        there = await database.read(lambda tx: amount(tx, 0, EVER))
        return await _compared(config, database, there)
    finally:
        await database.close()


async def _compared(config: Config, database: SqliteDatabase, there: Amount) -> dict[str, Any]:
    cache = config.storage.path.parent / "models"
    before, after = await _knowledge(config, cache), edited(_content(config))
    await fit(after.taught, cache)
    seconds: dict[int, float] = {}
    busy: dict[int, float] = {}
    found: Replayed | None = None
    for processes in (1, 2):
        began, worked = time.perf_counter(), _worked()
        found = await replay_edit(database, before, after, 0, EVER, cache=cache, processes=processes)
        seconds[processes] = time.perf_counter() - began
        busy[processes] = _worked() - worked
    assert found is not None
    return {
        "messages": there.messages,
        "conversations": there.conversations,
        "changed": found.changed,
        "otherwise_recorded": found.otherwise_recorded,
        "seconds": {str(number): round(took, 1) for number, took in seconds.items()},
        "messages_per_second": {
            str(number): round(there.messages / took) for number, took in seconds.items()
        },
        "core_seconds": {str(number): round(took, 1) for number, took in busy.items()},
        "process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def _worked() -> float:
    """Seconds that cores have worked for this process and those it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


async def _knowledge(config: Config, cache: Path) -> Knowledge:
    content = _content(config)
    matcher = await fit(content.taught, cache)
    return Knowledge(content, matcher, config.thresholds, settings=rules_of(config))


def _content(config: Config) -> Content:
    loaded = load(config.content, config.languages, config.channels)
    assert loaded.content is not None, loaded.errors
    return loaded.content


def edited(content: Content) -> Content:
    """The content with half of its examples, and with other words in every answer."""
    intents = {
        name: dataclasses.replace(one, examples={lang: texts[::2] for lang, texts in one.examples.items()})
        for name, one in content.intents.items()
    }
    templates = {name: _reworded(one) for name, one in content.templates.items()}
    return snapshot.make(
        languages=content.languages,
        intents=intents,
        entities=content.entities,
        out_of_scope=content.out_of_scope,
        synonyms=content.synonyms,
        templates=templates,
        phrases=content.phrases,
    )


def _reworded(template: Template) -> Template:
    def other(texts: Mapping[str, str]) -> Mapping[str, str]:
        return {language: f"So: {text}" for language, text in texts.items()}

    variants = (dataclasses.replace(one, text=other(one.text)) for one in template.variants)
    return dataclasses.replace(template, variants=tuple(variants))


def told(figures: Mapping[str, Any]) -> list[str]:
    """The lines of the table."""
    lines = [
        f"{figures['messages']:,} messages in {figures['conversations']:,} conversations, "
        f"{figures['changed']:,} get something else",
        "",
        f"{'processes':>9}  {'seconds':>8}  {'messages/s':>10}  {'seconds of cores':>16}",
    ]
    for number, seconds in figures["seconds"].items():
        rate, busy = figures["messages_per_second"][number], figures["core_seconds"][number]
        lines.append(f"{number:>9}  {seconds:8.1f}  {rate:10,}  {busy:16.1f}")
    lines += [
        "",
        f"largest process {figures['process_mb']} MB",
        f"{figures['cores']} cores, load {figures['load']} at the end: what else runs here makes it",
        "slower, but for the seconds that cores were busy",
    ]
    return lines


if __name__ == "__main__":
    main()
