"""`frontdesk match`: JSON lines in, what each is taken for out. For programs; `ask` is for people."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import click

from bot import config as configuration
from bot.config import Config
from bot.content import catalog
from bot.content.snapshot import Content
from bot.errors import ContentBroken
from bot.matching.fit import fit
from bot.matching.matcher import ContentMatcher
from bot.model import Match


@click.command("match")
@click.option(
    "--content", "folder", type=click.Path(path_type=Path), default=Path(), help="Project or content folder."
)
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="A config.yml elsewhere.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="Where fitted models are kept; default: models beside the database.",
)
def command(folder: Path, config_file: Path | None, cache: Path | None) -> None:
    """Match messages read as JSON lines from standard input.

    A line in is {"text": …, "lang": …}, without `lang` in the default language. A line out has text, intent
    (null when nothing fits), confidence, language, corrections, candidates and reasons. A bad line gets
    {"error": …, "line": n}; the rest goes on, and the exit code is then 1.
    """
    config, _, matcher = asyncio.run(prepared(folder, config_file, cache))
    wrong = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        found = _judged(line, matcher, config)
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
    return config, content, await fit(content.intents, content.out_of_scope, content.languages, kept)


def _judged(line: bytes, matcher: ContentMatcher, config: Config) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"error": f"not JSON: {error}"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"error": 'expected an object with a "text" that is a string'}
    language = asked.get("lang") or config.default_language
    if not isinstance(language, str):
        return {"error": '"lang" is not a string'}
    return as_json(matcher.match(asked["text"], language.split("-")[0].lower()), config.thresholds.suggest)


def as_json(match: Match, suggest: float) -> dict[str, Any]:
    """A match as plain values; the intent is None when even the best candidate is below `suggest`."""
    best = match.best
    sure = best is not None and best.confidence >= suggest
    return {
        "text": match.text,
        "intent": best.intent if best and sure else None,
        "confidence": round(best.confidence, 4) if best else 0.0,
        "language": match.language,
        "corrections": [{"from": one.original, "to": one.corrected} for one in match.corrections],
        "candidates": [
            {"intent": one.intent, "confidence": round(one.confidence, 4)} for one in match.candidates
        ],
        "reasons": [
            {"kind": one.kind, "text": one.text, "score": round(one.score, 4)}
            for one in (best.reasons if best else ())
        ],
    }
