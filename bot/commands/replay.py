"""`frontdesk replay`: what an edit of the content would have done to what customers wrote."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from bot import config as configuration
from bot.analytics.replay import Replayed
from bot.analytics.replaying import replay_edit
from bot.commands.progress import bar
from bot.commands.project import about_a_project, within
from bot.commands.promoting import promotions_of
from bot.commands.replay_told import told
from bot.commands.since import Since, now
from bot.config import Config
from bot.content.catalog import load
from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge
from bot.conversations.learning import rules_of
from bot.errors import ContentBroken, NotFound, ProblemsFound
from bot.fitting.fit import fit
from bot.model import Millis, Thresholds
from bot.storage.sqlite import SqliteDatabase


class Percent(click.ParamType[float]):
    """`1%` or `0.5%`; becomes a share from 0 to 1."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the option."""
        if isinstance(value, float):
            return value
        number = str(value).removesuffix("%").strip()
        try:
            share = float(number) / 100
        except ValueError:
            share = -1.0
        if not str(value).endswith("%") or not 0 <= share <= 1:
            self.fail(f"{value!r} is no share; write it like 1% or 0.5%", param, ctx)
        return share


@dataclass(frozen=True, slots=True)
class Edited:
    """The other content, and the thresholds that belong to it."""

    content: Content
    thresholds: Thresholds


@click.command("replay")
@click.option(
    "--with",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="The edited content: a folder with intents/ and templates/, or one with a config.yml.",
)
@click.option("--since", type=Since(), default="30d", help="30d, 12h, 4w, a date, or all; default: 30d.")
@click.option(
    "--most-lost",
    type=Percent(),
    default="1%",
    help="Exit with 1 if the edit does harm to more of the messages that are served now; default: 1%.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--processes", type=click.IntRange(1, 64), help="How many at most; default: one for each core.")
@about_a_project
def command(
    *, config: Config, folder: Path, since: Millis, most_lost: float, form: str, processes: int | None
) -> None:
    """Run what customers wrote through edited content, and list which answers change.

    Compares the content of this project with the content in --with; nothing is written. Exit code 1 means
    that the edit loses more than --most-lost, 2 that there was nothing to compare or it could not be done.
    """
    began = time.perf_counter()
    try:
        edited = _edited(config, folder)
        replayed = _replay(config, edited, since, processes)
    except ProblemsFound as problems:
        # For this command, 1 is kept for regressions.
        click.echo(problems.sentence, err=True)
        raise SystemExit(2) from None
    seconds = time.perf_counter() - began
    if form == "json":
        rate = {"seconds": round(seconds, 1), "most_lost": most_lost}
        click.echo(json.dumps(asdict(replayed) | rate, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(told(replayed, most_lost, seconds)))
    if replayed.lost_share > most_lost:
        raise SystemExit(1)


def _edited(config: Config, folder: Path) -> Edited:
    if (folder / "config.yml").exists():
        other = configuration.load_folder(folder)
        return Edited(_content(config, other.content), other.thresholds)
    return Edited(_content(config, folder), config.thresholds)


def _content(config: Config, folder: Path) -> Content:
    """The content of a folder in the languages and channels of this project. Raises `ContentBroken`."""
    loaded = load(folder, config.languages, config.channels, None, tuple(config.teams))
    if loaded.content is None:
        raise ContentBroken(loaded.errors)
    return loaded.content


def _replay(config: Config, edited: Edited, since: Millis, processes: int | None) -> Replayed:
    cache = config.storage.path.parent / "models"

    async def work(database: SqliteDatabase) -> Replayed:
        with bar("reading content", "messages") as on_progress:
            return await replay_edit(
                database,
                await _in_force(config, database, cache),
                edited.content,
                since,
                now() + 1,
                on_progress,
                cache=cache,
                semantic=config.matching.semantic,
                processes=processes or os.cpu_count() or 1,
                thresholds=edited.thresholds,
                bars=config.lifecycle.bars,
            )

    replayed = within(config.storage.path, work)
    if replayed.messages == 0:
        raise NotFound("no customer has written anything in this time; look further back with --since")
    return replayed


async def _in_force(config: Config, database: SqliteDatabase, cache: Path) -> Knowledge:
    """What the bot of this project knows now, modes in force and all."""
    content = _content(config, config.content)
    matcher = await fit(content.taught, cache, semantic=config.matching.semantic)
    statuses = await promotions_of(config, content, database).overview()
    standings = {status.template: status.standing for status in statuses}
    return Knowledge(content, matcher, config.thresholds, standings, rules_of(config))
