"""`frontdesk operator`: who may sign in to the console."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.accounts.accounts import Accounts
from bot.accounts.operators import ROLES
from bot.commands.project import about_a_project, within
from bot.commands.since import now
from bot.config import Config
from bot.errors import BadRequest

T = TypeVar("T")


@click.group()
@about_a_project
@click.pass_context
def command(context: click.Context, config: Config) -> None:
    """Operators: add and list them, give new passwords, shut people out.

    Changes count at once, also for a bot that is running.
    """
    context.obj = config


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
    return within(config.storage.path, lambda database: work(Accounts(database, now)), make=True)
