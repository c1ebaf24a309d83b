"""An edited shop, recorded conversations replayed under it, and what was found in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.analytics.replay import Change, Replayed, Span, replay
from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge
from bot.templates.evidence import Tally
from tests.analytics.recorder import Recorder
from tests.conversations.talk import (
    INTENTS,
    MEANINGS,
    SHOP,
    START,
    TEMPLATES,
    TableMatcher,
    shop,
)

NOW = Knowledge(SHOP, TableMatcher())
EVER = Span(0, START * 2)
GOOD = Tally({"confirmed": 18, "not_helped": 2, "assumed": 20})


def edited(
    templates: Mapping[str, str] | None = None, meanings: Mapping[str, str | None] | None = None
) -> Knowledge:
    """The shop after an edit: other words in the templates, other meanings of messages (None: unknown)."""
    text = TEMPLATES
    for old, new in (templates or {}).items():
        assert old in text
        text = text.replace(old, new)
    table = dict(MEANINGS)
    for message, intent in (meanings or {}).items():
        table[message] = ((intent, 0.9),) if intent else ()
    content: Content = shop(INTENTS, text)
    return Knowledge(content, TableMatcher(table))


def replayed(
    talks: Sequence[Recorder], after: Knowledge, tallies: Mapping[str, Tally] | None = None
) -> Replayed:
    recorded = [talk.called(f"c{number}") for number, talk in enumerate(talks)]
    return replay(recorded, NOW, unlike(after), EVER, tallies or {})


def unlike(after: Knowledge) -> Knowledge:
    """The same with an example more: contents that understand alike share the matcher of what is in force."""
    if after is NOW:
        return after
    intents = dict(after.content.intents)
    intents["returns"] = replace(intents["returns"], examples={"en": ("can I return it", "returns")})
    return replace(after, content=replace(after.content, intents=intents))


def brief(replayed: Replayed) -> list[tuple[str, str, str, int, int]]:
    return [
        (one.sort, shown(one.before), shown(one.after), one.messages, one.lost) for one in replayed.changes
    ]


def shown(side: object) -> str:
    templates = " ".join(getattr(side, "templates", ()))
    return f"{getattr(side, 'kind', '')} {templates}".strip()


def only(replayed: Replayed) -> Change:
    (change,) = replayed.changes
    return change
