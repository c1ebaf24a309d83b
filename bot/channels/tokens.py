"""Signed words about who somebody is: our own chat token, and the identity a host page vouches for.

Both are JSON Web Tokens signed with HS256. The algorithm is fixed here and never taken from the token, so a
token that names another one (`none`, `RS256`) is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from jwt.types import Options

from bot.channels.frames import clean
from bot.errors import Forbidden
from bot.model import Millis
from bot.storage.database import Database, Transaction

ALGORITHM = "HS256"
_DAY = 24 * 60 * 60 * 1000
TOKEN_LIFE = 180 * _DAY
TOKEN_RENEWED_AFTER = 7 * _DAY
LONGEST_IDENTITY = _DAY
CLOCK_SKEW = 60_000
MOST_ORDERS = 50
LONGEST_CLAIM = 200

_TIMES_UNJUDGED: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
}


class IdentityRefused(Forbidden):
    """The signed identity is not valid."""

    code = "identity_refused"


class IdentityExpired(IdentityRefused):
    """The signed identity has expired; the page has to make a new one."""

    code = "identity_expired"

    def __init__(self, subject: str = "") -> None:
        super().__init__()
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the host page says the customer is. `slots` holds those of name, email and orders that it gave."""

    subject: str
    slots: Mapping[str, str] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        """The customer's name on the web channel: the same on every device."""
        return f"sub:{self.subject}"


class Tokens:
    """Issues and reads chat tokens: which customer a browser is."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def issue(self, customer: str, now: Millis) -> str:
        """A token for the customer with this external id."""
        claims = {"sub": customer, "iat": now // 1000, "use": "chat"}
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str, now: Millis) -> str | None:
        """The customer's external id, or None for a token that is not ours or too old."""
        claims = _claims(token, self._secret)
        if claims is None or claims.get("use") != "chat":
            return None
        customer, issued = claims.get("sub"), claims.get("iat")
        if not isinstance(customer, str) or not isinstance(issued, int):
            return None
        return customer if -CLOCK_SKEW <= now - issued * 1000 <= TOKEN_LIFE else None

    def fresh(self, token: str | None, customer: str, now: Millis) -> str:
        """`token` itself while it is young and this customer's, else a new one."""
        claims = _claims(token, self._secret) if token else None
        if claims and claims.get("sub") == customer and claims.get("use") == "chat":
            issued = claims.get("iat")
            if token and isinstance(issued, int) and now - issued * 1000 < TOKEN_RENEWED_AFTER:
                return token
        return self.issue(customer, now)


def read_identity(token: str, secret: str, now: Millis) -> Identity:
    """Check a host page's identity token.

    It needs `sub` and `exp`, at most 24 hours ahead; `name`, `email` and `orders` (a list) are taken if
    given. Raises `IdentityExpired` when only its time is over, else `IdentityRefused`.
    """
    claims = _claims(token, secret)
    if claims is None:
        raise IdentityRefused("the signed identity is not signed with channels.web.identity_secret and HS256")
    subject, expires = claims.get("sub"), claims.get("exp")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_CLAIM:
        raise IdentityRefused("the signed identity needs `sub`, the customer's own id in the shop")
    if not isinstance(expires, int) or isinstance(expires, bool):
        raise IdentityRefused("the signed identity needs `exp`, in whole seconds, at most 24 hours ahead")
    if expires * 1000 > now + LONGEST_IDENTITY + CLOCK_SKEW:
        raise IdentityRefused("the signed identity is valid for longer than 24 hours; set a nearer `exp`")
    if expires * 1000 + CLOCK_SKEW < now:
        raise IdentityExpired(subject)
    return Identity(subject, _slots(claims))


def _slots(claims: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name in ("name", "email"):
        value = claims.get(name)
        if isinstance(value, str) and value.strip():
            found[name] = clean(value)[:LONGEST_CLAIM]
    orders = claims.get("orders")
    if isinstance(orders, list):
        given = (clean(str(order))[:LONGEST_CLAIM] for order in orders if isinstance(order, str | int))
        numbers = [number for number in given if number]
        if numbers:
            found["orders"] = ", ".join(numbers[:MOST_ORDERS])
    return found


def _claims(token: str, secret: str) -> dict[str, Any] | None:
    """The claims of a token with a right signature. Times are judged by the caller, who knows the time."""
    try:
        claims: dict[str, Any] = jwt.decode(token, secret, algorithms=[ALGORITHM], options=_TIMES_UNJUDGED)
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    return claims


async def kept_secret(database: Database, name: str, now: Millis) -> str:
    """The deployment's own secret of this name, made on first use and kept in the database."""

    def work(tx: Transaction) -> str:
        tx.run("secrets.add", name=name, value=secrets.token_urlsafe(48), created_at=now)
        row = tx.one("secrets.get", name=name)
        assert row is not None
        return str(row["value"])

    return await database.write(work)
