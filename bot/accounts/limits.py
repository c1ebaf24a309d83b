"""How often somebody may try to sign in. Kept in memory: a restart forgives."""

from __future__ import annotations

from collections import OrderedDict, deque

from bot.errors import TooMany
from bot.model import Millis

WINDOW: Millis = 15 * 60_000
PER_LOGIN = 8  # failures of one login from one address
PER_ADDRESS = 40  # failures of any login from one address: an office shares one
_REMEMBERED = 10_000  # keys; the oldest is forgotten first


class LoginLimit:
    """Counts failed sign-ins by login and address over a quarter of an hour."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str], deque[Millis]] = OrderedDict()

    def check(self, login: str, address: str, now: Millis) -> None:
        """Raise `TooMany` if this login from this address, or this address, failed too often."""
        for key, most in (((login, address), PER_LOGIN), (("", address), PER_ADDRESS)):
            failures = self._recent(key, now)
            if len(failures) >= most:
                minutes = max(1, round((failures[0] + WINDOW - now) / 60_000))
                raise TooMany(f"Too many failed attempts; try again in {minutes} min.")

    def failed(self, login: str, address: str, now: Millis) -> None:
        """Remember a failure."""
        for key in ((login, address), ("", address)):
            self._recent(key, now).append(now)

    def succeeded(self, login: str, address: str) -> None:
        """Forget this login's failures from this address, and that the attempt was counted as one."""
        self._failures.pop((login, address), None)
        of_address = self._failures.get(("", address))
        if of_address:
            of_address.pop()

    def _recent(self, key: tuple[str, str], now: Millis) -> deque[Millis]:
        failures = self._failures.setdefault(key, deque(maxlen=PER_ADDRESS))
        self._failures.move_to_end(key)
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)
        return failures
