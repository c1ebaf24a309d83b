"""`frontdesk report`: what each template has closed, with the floor and the ceiling of it."""

from __future__ import annotations

import csv
import io
import json
import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import click
from rich import box
from rich.console import Console
from rich.table import Table

from bot.commands.project import about_a_database, read
from bot.commands.since import Since, now
from bot.commands.wording import number, share
from bot.model import Millis, Outcome
from bot.storage.database import Transaction
from bot.templates import store
from bot.templates.evidence import Share, Tally
from bot.templates.ledger import BY_PEOPLE

_IN_THE_TABLE = (*(outcome for outcome in BY_PEOPLE if outcome != "excluded"), "pending")
_COUNTED: tuple[Outcome, ...] = (*_IN_THE_TABLE, "excluded")
# What is left out beside small talk, and how one and several of it are called.
_LEFT_OUT: Mapping[str, tuple[str, str, str]] = {
    "restart": ("answer", "answers", "before the customer started over"),
    "ignored": ("suggestion", "suggestions", "that operators did not use"),
    "by_hand": ("answer", "answers", "that a person excluded"),
}
_LEFT_OUT_WHOLE: Mapping[str, str] = {
    "spam": "as spam",
    "test": "as tests",
    "operator_test": "as operators' own tests",
}
_SHARES = ("floor", "ceiling", "response")
# Where the output is no terminal and COLUMNS says nothing, so many characters.
_WIDTH = 160
# The wide table needs so many; what is narrower gets the outcomes below each template.
_WIDE = 156
_BELOW = 26
_NAMED = 8


# Name, mode, and what became of the answers.
Row: TypeAlias = tuple[str, str, Tally]


@dataclass(frozen=True, slots=True)
class Report:
    """Templates by number of answers sent, most first, and the conversations of the same time.

    `overruled` is how many of the answers have an outcome that a person has set. `excluded` says how many
    answers do not count, by kind and template, `set_aside` how many whole conversations, by kind.
    """

    since: Millis
    templates: tuple[Row, ...]
    conversations: int
    unanswered: int
    overruled: int
    excluded: Mapping[str, Mapping[str, int]]
    set_aside: Mapping[str, int]


@click.command("report")
@click.option("--since", type=Since(), default="30d", help="30d, 12h, 4w, a date, or all; default: 30d.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@about_a_database
def command(since: Millis, form: str, database: Path) -> None:
    """Print what became of every template's answers.

    The floor counts answers that customers confirmed, the ceiling also those after which they were silent;
    both with 95 % intervals. Answers that operators sent are left out, and conversations that are spam or a
    test; what does not count is counted by itself.
    """
    report = read(database, lambda tx: read_report(tx, since, now() + 1))
    {"text": _print_text, "json": _print_json, "csv": _print_csv}[form](report)


def read_report(tx: Transaction, since: Millis, until: Millis) -> Report:
    """The report of the answers sent and conversations begun from `since` up to before `until`."""
    modes = store.modes(tx, since, until)
    tallies = store.tallies(tx, since, until)
    ranked = sorted(tallies.items(), key=lambda item: (-item[1].sent, item[0]))
    templates = tuple((name, modes.get(name, ""), tally) for name, tally in ranked)
    whole = store.conversations(tx, since, until)
    return Report(
        since,
        templates,
        *whole,
        overruled=store.overruled(tx, since, until),
        excluded=store.excluded(tx, since, until),
        set_aside=store.excluded_conversations(tx, since, until),
    )


def _print_text(report: Report) -> None:
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=_WIDTH)
    counted = [row for row in report.templates if row[2].sent > row[2].of("excluded")]
    if counted:
        console.print(_wide(counted) if console.width >= _WIDE else _narrow(counted))
    else:
        console.print("No template has answered a question in this time.")
    for line in _left_out(report):
        console.print(line)
    if report.overruled:
        console.print(f"A person has decided what became of {number(report.overruled, 'answer')}.")
    console.print(
        f"{number(report.conversations, 'conversation')}, "
        f"{report.unanswered} of them without any answer (unanswered)."
    )


def _left_out(report: Report) -> Iterator[str]:
    """What is not counted and why, so that the figures add up."""
    small_talk = report.excluded.get("small_talk", {})
    if small_talk:
        names = ", ".join(list(small_talk)[:_NAMED]) + (", …" if len(small_talk) > _NAMED else "")
        sent = number(sum(small_talk.values()), "sending")
        yield f"Not counted, because they answer no question: {sent} of {names}."
    others = [
        f"{count} {one if count == 1 else several} {why}"
        for kind, (one, several, why) in _LEFT_OUT.items()
        if (count := sum(report.excluded.get(kind, {}).values()))
    ]
    others += [
        f"{number(report.set_aside[kind], 'conversation')} {why}"
        for kind, why in _LEFT_OUT_WHOLE.items()
        if kind in report.set_aside
    ]
    if others:
        yield f"Not counted: {', '.join(others)}."


def _wide(rows: Sequence[Row]) -> Table:
    """One line for each template."""
    table = _table(("sent", *(name.replace("_", "\n") for name in _IN_THE_TABLE)), gap=1)
    for name, mode, tally in rows:
        counts = [str(tally.of(outcome)) for outcome in _IN_THE_TABLE]
        table.add_row(name, mode, str(_sent(tally)), *counts, *_shares(tally))
    return table


def _narrow(rows: Sequence[Row]) -> Table:
    """Two lines for each template: the figures, and below them what became of the answers."""
    table = _table(("sent",), gap=0)
    for name, mode, tally in rows:
        counts = [(tally.of(outcome), outcome.replace("_", " ")) for outcome in _IN_THE_TABLE]
        table.add_row(name, mode, str(_sent(tally)), *_shares(tally))
        said = textwrap.wrap(", ".join(f"{count} {outcome}" for count, outcome in counts if count), _BELOW)
        for line in said:
            table.add_row(f"  {line}", style="dim")
    return table


def _table(counts: Sequence[str], gap: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, gap, 0, 0))
    table.add_column("template", no_wrap=True)
    table.add_column("mode", no_wrap=True, min_width=len("suggest"))
    for name in (*counts, "floor\n(95 %)", "ceiling\n(95 %)", "survey\nresponse"):
        table.add_column(name, justify="right", no_wrap=True, min_width=max(map(len, name.split())))
    return table


def _sent(tally: Tally) -> int:
    return tally.sent - tally.of("excluded")


def _shares(tally: Tally) -> tuple[str, str, str]:
    return share(tally.floor), share(tally.ceiling), share(tally.response, interval=False)


def _print_json(report: Report) -> None:
    since = datetime.fromtimestamp(report.since / 1000, UTC).isoformat()
    templates = [
        {"template": name, "mode": mode, "sent": tally.sent, "eligible": tally.eligible}
        | {outcome: tally.of(outcome) for outcome in _COUNTED}
        | {name: _share(getattr(tally, name)) for name in _SHARES}
        for name, mode, tally in report.templates
    ]
    whole = {name: getattr(report, name) for name in ("conversations", "unanswered", "overruled")}
    by_kind = {kind: sum(templates.values()) for kind, templates in report.excluded.items()}
    whole["excluded"] = {"answers": by_kind, "conversations": report.set_aside}
    click.echo(json.dumps({"since": since, "templates": templates, **whole}, ensure_ascii=False, indent=2))


def _share(share: Share) -> dict[str, float | None]:
    return {"share": share.value, "low": share.low, "high": share.high}


def _print_csv(report: Report) -> None:
    """One line per template; shares are between 0 and 1, empty where there is nothing to take one of."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    bounds = [f"{name}{end}" for name in _SHARES for end in ("", "_low", "_high")]
    writer.writerow(["template", "mode", "sent", "eligible", *_COUNTED, *bounds])
    for name, mode, tally in report.templates:
        shares = [getattr(tally, kind) for kind in _SHARES]
        figures = [figure for share in shares for figure in (share.value, share.low, share.high)]
        rounded = ["" if figure is None else f"{figure:.4f}" for figure in figures]
        counts = [tally.of(outcome) for outcome in _COUNTED]
        writer.writerow([name, mode, tally.sent, tally.eligible, *counts, *rounded])
    click.echo(out.getvalue(), nl=False)
