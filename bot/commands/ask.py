"""`frontdesk ask "…"`: what a message would be taken for and answered with; `--explain` says why."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.match import as_json, prepared
from bot.config import Config
from bot.content.snapshot import Content
from bot.model import Candidate, Match, Thresholds
from bot.text.questions import split_questions

_SHOWN = 5


@click.command("ask")
@click.argument("message")
@click.option(
    "--content", "folder", type=click.Path(path_type=Path), default=Path(), help="Project or content folder."
)
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="A config.yml elsewhere.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="Where fitted models are kept; default: models beside the database.",
)
@click.option("--language", help="The conversation's language; default: the first of config.yml.")
@click.option("--explain", is_flag=True, help="Say why: corrections, words, closest examples, runners-up.")
@click.option("--json", "as_lines", is_flag=True, help="Print the match as one JSON object.")
def command(
    *,
    message: str,
    folder: Path,
    config_file: Path | None,
    cache: Path | None,
    language: str | None,
    explain: bool,
    as_lines: bool,
) -> None:
    """Say how the bot would take MESSAGE, and what it would answer."""
    config, content, matcher = asyncio.run(prepared(folder, config_file, cache))
    match = matcher.match(message, language or config.default_language)
    if as_lines:
        click.echo(json.dumps(as_json(match, config.thresholds.suggest)))
        return
    console = Console(highlight=False)
    parts = split_questions(message)
    if len(parts) > 1:
        console.print(f"This may be {len(parts)} questions; each is judged by itself as well.", style="dim")
    for part in parts if len(parts) > 1 else (message,):
        found = match if part == message else matcher.match(part, language or config.default_language)
        _show(console, found, content, config, explain)


def _show(console: Console, match: Match, content: Content, config: Config, explain: bool) -> None:
    console.print()
    console.print(Text.assemble(("Customer  ", "bold"), match.text))
    if match.corrections:
        read = ", ".join(f"{one.original} → {one.corrected}" for one in match.corrections)
        console.print(Text.assemble(("Read as   ", "bold"), match.read_as, (f"   ({read})", "dim")))
    console.print(Text.assemble(("Bot       ", "bold"), _answer(match, content, config.thresholds)))
    if explain:
        _explain(console, match, config.thresholds)


def _answer(match: Match, content: Content, thresholds: Thresholds) -> str:
    """What the bot would do first with this message: answer, ask "did you mean", or ask to rephrase."""
    best = match.best
    if best is None or best.confidence < thresholds.suggest:
        return content.phrase("rephrase", match.language)
    if best.confidence < thresholds.answer:
        near = [one for one in match.candidates if one.confidence >= thresholds.suggest / 2][:3]
        buttons = "  ".join(f"[{content.title(one.intent, match.language)}]" for one in near)
        return f"{content.phrase('did_you_mean', match.language)}\n          {buttons}"
    return _templated(best.intent, match.language, content)


def _templated(intent: str, language: str, content: Content) -> str:
    """What the template of an intent says first."""
    template = content.template_for(intent)
    if template is None:
        return f"(no template answers {intent}; a person would take over)"
    if template.mode in {"draft", "retired"}:
        return f"(template {template.name} is in mode {template.mode}; a person would take over)"
    if template.ask:
        first = template.ask[0]
        question = content.spoken(first.question, language)
        return f"{question}   (template {template.name} asks for {first.slot} first)"
    text = content.spoken(template.variants[0].text, language)
    if template.mode == "suggest":
        return f"(suggested to an operator, from template {template.name}) {text}"
    return text


def _explain(console: Console, match: Match, thresholds: Thresholds) -> None:
    best = match.best
    if best is None:
        console.print("\nNo word of this message is in the content, and no rule fired.")
        return
    console.print()
    console.print(_verdict(best, thresholds))
    console.print(_reasons(best))
    others = match.candidates[1:_SHOWN]
    if others:
        console.print("Runners-up", style="bold")
        for one in others:
            said = [reason for reason in one.reasons if reason.kind != "start"]
            against = min(said, key=lambda reason: reason.score, default=None)
            why = (
                f"   most against it: {against.text} ({against.score:+.2f})"
                if against and against.score < 0
                else ""
            )
            console.print(Text(f"  {one.intent}  {_percent(one.confidence)}{why}"))


def _verdict(best: Candidate, thresholds: Thresholds) -> Text:
    if best.confidence >= thresholds.answer:
        means = f"sure enough to answer (from {thresholds.answer:.0%})"
    elif best.confidence >= thresholds.suggest:
        means = f'not sure: asks "did you mean" (answers from {thresholds.answer:.0%})'
    else:
        means = f"nothing fits (asks from {thresholds.suggest:.0%})"
    by = {"keywords": "by its keywords", "regex": "by its regular expression"}.get(
        best.rule, "by its examples"
    )
    return Text.assemble(("Intent    ", "bold"), f"{best.intent}  {_percent(best.confidence)}, {by}; {means}")


def _percent(confidence: float) -> str:
    """A confidence for people; nothing is ever 100 % sure."""
    return f"{min(confidence, 0.99):.0%}"


def _reasons(candidate: Candidate) -> Table:
    """The sum, line by line; its total is the score, in log odds."""
    table = Table(show_header=True, header_style="bold", box=None, pad_edge=False, show_footer=True)
    total = sum(reason.score for reason in candidate.reasons)
    table.add_column("Why", footer="score")
    table.add_column("", footer=f"{_percent(candidate.confidence)} sure")
    table.add_column("adds", justify="right", footer=f"{total:+.2f}")
    for reason in candidate.reasons:
        style = "red" if reason.score < -0.005 else "green" if reason.score > 0.005 else "dim"
        table.add_row(reason.kind, Text(reason.text), Text(f"{reason.score:+.2f}", style=style))
    return table
