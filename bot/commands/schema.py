"""`frontdesk schema`: JSON Schemas with which editors complete and check the YAML."""

from __future__ import annotations

from pathlib import Path

import click

from bot.content import schemas


@click.command("schema")
@click.argument("kind", type=click.Choice(sorted(schemas.FORMS)), required=False)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all three into this folder.",
)
def command(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one KIND of file, or write all of them into a folder."""
    if folder is not None:
        for path in schemas.write(folder):
            click.echo(path)
    elif kind is None:
        raise click.UsageError("Name a kind of file, or a folder with --to.")
    else:
        click.echo(schemas.text(kind), nl=False)
