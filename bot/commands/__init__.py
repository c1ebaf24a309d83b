"""The command line. Each command is a module of its own, imported only when it is asked for."""

from __future__ import annotations

import importlib
from typing import Any

import click

from bot.errors import FrontdeskError, ProblemsFound

COMMANDS = {
    "run": "bot.commands.run:command",
    "check": "bot.commands.check:command",
    "schema": "bot.commands.schema:command",
    "init": "bot.commands.init:command",
    "import": "bot.commands.importing:command",
    "ask": "bot.commands.ask:command",
    "match": "bot.commands.match:command",
    "report": "bot.commands.report:command",
    "review": "bot.commands.review:command",
    "templates": "bot.commands.templates:command",
    "ledger": "bot.commands.ledger:command",
    "replay": "bot.commands.replay:command",
    "simulate": "bot.commands.simulate:command",
    "operator": "bot.commands.operator:command",
    "migrate": "bot.commands.migrate:command",
}


def _about_the_system(error: OSError) -> str:
    """A file that cannot be read, a folder that cannot be made, a full disk: which one, and why."""
    why = error.strerror or str(error) or type(error).__name__
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{why[:1].lower()}{why[1:]}; check the path, its permissions and the space on the disk"


class LazyGroup(click.Group):
    """Commands by name, imported when used. Errors of ours are a sentence, not a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of a first day with Frontdesk."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None if there is no such name."""
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        found = getattr(importlib.import_module(module), attribute)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours becomes a sentence and an exit code.

        Exit code 1 means that files have problems, 2 that the command could not be run.
        """
        try:
            return super().invoke(ctx)
        except FrontdeskError as error:
            click.echo(error.sentence, err=True)
            ctx.exit(1 if isinstance(error, ProblemsFound) else 2)
        except BrokenPipeError:
            # Whoever reads our output has had enough (`frontdesk report | head`); click ends quietly.
            raise
        except OSError as error:
            click.echo(_about_the_system(error), err=True)
            ctx.exit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="frontdesk", message="%(prog)s %(version)s")
def main() -> None:
    """Frontdesk: a customer-service chatbot whose content is plain YAML.

    Start with `frontdesk init DIR`, then `frontdesk check DIR` and `frontdesk run --content DIR`.
    """
