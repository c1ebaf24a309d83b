"""`frontdesk review`: what to improve this week, template by template."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.analytics.backlog import Topic, backlog
from bot.analytics.review import Review, TemplateReview, review
from bot.analytics.threads import Question
from bot.analytics.unanswered import unanswered
from bot.commands import accepting
from bot.commands.accepting import Place
from bot.commands.project import about_a_project, within
from bot.commands.review_told import TEXTS, Part, told
from bot.commands.since import Since, now
from bot.commands.wording import course, share
from bot.config import Config
from bot.content.catalog import load
from bot.content.snapshot import Content
from bot.errors import ContentBroken, NotFound
from bot.model import Millis
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase

# Where the output is no terminal and COLUMNS says nothing, so many characters.
_WIDTH = 120
# The table with all its columns needs so many.
_WIDE = 110
_COLUMNS = ("template", "mode", "to gain", "sent", "floor", "ceiling", "response", "by week", "owner")
_IN_THE_TABLE = 20
_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What the database says: the review, and what customers asked without getting an answer."""

    review: Review
    topics: tuple[Topic, ...]


@click.group("review", invoke_without_command=True)
@about_a_project
@click.option("--since", type=Since(), default="7d", help="30d, 12h, 4w, a date, or all; default: 7d.")
@click.option("--template", "name", default="", metavar="NAME", help="All about this template alone.")
@click.option("--top", type=click.IntRange(0), default=5, show_default=True, help="How many at length.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.pass_context
def command(context: click.Context, config: Config, since: Millis, name: str, top: int, form: str) -> None:
    """What to improve: templates in order of what there is to gain, and what people said that shows how.

    For half an hour of the team's week. Everything that people wrote is shown with personal data masked.
    """
    loaded = load(config.content, config.languages, config.channels, None, tuple(config.teams))
    if loaded.content is None:
        raise ContentBroken(loaded.errors)
    place = context.obj = Place(config, loaded.content, since)
    if context.invoked_subcommand is not None:
        return
    found = find(place)
    shown = _named(place.content, found.review, name) if name else found.review.templates[:top]
    forms: dict[str, Callable[[Found, Sequence[TemplateReview], bool], None]] = {
        "text": _print_text,
        "json": _print_json,
        "markdown": _print_markdown,
    }
    forms[form](found, shown, bool(name))


command.add_command(accepting.command)


def find(place: Place) -> Found:
    """Read the database and put unanswered questions together. Raises `NotFound` if there is no database."""

    def work(tx: Transaction) -> tuple[Review, Sequence[Question]]:
        period = (place.since, now() + 1)
        return review(tx, place.content, *period), unanswered(tx, place.content, *period)

    async def whole(database: SqliteDatabase) -> Found:
        reviewed, questions = await database.read(work)
        return Found(reviewed, await asyncio.to_thread(backlog, questions, place.content))

    return within(place.config.storage.path, whole)


def _named(content: Content, reviewed: Review, name: str) -> tuple[TemplateReview, ...]:
    found = tuple(one for one in reviewed.templates if one.template == name)
    if found:
        return found
    if name in content.templates:
        raise NotFound(f"{name} was not sent in this time; look further back with --since")
    near = difflib.get_close_matches(name, content.templates, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise NotFound(f"there is no template {name}{hint}")


def _parts(found: Found, shown: Sequence[TemplateReview], alone: bool) -> list[Part]:
    texts = max(len(one.caught) + len(one.notes) for one in shown) + TEXTS if alone else TEXTS
    parts = told(found.review, shown, found.topics[:_TOPICS], texts)
    return parts[1 : 1 + len(shown)] if alone else parts


def _print_text(found: Found, shown: Sequence[TemplateReview], alone: bool) -> None:
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=_WIDTH)
    parts = _parts(found, shown, alone)
    if not alone:
        _print_part(console, parts.pop(0))
        if found.review.templates:
            console.print(_table(found.review.templates[:_IN_THE_TABLE], console.width >= _WIDE))
            _print_line(console, _more(found.review), 2)
        else:
            console.print("No template has answered a question in this time.")
    for part in parts:
        _print_part(console, part)
    for line in _hints(found, alone):
        _print_line(console, line, 0, "dim")


def _print_part(console: Console, part: Part, depth: int = 0) -> None:
    """A heading, and everything below it set in."""
    if depth == 0:
        console.print()
    _print_line(console, part.heading, 2 * depth, "cyan" if depth else "bold")
    for line in part.lines:
        _print_line(console, line, 2 * depth + 2)
    for below in part.parts:
        _print_part(console, below, depth + 1)


def _print_line(console: Console, line: str, indent: int, style: str = "") -> None:
    """A line, wrapped and set in. Customers' words are no markup, and a mask such as `[email]` is none."""
    for piece in Text(line).wrap(console, console.width - indent):
        piece.rstrip()
        console.print(Text(" " * indent) + piece, style=style, soft_wrap=True)


def _table(templates: Iterable[TemplateReview], wide: bool) -> Table:
    """The templates; where it is narrow, without intervals and owners."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("template", no_wrap=True)
    table.add_column("mode", no_wrap=True)
    for name in _COLUMNS[2:-2]:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("by week", no_wrap=True)
    if wide:
        table.add_column("owner", overflow="fold")
    for row in _rows(templates, wide):
        table.add_row(*(row if wide else row[:-1]))
    return table


def _more(review: Review) -> str:
    left = len(review.templates) - _IN_THE_TABLE
    return f"and {left} more with less to gain; --format json has all of them" if left > 0 else ""


def _rows(templates: Iterable[TemplateReview], interval: bool = True) -> Iterator[tuple[str, ...]]:
    for one in templates:
        bot = one.figures.bot
        rates = (share(bot.floor, interval), share(bot.ceiling, interval), share(bot.response, False))
        weeks = course([week.figures.ceiling for week in one.history.weeks])
        yield one.template, one.mode or "–", str(one.gain), str(bot.sent), *rates, weeks, one.owner or "–"


def _hints(found: Found, alone: bool) -> Iterator[str]:
    if alone:
        return
    if found.topics:
        yield ""
        yield "Take a draft over with `frontdesk review accept ID`."
    if found.review.templates:
        yield f"All about one template: `frontdesk review --template {found.review.templates[0].template}`."


def _print_json(found: Found, shown: Sequence[TemplateReview], alone: bool) -> None:
    templates = shown if alone else found.review.templates
    whole: dict[str, Any] = asdict(found.review) | {"templates": [asdict(one) for one in templates]}
    topics = [{name: value for name, value in asdict(one).items() if name != "ids"} for one in found.topics]
    click.echo(json.dumps(whole | {"unanswered": topics}, ensure_ascii=False, indent=2))


def _print_markdown(found: Found, shown: Sequence[TemplateReview], alone: bool) -> None:
    parts = _parts(found, shown, alone)
    if not alone:
        click.echo("\n".join(_as_markdown(parts.pop(0), "#")) + "\n")
        rows = [_COLUMNS, tuple("---" for _ in _COLUMNS), *_rows(found.review.templates[:_IN_THE_TABLE])]
        click.echo("\n".join("| " + " | ".join(map(_plain, row)) + " |" for row in rows))
    for part in parts:
        click.echo("\n" + "\n".join(_as_markdown(part, "##")))


def _as_markdown(part: Part, level: str) -> Iterator[str]:
    yield f"{level} {_plain(part.heading)}"
    if part.lines:
        yield ""
    yield from (f"- {_plain(line)}" for line in part.lines)
    for below in part.parts:
        yield ""
        yield from _as_markdown(below, level + "#")


def _plain(text: str) -> str:
    """A text in which no sign makes code, a link, a tag or a cell of a table."""
    return "".join(f"\\{sign}" if sign in "\\`*<[|" else sign for sign in text)
