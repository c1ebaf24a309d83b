"""`frontdesk migrate`: bring the database to the newest tables, and say what was done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.config import load, load_folder
from bot.storage.migrate import load_migrations
from bot.storage.sqlite import SqliteDatabase


@click.command("migrate")
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="The settings; default: config.yml."
)
def command(config_file: Path | None) -> None:
    """Bring the database to the newest tables. `frontdesk run` does the same when it starts."""
    config = load_folder(Path()) if config_file is None else load(config_file)
    done = asyncio.run(_migrate(config.storage.path))
    for name in done:
        click.echo(f"ran {name}")
    newest = load_migrations()[-1].name
    click.echo(f"{config.storage.path} is at {newest}" + ("" if done else "; there was nothing to do"))


async def _migrate(path: Path) -> tuple[str, ...]:
    database = SqliteDatabase(path)
    await database.open()
    await database.close()
    return database.migrated
