"""`frontdesk simulate`: invented customers talk to the real bot, for demos, tests and benchmarks."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.progress import bar
from bot.commands.project import about_a_project
from bot.commands.since import now
from bot.config import Config
from bot.model import Millis
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, Simulated, simulate


@click.command("simulate")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How many days.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed writes the same rows.")
@click.option(
    "--per-day", type=click.IntRange(1, 100_000), default=40, show_default=True, help="Customers a day."
)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The day after the last (UTC); default: today."
)
@click.option("--force", is_flag=True, help="Also into a database that has real conversations.")
@about_a_project
def command(config: Config, days: int, seed: int, per_day: int, until: datetime | None, force: bool) -> None:
    """Write believable conversations of invented customers into the database, through the real engine.

    Stop a bot that uses the same database first. Reports count what is simulated; its account is `simulated`.
    """
    plan = Plan(days, per_day, seed, _midnight(until), force)
    # Templates that were taken back meanwhile are in the database; `frontdesk templates` tells of them.
    logging.getLogger("bot.promotion").setLevel(logging.ERROR)
    began = time.perf_counter()
    with bar("fitting the matcher", "customers") as on_progress:
        done = asyncio.run(simulate(config, plan, on_progress))
    seconds = time.perf_counter() - began
    click.echo("\n".join(_told(done, config.storage.path, seconds)))


def _midnight(until: datetime | None) -> Millis:
    if until is None:
        return now() // DAY * DAY
    return int(until.replace(tzinfo=UTC).timestamp() * 1000)


def _told(done: Simulated, path: Path, seconds: float) -> Iterator[str]:
    held = f"{done.conversations} simulated conversations with {done.messages} messages"
    yield f"{path} holds {held} ({seconds:.1f} s)."
    hidden = done.qualities
    if hidden.slipping:
        day = datetime.fromtimestamp(hidden.slips_at / 1000, UTC)
        yield f"Hidden in them: `{hidden.slipping}` helps until {day:%Y-%m-%d} and seldom from then on."
    yield "Look at them with `frontdesk report`, `frontdesk review` and `frontdesk templates`."
    yield "For the console: `frontdesk operator add NAME --role admin`."
