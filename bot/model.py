"""The nouns every layer needs: frozen dataclasses, no I/O.

Times are `Millis`: whole milliseconds since 1970-01-01 UTC. Confidences are 0 to 1. Languages are BCP 47
primary tags in lower case (`en`, `sv`). Mappings from a language to something are never empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias, get_args

Millis: TypeAlias = int
Language: TypeAlias = str

ChannelName: TypeAlias = str
Author = Literal["customer", "bot", "operator", "system"]
Mode = Literal["draft", "suggest", "trial", "auto", "retired"]
MODES: tuple[Mode, ...] = get_args(Mode)
Status = Literal["with_bot", "waiting", "with_operator", "closed"]
Outcome = Literal[
    "pending",
    "confirmed",
    "assumed",
    "follow_up",
    "not_helped",
    "handed_off",
    "reopened",
    "abandoned",
    "excluded",
]
# Why a whole conversation does not count, and why a single answer does not; empty for what counts.
Excluded = Literal["", "spam", "test", "operator_test"]
Exclusion = Literal["", "small_talk", "ignored", "restart", "spam", "test", "operator_test", "by_hand"]
CloseCause = Literal["confirmed", "silence", "operator", "customer_left", "time_limit", "merged"]
IntentRole = Literal["human", "emergency", "yes", "no", "thanks", "greeting", "goodbye", "repeat"]
EntityKind = Literal["number", "amount", "date", "email", "phone"]

# A regular expression of the content may have this many characters and, compiled, this many bytes.
REGEX_CHARACTERS = 1_000
REGEX_MEMORY = 1 << 20
# The longest text in characters that each channel delivers whole, from the platforms' own documentation.
CHANNEL_TEXT_LIMITS: Mapping[ChannelName, int] = {
    "web": 10_000,
    "rest": 10_000,
    "telegram": 4_096,
    "whatsapp": 4_096,
    "messenger": 2_000,
    "line": 5_000,
    "slack": 4_000,
}
# How long nobody may write before a conversation closes, in milliseconds: people come back to a messenger
# days later, and to a page that they have closed never.
CHANNEL_SILENCE: Mapping[ChannelName, Millis] = {
    "web": 24 * 3_600_000,
    "rest": 24 * 3_600_000,
    "telegram": 72 * 3_600_000,
    "whatsapp": 72 * 3_600_000,
    "messenger": 72 * 3_600_000,
    "line": 72 * 3_600_000,
    "slack": 72 * 3_600_000,
}


@dataclass(frozen=True, slots=True)
class KeywordRule:
    """Keywords of one intent: every `all` group, one of `any` (if given), and no group of `none`.

    A group is a tuple of alternatives; an alternative with spaces is a phrase whose words stand in order.
    """

    all: tuple[tuple[str, ...], ...] = ()
    any: tuple[tuple[str, ...], ...] = ()
    none: tuple[tuple[str, ...], ...] = ()
    strength: float = 0.9


@dataclass(frozen=True, slots=True)
class RegexRule:
    """An RE2 regular expression searched in the customer's own text, ignoring case."""

    pattern: str
    strength: float = 0.95


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A spaCy token pattern: what each token must be, with spaCy's own names (`LOWER`, `OP` ...)."""

    tokens: tuple[Mapping[str, Any], ...]
    strength: float = 0.9


@dataclass(frozen=True, slots=True)
class Entity:
    """Something a message can carry: of a built-in `kind`, or what an RE2 `pattern` or `values` say.

    `synonyms` are other words for single values.
    """

    name: str
    pattern: str | None = None
    values: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: EntityKind | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """What a customer can want. `title` is how a did-you-mean button names it."""

    name: str
    title: Mapping[Language, str] = field(default_factory=dict)
    role: IntentRole | None = None
    examples: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    keywords: Mapping[Language, tuple[KeywordRule, ...]] = field(default_factory=dict)
    regex: Mapping[Language, tuple[RegexRule, ...]] = field(default_factory=dict)
    entities: tuple[str, ...] = ()
    patterns: Mapping[Language, tuple[PatternRule, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `answer` on the bot answers; from `suggest` on it asks "did you mean"; below, nothing fits."""

    answer: float = 0.55
    suggest: float = 0.35


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the message that was read as another one."""

    original: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a candidate's score; the score is the sum of its reasons.

    `kind` is `start` (what an intent has before any word), `words`, `nearest` (the closest example),
    `meaning` (the same by a sentence model), `rival` (the lead over the next intent), `unknown` (words that
    no example has) or `rule` (a keyword or a pattern).
    """

    kind: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that a message may mean; `rule` is `keywords`, `pattern`, `regex` or `examples`.

    `why` finds the reasons: few messages are ever explained, so it is asked only when someone wants them.
    """

    intent: str
    confidence: float
    rule: str
    why: Callable[[], tuple[Reason, ...]] = field(default=tuple, compare=False, repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it has its score: parts that add up to the log odds of `confidence`."""
        return self.why()


@dataclass(frozen=True, slots=True)
class Match:
    """Ranked candidates for one message, best first. `read_as` is the text after corrections."""

    text: str
    language: Language
    read_as: str
    candidates: tuple[Candidate, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The first candidate, if there is any."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True)
class Taught:
    """What matching learns from the content; the first of `languages` is the default.

    `synonyms` are groups of words and phrases of a language that mean the same.
    """

    intents: Mapping[str, Intent]
    out_of_scope: Mapping[Language, tuple[str, ...]]
    languages: Sequence[Language]
    synonyms: Mapping[Language, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


class Matcher(Protocol):
    """What the conversation engine asks of matching. Pure: the same text gives the same match."""

    def match(self, text: str, language: Language) -> Match:
        """Rank the intents for `text`. Takes any Unicode string and never raises."""

    def closest(self, text: str, options: Mapping[str, str], language: Language) -> str | None:
        """The key of the option (a button's title) that `text` means when typed or misspelt, or None."""


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply. `payload` is what comes back: `/intent NAME`, `/yes`, `/no`, `/value TEXT`."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said. `seq` counts from 1 in its conversation, over all authors."""

    conversation: str
    seq: int
    author: Author
    text: str
    at: Millis
    name: str = ""
    buttons: tuple[Button, ...] = ()
    kind: str = "text"
    external_id: str | None = None
