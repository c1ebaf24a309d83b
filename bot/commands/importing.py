"""`frontdesk import`: content from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.content import projects
from bot.importers import examples, labelled


@click.group("import")
def command() -> None:
    """Make a bot project from what you already have."""


@command.command("examples")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), required=True, help="The new project's folder."
)
@click.option("--few", type=click.IntRange(min=1), help="Keep so many examples per intent and language.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed keeps other examples.")
def import_examples(file: Path, folder: Path, few: int | None, seed: int) -> None:
    """Make a project from the labelled lines of FILE.

    FILE is .jsonl, one {"text", "intent", "lang", "response"?} a line, or .csv with these columns. The
    intent `oos` marks what is out of scope. The first response of an intent becomes its answer, at auto.
    """
    projects.refuse_taken(folder)
    imported = examples.convert(labelled.read(file), few, seed)
    projects.write(folder, file.resolve().parent.name or "Imported", imported.languages, imported.files)
    beyond = f" and {imported.out_of_scope:,} out-of-scope examples" if imported.out_of_scope else ""
    templates = imported.intents - len(imported.unanswered)
    click.echo(
        f"{folder}: {imported.intents:,} intents with {imported.examples:,} examples{beyond}, "
        f"{templates:,} templates, languages: {', '.join(imported.languages)}."
    )
    _warn(imported.unanswered, "no response, so no template answers them")
    _warn(imported.borrowed, f"no response in {imported.languages[0]}, so another language is said")
    click.echo(f"\n    frontdesk check {folder}\n    frontdesk run --content {folder}")


def _warn(intents: Sequence[str], why: str) -> None:
    if intents:
        shown = ", ".join(intents[:5]) + (" ..." if len(intents) > 5 else "")
        click.echo(f"warning: {len(intents):,} intents have {why}: {shown}", err=True)
