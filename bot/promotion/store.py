"""Modes in force as rows: every change is appended, a template's last one counts. And what was sent, read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.errors import Conflict
from bot.model import Millis
from bot.promotion.records import Change, Loss, Recorded, Send, Shown
from bot.storage.database import Row, Transaction

# Of each template, as many of the bot's sends and as many of operators': a look must not grow with the years.
NEWEST = 2_000
# Of each revision, as many of its first ones: enough for 200 of which is known whether they helped.
FIRST = 1_000


def recorded(tx: Transaction, since: Millis) -> Recorded:
    """All that templates are judged by, sends from `since` on."""
    return Recorded(changes(tx), losses(tx), sends(tx, since), answered_alone(tx))


def changes(tx: Transaction) -> Mapping[str, Sequence[Change]]:
    """Every template's changes, oldest first."""
    rows = (
        Change(
            row["template"],
            row["number"],
            row["before_mode"],
            row["mode"],
            row["rule"],
            row["sentence"],
            row["actor"],
            row["at"],
        )
        for row in tx.all("promotion.changes")
    )
    return {name: tuple(group) for name, group in groupby(rows, lambda change: change.template)}


def change(tx: Transaction, new: Change) -> None:
    """Append a change. Raises `Conflict` when somebody else has changed the template's mode meanwhile."""
    if not tx.run(
        "promotion.change",
        template=new.template,
        number=new.number,
        before_mode=new.before,
        mode=new.mode,
        rule=new.rule,
        sentence=new.sentence,
        actor=new.actor,
        at=new.at,
    ):
        raise Conflict(f"The mode of {new.template} has just been changed by somebody else; look again.")


def losses(tx: Transaction) -> Sequence[Loss]:
    """Every variant that has lost, whatever texts it has now."""
    return tuple(
        Loss(row["template"], row["variant"], row["text_hash"], row["sentence"], row["at"])
        for row in tx.all("promotion.lost")
    )


def lose(tx: Transaction, loss: Loss) -> None:
    """Write down that a variant has lost; once is enough."""
    tx.run(
        "promotion.lose",
        template=loss.template,
        variant=loss.variant,
        text_hash=loss.text_hash,
        sentence=loss.sentence,
        at=loss.at,
    )


def sends(tx: Transaction, since: Millis, most: int = NEWEST, first: int = FIRST) -> tuple[Send, ...]:
    """Substantive sends, tests left out, in the order of sending.

    Of each template the `most` newest of the bot's and of operators' from `since` on, and the `first` ones of
    each revision. What the bot sends again in the same conversation is left out: one customer who asks twenty
    times is one.
    """
    return tuple(_send(row) for row in _first(tx.all("promotion.sends", since=since, most=most, first=first)))


def _first(rows: Iterable[Row]) -> Iterator[Row]:
    seen: set[int] = set()
    for row in rows:
        said = hash((row["conversation"], row["template"], row["revision"], row["mode"]))
        if row["operator_id"] is not None:
            yield row
        elif said not in seen:
            seen.add(said)
            yield row


def _send(row: Row) -> Send:
    return Send(
        row["template"],
        row["revision"],
        row["variant"],
        row["mode"],
        row["channel"],
        row["rule"],
        row["operator_id"] is not None,
        row["sent_at"],
        row["outcome"],
        row["actor"],
        row["at"],
    )


def answered_alone(tx: Transaction) -> tuple[Shown, ...]:
    """Every revision that the bot has ever sent in `trial` or `auto`, tests left out."""
    return tuple(
        Shown(row["template"], row["revision"], row["mode"], row["first_at"], row["last_at"])
        for row in tx.all("promotion.answered_alone")
    )
