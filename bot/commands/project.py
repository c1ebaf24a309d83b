"""The project a command is about: its settings, and its database, opened for one piece of work."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.config import Config, StorageSettings, load, load_folder
from bot.errors import ConfigBroken, NotFound
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase

T = TypeVar("T")


def about_a_project(function: Callable[..., T]) -> Callable[..., T]:
    """Give a command `--config`, `--content` and `--database`; its function gets `config`, a `Config`."""

    @functools.wraps(function)
    def command(
        *args: Any, config_file: Path | None, content: Path | None, database: Path | None, **rest: Any
    ) -> T:
        return function(*args, config=settings(config_file, content, database), **rest)

    return _with_options(command)


def about_a_database(function: Callable[..., T]) -> Callable[..., T]:
    """The same options for a command that needs no more than the database; it gets `database`, a path.

    Where `--database` names it, no project is needed.
    """

    @functools.wraps(function)
    def command(
        *args: Any, config_file: Path | None, content: Path | None, database: Path | None, **rest: Any
    ) -> T:
        path = database or settings(config_file, content).storage.path
        return function(*args, database=path, **rest)

    return _with_options(command)


def about_what_is_kept(function: Callable[..., T]) -> Callable[..., T]:
    """The same options for a command about what a database keeps; its function gets `config`, a `Config`.

    Where `--database` names it and no project is here, the settings are the defaults.
    """

    @functools.wraps(function)
    def command(
        *args: Any, config_file: Path | None, content: Path | None, database: Path | None, **rest: Any
    ) -> T:
        try:
            config = settings(config_file, content, database)
        except ConfigBroken:
            if database is None or config_file is not None or content is not None:
                raise
            config = Config(storage=StorageSettings(database))
        return function(*args, config=config, **rest)

    return _with_options(command)


def _with_options(command: Callable[..., T]) -> Callable[..., T]:
    path = click.Path(path_type=Path)
    for option in (
        click.option("--database", type=path, help="The SQLite file; default: as in config.yml."),
        click.option(
            "--content",
            type=path,
            help="A project folder, or one with intents/ and templates/; default: this one.",
        ),
        click.option("--config", "config_file", type=path, help="The settings; default: config.yml."),
    ):
        command = option(command)
    return command


def settings(config_file: Path | None, content: Path | None, database: Path | None = None) -> Config:
    """The settings of a project folder, of a file, or of a file with other content."""
    if config_file is None:
        config = load_folder(content or Path())
    else:
        config = load(config_file)
        config = config if content is None else replace(config, content=content)
    return config if database is None else replace(config, storage=replace(config.storage, path=database))


def read(path: Path, work: Callable[[Transaction], T]) -> T:
    """Run `work` against the database at `path`. Raises `NotFound` if there is none yet."""
    return within(path, lambda database: database.read(work))


def write(path: Path, work: Callable[[Transaction], T]) -> T:
    """Run `work` in a transaction on the database at `path`. Raises `NotFound` if there is none yet."""
    return within(path, lambda database: database.write(work))


def within(path: Path, work: Callable[[SqliteDatabase], Awaitable[T]], *, make: bool = False) -> T:
    """Run `work` with the database at `path` open; one that is not there is made, if `make` says so."""
    if not make and not path.exists():
        raise NotFound(f"there is no database at {path} yet; `frontdesk run` makes it")

    async def run() -> T:
        database = SqliteDatabase(path)
        await database.open()
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())
