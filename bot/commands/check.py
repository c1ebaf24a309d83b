"""`frontdesk check`: every problem of a project's files, as a compiler would print them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import click

from bot import config as configuration
from bot.commands.doubtful import doubtful
from bot.commands.progress import bar
from bot.commands.wording import number
from bot.config import Config
from bot.content.catalog import Loaded, load
from bot.content.snapshot import Content
from bot.errors import Problem, Severity

_COLORS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command("check")
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path(), metavar="[DIR]"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are printed; github annotates a pull request.",
)
@click.option("--deep", is_flag=True, help="Try every example on a model that was not fitted to it.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
def command(folder: Path, form: str, deep: bool, strict: bool) -> None:
    """Check config.yml, intents and templates of the project in DIR (default: the current folder).

    Prints every problem with file, line and column. Exit code 1 means that there are errors; warnings alone
    are no reason to stop. The tests that stand in template files are run. --deep also looks for examples that
    are nearer to another intent, intents that cannot be told apart and rules that never fire; this takes as
    long as fitting the content a few times.
    """
    problems, loaded = problems_of(folder, deep)
    {"text": _text, "json": _json, "github": _github}[form](problems, loaded)
    stopping = {"error", "warning"} if strict else {"error"}
    if any(problem.severity in stopping for problem in problems):
        raise SystemExit(1)


def problems_of(folder: Path, deep: bool = False) -> tuple[list[Problem], Loaded | None]:
    """All problems of a project, files named from the current folder; and the content, if it was read."""
    config, problems = configuration.read_folder(folder)
    if config is None:
        return problems, None
    with bar("reading content") as on_progress:
        loaded = load(config.content, config.languages, config.channels, on_progress, tuple(config.teams))
    for problem in found_in(config, loaded, deep):
        at_root = problem.file == str(config.content)
        problems.append(problem if at_root else replace(problem, file=str(config.content / problem.file)))
    return problems, loaded


def found_in(config: Config, loaded: Loaded, deep: bool = False) -> list[Problem]:
    """All problems of content, whether it was read from files or is only going to be written."""
    if loaded.content is None:
        return list(loaded.problems)
    found = list(loaded.problems)
    with bar("trying the examples") as on_progress:
        found += doubtful(loaded.content, loaded.sources, deep, on_progress)
    if any(template.tests for template in loaded.content.templates.values()):
        found += _unmet(config, loaded.content)
    return sorted(dict.fromkeys(found), key=lambda one: (one.file, one.line, one.column, one.code))


def _unmet(config: Config, content: Content) -> list[Problem]:
    """The tests of templates that fail; these imports cost more than the rest of a check without tests."""
    from bot.analytics.expectations import unmet
    from bot.fitting.fit import fit

    cache, semantic = config.storage.path.parent / "models", config.matching.semantic
    with bar("fitting the matcher") as on_progress:
        fitting = fit(content.taught, cache, on_progress, semantic=semantic)
        matcher = asyncio.run(fitting)
    return unmet(content, matcher, config.thresholds)


def _text(problems: list[Problem], loaded: Loaded | None) -> None:
    for problem in problems:
        color = _COLORS[problem.severity]
        place, sep, rest = str(problem).partition(f": {problem.severity}: ")
        click.echo(click.style(place, bold=True) + click.style(sep, fg=color) + rest)
    click.echo(_summary(problems, loaded))


def _summary(problems: list[Problem], loaded: Loaded | None) -> str:
    counts = Counter(problem.severity for problem in problems)
    found = [number(counts[kind], kind) for kind in _COLORS if counts[kind]]
    said = " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:]))) or "No problems"
    if loaded is None:
        return f"{said}; intents and templates were not read."
    held = ""
    if content := loaded.content:
        held = f", {number(len(content.intents), 'intent')}, {number(len(content.templates), 'template')}"
        held += f", {number(tests, 'test')}" if (tests := _tests(loaded)) else ""
    return f"{said} in {number(len(loaded.sources), 'file')}{held}."


def _tests(loaded: Loaded | None) -> int:
    """How many tests were run."""
    content = loaded.content if loaded else None
    return sum(len(template.tests) for template in content.templates.values()) if content else 0


def _json(problems: list[Problem], loaded: Loaded | None) -> None:
    counts = Counter(problem.severity for problem in problems)
    found = {
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["note"],
        "tests": _tests(loaded),
        "hash": loaded.content.hash if loaded and loaded.content else None,
        "problems": [asdict(problem) for problem in problems],
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _github(problems: list[Problem], loaded: Loaded | None) -> None:
    for problem in problems:
        place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
        given = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in place.items() if value)
        said = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
        level = "notice" if problem.severity == "note" else problem.severity
        click.echo(f"::{level} {given}::{_escaped(said)}")
    click.echo(_summary(problems, loaded))


def _escaped(text: str, more: str = "") -> str:
    """A text as workflow commands want it: % and line ends as %-codes, in properties also : and , ."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
