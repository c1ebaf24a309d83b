"""Sessions of signed-in people. The token is known to the browser alone; the database keeps its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from bot.accounts.operators import Operator
from bot.model import Millis

_HOUR: Millis = 3_600_000

IDLE: Millis = 12 * _HOUR
LONGEST: Millis = 7 * 24 * _HOUR
SEEN_EVERY: Millis = 60_000  # how exactly the last use is remembered; a write per request would be too many


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session: whose it is, and the token that its unsafe requests must carry."""

    operator: Operator
    csrf: str
    created_at: Millis
    seen_at: Millis
    expires_at: Millis

    def over(self, now: Millis) -> bool:
        """Whether it ended: a week after signing in, or 12 hours after its last use."""
        return now >= self.expires_at or now - self.seen_at >= IDLE


def new_token() -> str:
    """256 random bits for a cookie or a header."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
