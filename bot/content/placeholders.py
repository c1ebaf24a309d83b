"""Texts with `{slot}` and `{slot|fallback}`; `{{` and `}}` are plain braces. Nothing else is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(
    r"(?P<double>\{\{|\}\})"
    r"|\{(?P<name>[^\W\d]\w*)(?:\|(?P<fallback>[^{}]*))?\}"
    r"|\{(?P<inside>[^{}]*)\}"
    r"|(?P<single>[{}])"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text for the value of a slot. No `fallback` means there must be a value."""

    name: str
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A brace that is no placeholder: what is wrong and what to do."""

    message: str
    hint: str


@lru_cache(maxsize=20_000)
def parse(text: str) -> tuple[str | Slot | Fault, ...]:
    """The parts of a text in order: plain text (braces undoubled), slots, and what is wrong with it."""
    return tuple(_parts(text))


def slots(text: str) -> tuple[Slot, ...]:
    """The slots that a text uses, in order."""
    return tuple(part for part in parse(text) if isinstance(part, Slot)) if "{" in text else ()


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every slot replaced by its value, or its fallback, or nothing. Never raises."""
    if "{" not in text and "}" not in text:
        return text
    return "".join(_shown(part, values) for part in parse(text))


def escape(text: str) -> str:
    """The text as it must be written so that its braces are only braces."""
    return text.replace("{", "{{").replace("}", "}}")


def _shown(part: str | Slot | Fault, values: Mapping[str, str]) -> str:
    if isinstance(part, Slot):
        return values.get(part.name) or part.fallback or ""
    return part if isinstance(part, str) else ""


def _parts(text: str) -> Iterator[str | Slot | Fault]:
    at = 0
    for found in _PIECE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        at = found.end()
        if found["double"]:
            yield found["double"][0]
        elif found["name"]:
            yield Slot(found["name"], found["fallback"])
        elif found["inside"] is not None:
            yield _fault(found["inside"])
        else:
            hint = f"a placeholder is written {{slot}}; a plain brace is written {found['single'] * 2}"
            yield Fault(f"a `{found['single']}` has no partner", hint)
    if at < len(text):
        yield text[at:]


def _fault(inside: str) -> Fault:
    shown = f"`{{{inside}}}` is not a placeholder"
    name, bar, fallback = inside.partition("|")
    tidy = re.sub(r"\W+", "_", name.strip()).strip("_")
    if not name.strip():
        return Fault(shown, "name a slot between the braces; plain braces are written {{ and }}")
    if name.strip() != name and re.fullmatch(r"[^\W\d]\w*", name.strip()):
        return Fault(shown, f"write it without spaces: {{{name.strip()}{bar}{fallback}}}")
    hint = "only {slot} and {slot|fallback} are possible; plain braces are written {{ and }}"
    return Fault(shown, f"did you mean {{{tidy}}}? {hint}" if tidy and not tidy[0].isdigit() else hint)
