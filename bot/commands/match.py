"""`frontdesk match`: JSON lines in, what each is taken for out. For programs; `ask` is for people."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bot import config as configuration
from bot.commands.explaining import as_json, matched
from bot.config import Config
from bot.content import catalog
from bot.content.snapshot import Content
from bot.errors import ContentBroken
from bot.fitting.fit import fit
from bot.matching.explanation import explain
from bot.matching.matcher import ContentMatcher

T = TypeVar("T")


def about_content(command: Callable[..., T]) -> Callable[..., T]:
    """Give a command the options that `prepared` needs."""
    path = click.Path(path_type=Path)
    for option in (
        click.option(
            "--cache", type=path, help="Where fitted models are kept; default: models beside the database."
        ),
        click.option("--config", "config_file", type=path, help="A config.yml elsewhere."),
        click.option("--content", "folder", type=path, default=Path(), help="Project or content folder."),
    ):
        command = option(command)
    return command


@click.command("match")
@about_content
@click.option("--explain", "in_full", is_flag=True, help="Say all that `ask --explain` says.")
def command(folder: Path, config_file: Path | None, cache: Path | None, in_full: bool) -> None:
    """Match messages read as JSON lines from standard input.

    A line in is {"text": …, "lang": …}, without `lang` in the default language. A line out has text, intent
    (null when nothing fits), confidence, language, corrections, candidates and reasons; with --explain more:
    docs/commands.md lists it. A bad line gets {"error": …, "line": n}; the rest goes on, and the exit code is
    then 1.
    """
    config, content, matcher = asyncio.run(prepared(folder, config_file, cache))
    wrong = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        found = _judged(line, matcher, content if in_full else None, config)
        if "error" in found:
            found["line"] = number
            wrong += 1
        click.echo(json.dumps(found, ensure_ascii=True))
    if wrong:
        raise click.exceptions.Exit(1)


async def prepared(
    folder: Path, config_file: Path | None, cache: Path | None
) -> tuple[Config, Content, ContentMatcher]:
    """The settings, the checked content and a fitted matcher of a folder.

    Raises `ContentBroken` and `ConfigBroken`.
    """
    config = configuration.load(config_file) if config_file else configuration.load_folder(folder)
    source = folder if config_file and (folder / "intents").is_dir() else config.content
    loaded = catalog.load(source, config.languages, config.channels)
    if loaded.content is None:
        raise ContentBroken([problem for problem in loaded.problems if problem.severity == "error"])
    content = loaded.content
    kept = cache or config.storage.path.parent / "models"
    matcher = await fit(content.taught, kept, semantic=config.matching.semantic)
    return config, content, matcher


def _judged(line: bytes, matcher: ContentMatcher, content: Content | None, config: Config) -> dict[str, Any]:
    """What a line comes to; in full with the content that it is to be explained by."""
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"error": f"not JSON: {error}"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"error": 'expected an object with a "text" that is a string'}
    language = asked.get("lang") or config.default_language
    if not isinstance(language, str):
        return {"error": '"lang" is not a string'}
    match = matcher.match(asked["text"], language.split("-")[0].lower())
    if content is None:
        return matched(match, config.thresholds)
    return as_json(explain(matcher, match, config.thresholds), content, config.thresholds)
