"""`frontdesk ask "…"`: what a message would be taken for and answered with; `--explain` says why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console

from bot.commands.explaining import as_json, carried, line, show
from bot.commands.match import about_content, prepared
from bot.config import Config
from bot.content.placeholders import fill, slots
from bot.content.snapshot import Content
from bot.matching.explanation import Explanation, explain
from bot.model import Match, Thresholds
from bot.text.questions import split_questions


@click.command("ask")
@click.argument("message")
@about_content
@click.option("--language", help="The conversation's language; default: the first of config.yml.")
@click.option(
    "--explain", "in_full", is_flag=True, help="Say why: the sum, rules, nearest examples, runners-up."
)
@click.option("--json", "as_lines", is_flag=True, help="Print the match as one JSON object.")
def command(
    *,
    message: str,
    folder: Path,
    config_file: Path | None,
    cache: Path | None,
    language: str | None,
    in_full: bool,
    as_lines: bool,
) -> None:
    """Say how the bot would take MESSAGE, and what it would answer."""
    config, content, matcher = asyncio.run(prepared(folder, config_file, cache))
    match = matcher.match(message, language or config.default_language)
    if as_lines:
        explained = explain(matcher, match, config.thresholds)
        click.echo(json.dumps(as_json(explained, content, config.thresholds), ensure_ascii=False))
        return
    console = Console(highlight=False)
    parts = split_questions(message)
    if len(parts) > 1:
        console.print(f"This may be {len(parts)} questions; each is judged by itself.", style="dim")
    for part in parts if len(parts) > 1 else (message,):
        found = match if part == message else matcher.match(part, language or config.default_language)
        explained = explain(matcher, found, config.thresholds)
        _show(console, explained, content, config)
        if in_full:
            show(console, explained, config.thresholds)


def _show(console: Console, explained: Explanation, content: Content, config: Config) -> None:
    match = explained.match
    console.print()
    console.print(line("Customer", match.text))
    if match.language != config.default_language:
        console.print(line("Language", match.language))
    if match.corrections:
        console.print(line("Read as", match.read_as))
        for read, slip in zip(match.corrections, explained.missteps, strict=True):
            console.print(line("", f"{read.original} → {read.corrected}: {slip}"))
    for place, (said, others) in enumerate(explained.synonyms):
        console.print(line("" if place else "Synonyms", f"{said}: {', '.join(others)}"))
    found = carried(match, content)
    for one in found:
        typed = "" if one.text == one.value else f', from "{one.text}"'
        console.print(line("Carries", f"{one.name} {one.value}{typed}, at character {one.start + 1}"))
    values = {one.name: one.value for one in reversed(found)}
    console.print(line("Bot", _answer(match, values, content, config.thresholds)))


def _answer(match: Match, given: Mapping[str, str], content: Content, thresholds: Thresholds) -> str:
    """What the bot would do first with this message: answer, ask "did you mean", or ask to rephrase."""
    best = match.best
    if best is None or best.confidence < thresholds.suggest:
        return content.phrase("rephrase", match.language)
    if best.confidence < thresholds.answer:
        near = [one for one in match.candidates if one.confidence >= thresholds.suggest / 2][:3]
        buttons = "  ".join(f"[{content.title(one.intent, match.language)}]" for one in near)
        return f"{content.phrase('did_you_mean', match.language)}\n{buttons}"
    return _templated(best.intent, match.language, given, content)


def _templated(intent: str, language: str, given: Mapping[str, str], content: Content) -> str:
    """What the template of an intent says first, to a message that carries some of its slots."""
    template = content.template_for(intent)
    if template is None:
        return f"(no template answers {intent}; a person would take over)"
    if template.mode in {"draft", "retired"}:
        return f"(template {template.name} is in mode {template.mode}; a person would take over)"
    own = {name: given[name] for name in content.intents[intent].entities if name in given}
    first = next((one for one in template.ask if one.slot not in own), None)
    if first is not None:
        question = content.spoken(first.question, language)
        return f"{question}   (template {template.name} asks for {first.slot} first)"
    said = content.spoken(template.variants[0].text, language)
    open_slots = {slot.name: f"{{{slot.name}}}" for slot in slots(said) if slot.fallback is None}
    text = fill(said, open_slots | own)
    if template.mode == "suggest":
        return f"(suggested to an operator, from template {template.name}) {text}"
    return f"{text}   (after the action {template.action})" if template.action else text
