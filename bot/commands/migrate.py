"""`frontdesk migrate`: bring the database to the newest tables, and say what was done."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.project import within
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

    async def work(database: SqliteDatabase) -> tuple[str, ...]:
        return database.migrated

    done = within(config.storage.path, work, make=True)
    for name in done:
        click.echo(f"ran {name}")
    newest = load_migrations()[-1].name
    click.echo(f"{config.storage.path} is at {newest}" + ("" if done else "; there was nothing to do"))
