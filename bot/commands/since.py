"""The option `--since`: how far back a command looks."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import Any

import click

from bot.model import Millis

_UNITS = {"h": 3_600_000, "d": 86_400_000, "w": 7 * 86_400_000}


class Since(click.ParamType[Millis]):
    """`30d`, `12h`, `4w`, a date such as `2027-03-01` (UTC), or `all`; becomes milliseconds since 1970."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Millis:
        """Read the option."""
        if isinstance(value, int) or value == "all":
            return 0 if value == "all" else int(value)
        span = re.fullmatch(r"(\d{1,5})([hdw])", value)
        if span:
            return max(0, now() - int(span[1]) * _UNITS[span[2]])
        try:
            return int(datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp() * 1000)
        except ValueError:
            self.fail(
                f"{value!r} is no time; write 30d, 12h, 4w, a date such as 2027-03-01, or all", param, ctx
            )


def now() -> Millis:
    """The time by this machine's clock."""
    return time.time_ns() // 1_000_000
