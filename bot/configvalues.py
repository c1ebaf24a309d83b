"""The kinds of values in config.yml and how they are written: durations, hours, dates, addresses, secrets."""

from __future__ import annotations

import datetime
import ipaddress
import itertools
import re
import zoneinfo
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from bot.model import CHANNEL_SILENCE
from bot.yamlform import NULL, Flag, Lang, Wrong, did_you_mean

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_LONGEST = 3_650 * UNITS["d"]
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h|d)", value.strip())
    hint = "write a number with a unit: 5s, 30m, 24h or 7d"
    if not found:
        raise Wrong("duration", f"`{value}` is not a duration", hint)
    millis = round(float(found[1]) * UNITS[found[2]])
    if not 0 < millis <= _LONGEST:
        raise Wrong("duration", f"`{value}` is too {'long' if millis else 'short'}", hint)
    return millis


def _channel(value: str) -> str:
    if value not in CHANNEL_SILENCE:
        hint = did_you_mean(value, CHANNEL_SILENCE) or f"channels: {', '.join(CHANNEL_SILENCE)}"
        raise Wrong("channel", f"`{value}` is not a channel", hint)
    return value


def _silence_kind(value: object) -> str:
    return "(map)" if isinstance(value, dict) else "(one)"


def _date(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise Wrong("date", f"`{value}` is not a date", "write year-month-day, like 2027-03-01") from None


def _timezone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        known = zoneinfo.available_timezones()
        hint = did_you_mean(value, known) or "write one like Europe/Stockholm"
        raise Wrong("timezone", f"`{value}` is not a time zone", hint) from None
    return value


def _spans(value: object) -> object:
    """`09:00-17:00`, a list of such, or `closed`, as pairs of minutes of the day."""
    if value == "closed":
        return ()
    given = value if isinstance(value, list) else [value]
    spans = sorted(_span(item) for item in given)
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            raise Wrong("hours", "these hours overlap", "join them, or end one before the next starts")
    return spans


def _span(value: object) -> tuple[int, int]:
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        shown = f"`{value}`" if isinstance(value, str) else "this"
        raise Wrong(
            "hours", f"{shown} is not a time of the day", 'write "09:00-17:00", a list of such, or closed'
        )
    hour, minute, to_hour, to_minute = (int(part) for part in found.groups())
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    if minute > 59 or to_minute > 59 or end > 24 * 60:
        raise Wrong("hours", f"`{value}` is not a time of the day", "hours go from 00:00 to 24:00")
    if end <= start:
        hint = "for a night, write 22:00-24:00 on this day and 00:00-06:00 on the next"
        raise Wrong("hours", f"`{value}` ends before it starts", hint)
    return start, end


def _day(value: str) -> str:
    if value not in DAYS:
        hint = (
            f"did you mean `{value[:3].lower()}`?"
            if value[:3].lower() in DAYS
            else f"days: {', '.join(DAYS)}"
        )
        raise Wrong("day", f"`{value}` is not a day of the week", hint)
    return value


def _origin(value: str) -> str:
    if value == "*":
        return value
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
        hint = "write only scheme and host, like https://www.example.com; `*` means any"
        raise Wrong("origin", f"`{value}` is not an origin", hint)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Wrong(
            "url", f"`{value}` is not a web address", "write it in full, like https://chat.example.com"
        )
    return value.rstrip("/")


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value, strict=False))
    except ValueError:
        hint = "write an address like 10.0.0.5, or a network like 10.0.0.0/8"
        raise Wrong("address", f"`{value}` is not an IP address", hint) from None


def _secret(value: str) -> str:
    if len(value) < 16:
        hint = "use at least 16 characters, from the environment: ${NAME}"
        raise Wrong("secret", "this secret is too short to be one", hint)
    return value


def _team_name(value: str) -> str:
    if not re.fullmatch(r"[\w-]{1,60}", value):
        raise Wrong("name", f"`{value}` is not possible as a team", "use letters, digits, - and _")
    return value


def _module(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", value):
        raise Wrong("module", f"`{value}` is not a Python module", "write it like shop.actions")
    return value


def _languages_kind(value: object) -> str:
    return "(some)" if isinstance(value, list | tuple) else "(all)"


def _all(value: object, as_flag: ValidatorFunctionWrapHandler) -> object:
    try:
        return as_flag(value)
    except ValidationError:
        shown = f"`{value}`" if isinstance(value, str) else "this"
        hint = "write yes for all languages of the bot, no, or a list of some, like [en, sv]"
        raise Wrong("wrong_value", f"{shown} is neither yes nor no", hint) from None


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise Wrong("twice", f"`{twice}` is here twice", "keep one of them")
    return values


UNIQUE = AfterValidator(_unique)
Duration: TypeAlias = Annotated[
    int,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*(ms|s|m|h|d)$|\$\{"}),
]
Channel: TypeAlias = Annotated[
    str,
    AfterValidator(_channel),
    WithJsonSchema({"type": "string", "enum": list(CHANNEL_SILENCE)}),
]
Silence: TypeAlias = Annotated[
    Annotated[Duration, Tag("(one)")] | Annotated[dict[Channel, Duration], Tag("(map)")],
    Discriminator(_silence_kind),
]
Languages: TypeAlias = Annotated[
    Annotated[Flag, WrapValidator(_all), Tag("(all)")] | Annotated[tuple[Lang, ...], UNIQUE, Tag("(some)")],
    Discriminator(_languages_kind),
]
Date: TypeAlias = Annotated[
    str, AfterValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Spans: TypeAlias = Annotated[
    tuple[tuple[int, int], ...],
    BeforeValidator(_spans),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["09:00-17:00", "closed"]},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]
Day: TypeAlias = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "enum": list(DAYS)})]
TeamName: TypeAlias = Annotated[str, AfterValidator(_team_name)]
Origin: TypeAlias = Annotated[str, AfterValidator(_origin)]
Network: TypeAlias = Annotated[str, AfterValidator(_network)]
TimeZone: TypeAlias = Annotated[str, AfterValidator(_timezone)]
WebAddress: TypeAlias = Annotated[Annotated[str, AfterValidator(_url)] | None, NULL]
Secret: TypeAlias = Annotated[Annotated[str, AfterValidator(_secret)] | None, NULL]
Module: TypeAlias = Annotated[str, AfterValidator(_module)]
