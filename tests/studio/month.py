"""A simulated month, and what else happens in the studio's tests."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.app import App, system_clock
from bot.config import Config, StorageSettings, load
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate

ROOT = Path(__file__).parents[2]
# New when the month begins; a lead puts it on trial, and it does well.
ON_TRIAL = "missing_item"
# Answers alone for most of the month, until a lead puts it back.
UNPROVEN = "gift_card_balance"


def write(folder: Path) -> None:
    """What `frontdesk simulate --days 30 --seed 7` writes."""
    until = system_clock() // DAY * DAY
    asyncio.run(simulate(settings(ROOT / "data", folder), Plan(30, 40, 7, until)))


def settings(content: Path, folder: Path) -> Config:
    """The bundled config with this content and its database in `folder`."""
    config = load(ROOT / "config.yml")
    server = replace(config.server, port=0)
    return replace(
        config, content=content, server=server, storage=StorageSettings(folder / "frontdesk.sqlite3")
    )


def bot_after(month: Path, folder: Path) -> App:
    """The bot on the day after a copy of the month, with content of its own to edit."""
    shutil.copytree(month, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("var"))
    return App(settings(folder / "data", folder))


def put_back(folder: Path, template: str) -> None:
    """A lead has just put `template` back to being suggested; nothing has shown since that it may do more."""
    with closing(sqlite3.connect(folder / "frontdesk.sqlite3")) as database, database:
        newest = "SELECT max(number), mode FROM mode_changes WHERE template = ?"
        number, mode = database.execute(newest, [template]).fetchone()
        row = {"template": template, "number": (number or 0) + 1, "before_mode": mode or "auto"}
        told = {"mode": "suggest", "rule": 0, "sentence": "It is out of date.", "actor": "person:Lena"}
        _insert(database, "mode_changes", row | told | {"at": system_clock()})


def do_well_on_trial(folder: Path, template: str, customers: int = 40) -> None:
    """A lead puts `template` on trial; so many customers get it some days ago, and all of them are helped."""
    at = system_clock() - 5 * DAY
    with closing(sqlite3.connect(folder / "frontdesk.sqlite3")) as database, database:
        database.row_factory = sqlite3.Row
        newest = "SELECT * FROM mode_changes WHERE template = ? ORDER BY number DESC LIMIT 1"
        change = dict(database.execute(newest, [template]).fetchone())
        moved = {"number": change["number"] + 1, "before_mode": change["mode"], "mode": "trial", "rule": 3}
        _insert(database, "mode_changes", change | moved | {"sentence": "Fine so far.", "at": at - DAY})
        found = "SELECT * FROM answers WHERE template = ?"
        answer = dict(database.execute(found, [template]).fetchone())
        answer |= {"mode": "trial", "rule": "examples", "operator_id": None, "substantive": 1}
        outcome = dict(
            database.execute("SELECT * FROM outcomes WHERE answer_id = ?", [answer["id"]]).fetchone()
        )
        talk = dict(
            database.execute(
                "SELECT * FROM conversations WHERE id = ?", [answer["conversation_id"]]
            ).fetchone()
        )
        for number in range(customers):
            id, where = f"{answer['id']}.{number}", f"{talk['id']}.{number}"
            _insert(database, "conversations", talk | {"id": where})
            sent = {"id": id, "conversation_id": where, "sent_at": at + number}
            _insert(database, "answers", answer | sent)
            for step, what in enumerate(("pending", "confirmed"), 1):
                row = {"answer_id": id, "number": step, "outcome": what, "at": at + number + step}
                _insert(database, "outcomes", outcome | row)


def _insert(database: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})", row)
