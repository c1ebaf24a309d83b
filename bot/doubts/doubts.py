"""Doubts about content: what examples and rules that are right as YAML may do wrong.

Finding them is pure; where they stand in files is for whoever has the files to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model import Language

# No more messages than this are listed in one doubt.
SHOWN = 5
OUTSIDE = "out of scope"

Kind = Literal["intent", "example", "keywords", "regex", "patterns", "synonyms"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a doubt is about. `intent` is None for an out-of-scope example and for synonyms.

    Of a rule, `number` is its place in the intent's list for the language, from 0; of an example, `text` is
    the example, and of a group of synonyms all of them (`one_line`).
    """

    intent: str | None
    kind: Kind
    language: Language
    number: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at. `sure` when it does harm as it is; otherwise it is only worth a look."""

    subject: Subject
    code: str
    message: str
    hint: str
    sure: bool = True


def one_line(group: Sequence[str]) -> str:
    """A group of synonyms as files write it."""
    return " | ".join(group)


def quoted(texts: Sequence[str]) -> str:
    """The first few texts in quotation marks, and how many more there are."""
    said = ", ".join(f'"{text}"' for text in texts[:SHOWN])
    return said + (f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else "")
