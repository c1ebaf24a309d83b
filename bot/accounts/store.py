"""Operators, sessions and the audit trail as rows. Every function runs inside a given transaction."""

from __future__ import annotations

import json

from bot.accounts.operators import Operator, check_roles
from bot.accounts.sessions import IDLE, LONGEST, SEEN_EVERY, Session
from bot.model import Millis
from bot.storage.database import Row, Transaction
from bot.storage.ids import fresh


def count(tx: Transaction) -> int:
    """How many operators there are, disabled ones among them."""
    row = tx.one("operators.count")
    return int(row["n"]) if row else 0


def add(tx: Transaction, operator: Operator, password_hash: str, now: Millis) -> None:
    """Insert a new operator, who must change the password at first."""
    tx.run(
        "operators.add",
        id=operator.id,
        login=operator.login,
        name=operator.name,
        password_hash=password_hash,
        roles_json=json.dumps(operator.roles),
        teams_json=json.dumps(operator.teams),
        at=now,
    )


def everyone(tx: Transaction) -> tuple[Operator, ...]:
    """All operators by login."""
    return tuple(_operator(row) for row in tx.all("operators.all"))


def by_login(tx: Transaction, login: str) -> tuple[Operator, str] | None:
    """The operator with this login and the password's hash."""
    row = tx.one("operators.by_login", login=login)
    return (_operator(row), str(row["password_hash"])) if row else None


def set_password(tx: Transaction, operator_id: str, password_hash: str, *, one_time: bool) -> None:
    """Replace the password and end every session that was opened with the old one."""
    tx.run(
        "operators.set_password",
        id=operator_id,
        password_hash=password_hash,
        must_change_password=int(one_time),
    )
    tx.run("operators.end_sessions_of", operator_id=operator_id)


def disable(tx: Transaction, operator_id: str, *, disabled: bool = True) -> None:
    """Shut an operator out at once, or let one in again."""
    tx.run("operators.set_disabled", id=operator_id, disabled=int(disabled))
    tx.run("operators.end_sessions_of", operator_id=operator_id)


def add_session(tx: Transaction, operator_id: str, token_hash: str, csrf: str, now: Millis) -> None:
    """Insert a session, and drop those that are over."""
    tx.run("operators.end_old_sessions", at=now, unseen_since=now - IDLE)
    tx.run(
        "operators.add_session",
        token_hash=token_hash,
        operator_id=operator_id,
        csrf=csrf,
        at=now,
        expires_at=now + LONGEST,
    )


def session(tx: Transaction, token_hash: str, now: Millis) -> Session | None:
    """The session of this token, unless it is over or its operator was disabled."""
    row = tx.one("operators.session", token_hash=token_hash)
    if row is None or row["disabled"]:
        return None
    found = Session(_operator(row), row["csrf"], row["created_at"], row["seen_at"], row["expires_at"])
    return None if found.over(now) else found


def session_seen(tx: Transaction, token_hash: str, now: Millis) -> None:
    """Remember that the session was used."""
    tx.run("operators.session_seen", token_hash=token_hash, at=now)


def worth_noting(found: Session, now: Millis) -> bool:
    """Whether the last use that is written down is old enough to write again."""
    return now - found.seen_at >= SEEN_EVERY


def end_session(tx: Transaction, token_hash: str) -> None:
    """Forget a session."""
    tx.run("operators.end_session", token_hash=token_hash)


def audit(tx: Transaction, now: Millis, actor: str, act: str, subject: str, *, detail: str = "") -> None:
    """Write down who did what to what. `actor` is an operator's id, or `system`."""
    entry = f"{now:013d}-{fresh(6)}"
    tx.run("operators.audit", id=entry, at=now, actor=actor, act=act, subject=subject, detail=detail)


def _operator(row: Row) -> Operator:
    return Operator(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        roles=check_roles(json.loads(row["roles_json"])),
        teams=tuple(json.loads(row["teams_json"])),
        must_change_password=bool(row["must_change_password"]),
        disabled=bool(row["disabled"]),
    )
