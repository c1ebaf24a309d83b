"""`frontdesk run`: start the bot, its chat, and the operators' console."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.accounts.accounts import create_first_operator
from bot.app import App
from bot.commands.project import about_a_project
from bot.commands.wording import number
from bot.config import Config


@click.command("run")
@about_a_project
@click.option("--host", help="Where to listen; default: as in config.yml, 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Where to listen; default: as in config.yml, 8080."
)
def command(config: Config, host: str | None, port: int | None) -> None:
    """Start the bot, the chat and the operator console, and print where they are."""
    server = replace(
        config.server,
        host=config.server.host if host is None else host,
        port=config.server.port if port is None else port,
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(_run(replace(config, server=server)))


async def _run(config: Config) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with _progress() as on_progress:
        app = App(config, on_progress=on_progress)
        await _unless_stopped(app, stop)
    try:
        if not stop.is_set():
            await _announce(app)
            await stop.wait()
            click.echo("Stopping ...")
    finally:
        await app.stop()


async def _unless_stopped(app: App, stop: asyncio.Event) -> None:
    """Start, unless somebody presses Ctrl-C meanwhile."""
    starting, stopping = asyncio.create_task(app.start()), asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        starting.result()
        return
    starting.cancel()
    await asyncio.wait({starting})


async def _announce(app: App) -> None:
    first = await create_first_operator(app.database, app.clock)
    lines = [
        f"Demo shop with the chat   {app.url}/demo",
        f"Operator console          {app.url}/console",
        f"Studio                    {app.url}/studio",
        f"Health                    {app.url}/health",
    ]
    if first:
        login, password = first
        lines.insert(2, f"    sign in as {login} with the one-time password {password}")
    warnings = sum(problem.severity == "warning" for problem in app.health.problems())
    if app.config.rest.enabled and not app.config.rest.token and not _loopback(app.config.server.host):
        lines.append(
            "Anybody who reaches this port can speak for any REST customer: set channels.rest.token."
        )
    if warnings:
        count = number(warnings, "warning")
        lines.append(f"{count} in the content; see `frontdesk check`.")
    click.echo("\n".join(["", *lines, "", "Ctrl-C stops."]))
    sys.stdout.flush()


def _loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar for each thing that takes time, where a person watches; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield tell
