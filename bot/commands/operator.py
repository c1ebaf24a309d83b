"""`frontdesk operator`: who may sign in to the console."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from bot.accounts.accounts import Accounts
from bot.accounts.operators import ROLES
from bot.config import Config, StorageSettings, load, load_folder
from bot.errors import BadRequest
from bot.storage.sqlite import SqliteDatabase

T = TypeVar("T")


@click.group()
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="The settings; default: config.yml."
)
@click.option(
    "--content", type=click.Path(path_type=Path), help="A project folder; default: the current one."
)
@click.option(
    "--database", type=click.Path(path_type=Path), help="The SQLite file; default: as in config.yml."
)
@click.pass_context
def command(
    context: click.Context, config_file: Path | None, content: Path | None, database: Path | None
) -> None:
    """Operators: add and list them, give new passwords, shut people out.

    Changes count at once, also for a bot that is running.
    """
    config = load(config_file) if config_file else load_folder(content or Path())
    context.obj = replace(config, storage=StorageSettings(database)) if database else config


@command.command()
@click.argument("login")
@click.option("--name", default="", help="What customers see; the login if not given.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(ROLES), help="Repeatable; `operator` if not given."
)
@click.option("--team", "teams", multiple=True, help="Repeatable; every team if not given.")
@click.pass_obj
def add(config: Config, login: str, name: str, roles: tuple[str, ...], teams: tuple[str, ...]) -> None:
    """Add an operator and print a password that works once."""
    unknown = sorted(set(teams) - set(config.teams))
    if unknown:
        raise BadRequest(f"`{unknown[0]}` is no team; config.yml has {', '.join(sorted(config.teams))}.")
    operator, password = _with(config, lambda accounts: accounts.add(login, name, roles, teams))
    click.echo(f"{operator.login} ({operator.name}) may sign in once with the password {password}")


@command.command("list")
@click.pass_obj
def list_(config: Config) -> None:
    """List everybody: login, name, roles, teams."""
    for operator in _with(config, lambda accounts: accounts.everyone()):
        teams = ", ".join(operator.teams) or "every team"
        disabled = "  (disabled)" if operator.disabled else ""
        click.echo(f"{operator.login}  {operator.name}  {', '.join(operator.roles)}  {teams}{disabled}")


@command.command()
@click.argument("login")
@click.pass_obj
def password(config: Config, login: str) -> None:
    """Print a new password that works once, and end the operator's sessions."""
    word = _with(config, lambda accounts: accounts.new_password(login))
    click.echo(f"{login} may sign in once with the password {word}")


@command.command()
@click.argument("login")
@click.pass_obj
def disable(config: Config, login: str) -> None:
    """Shut an operator out at once."""
    _with(config, lambda accounts: accounts.disable(login))
    click.echo(f"{login} is shut out; `frontdesk operator enable {login}` lets them in again")


@command.command()
@click.argument("login")
@click.pass_obj
def enable(config: Config, login: str) -> None:
    """Let a disabled operator in again."""
    _with(config, lambda accounts: accounts.disable(login, disabled=False))
    click.echo(f"{login} may sign in again")


def _with(config: Config, work: Callable[[Accounts], Awaitable[T]]) -> T:
    async def run() -> T:
        database = SqliteDatabase(config.storage.path)
        await database.open()
        try:
            return await work(Accounts(database, lambda: int(time.time() * 1000)))
        finally:
            await database.close()

    return asyncio.run(run())
