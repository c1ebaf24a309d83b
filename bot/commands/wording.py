"""How commands write numbers, shares and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.model import Millis
from bot.templates.evidence import Share

_BARS = "▁▂▃▄▅▆▇█"


def share(one: Share, interval: bool = True) -> str:
    """A share in per cent with its interval, or a dash when there is nothing to take a share of."""
    if one.value is None:
        return "–"
    text = f"{one.value:.0%}".replace("%", " %")
    return f"{text} ({one.low * 100:.0f}–{one.high * 100:.0f})" if interval else text


def course(shares: Sequence[Share]) -> str:
    """The last eight shares as a row of bars, oldest first: ▁ is none, █ is all, · nothing to share."""
    return "".join("·" if one.value is None else _BARS[round(one.value * 7)] for one in shares[-8:])


def number(count: int, noun: str, plural: str = "") -> str:
    """A number of things: `1 answer`, `1,200 answers`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def times(count: int) -> str:
    """How often: `never`, `once`, `twice`, `3 times`."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def day(at: Millis) -> str:
    """The day of a time, in UTC."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}"


def shortened(text: str, most: int) -> str:
    """A text on one line, cut short after so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def quoted(text: str, most: int) -> str:
    """The same in quotation marks."""
    return f"“{shortened(text, most)}”"
