"""What a template is once it has been read and checked.

Mappings by language always hold the default language; other languages may be missing and fall back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model import ChannelName, Entity, EntityKind, Language, Mode
from bot.yamltree import Place


@dataclass(frozen=True, slots=True)
class Question:
    """One slot that is asked for before the answer: any text, or what fits `pattern`, `values` or `kind`.

    These say what they say of an `Entity`.

    `reask` is said when the reply does not fit; it may be empty (then the phrase `slot_reask` is said).
    `buttons` shows the values as quick replies.
    """

    slot: str
    question: Mapping[Language, str]
    reask: Mapping[Language, str]
    pattern: str | None
    values: tuple[str, ...]
    buttons: bool
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: EntityKind | None = None

    @property
    def entity(self) -> Entity | None:
        """What a reply must carry; None when any text will do."""
        if self.pattern is None and not self.values and self.kind is None:
            return None
        return Entity(self.slot, self.pattern, self.values, self.synonyms, self.kind)


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A quick reply: leads to an intent, opens a page, or sends a value; exactly one of them."""

    title: str
    intent: str | None
    url: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of an answer; the plain one has the name "". `channels` override `text`."""

    name: str
    text: Mapping[Language, str]
    channels: Mapping[ChannelName, Mapping[Language, str]]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of one message: that it surely gets the template, or that it does not.

    `reads` is how the message must be read, `text` what the answer must say; both may be empty. `slots` are
    known before the message or filled by the action.
    """

    message: str
    wanted: bool
    language: Language
    reads: str
    slots: Mapping[str, str]
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Template:
    """What we answer to an intent. The first of `variants` is the plain text; there is always one.

    `mode` is only where the template starts; the mode in force is kept in the database. `review_by` is an
    ISO date or empty. `tests` change nothing that is said or understood. Texts use `{slot}` and
    `{slot|fallback}`; `{{` and `}}` are plain braces.
    """

    name: str
    answers: str
    mode: Mode
    ask: tuple[Question, ...]
    action: str | None
    fills: tuple[str, ...]
    variants: tuple[Variant, ...]
    buttons: Mapping[Language, tuple[TemplateButton, ...]]
    tip: Mapping[Language, str]
    substantive: bool
    survey: bool
    handoff: str | None
    risk: str | None
    owner: str
    review_by: str
    place: Place
    tests: tuple[Expectation, ...] = ()
