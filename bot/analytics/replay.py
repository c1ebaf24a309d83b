"""Recorded messages under an edited content: which answers change, and what the ledger says of both. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.analytics.differences import Comparing, Found, Group, Kept, Pair
from bot.analytics.reactions import Kind, Reaction
from bot.analytics.recorded import RecordedConversation
from bot.bars import Bars
from bot.conversations.knowledge import Knowledge
from bot.model import Language, Millis, Outcome
from bot.templates.evidence import Share, Tally
from bot.text.masking import masked

# A record of fewer answers of which is known whether they helped says too little.
LEAST_KNOWN = 20
# Of each text of an example, at most so many characters.
SHOWN = 300

_BARS = Bars()

Sort = Literal["unanswered", "moved", "answered", "reworded", "other"]
_ORDER: tuple[Sort, ...] = ("unanswered", "moved", "answered", "reworded", "other")


@dataclass(frozen=True, slots=True)
class Rate:
    """`share` is `hits` of `of`, None of nothing; the truth is between `low` and `high` with 95 %."""

    hits: int
    of: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger says of a template's answers by the bot alone, sent in the time of the replay.

    `helped` of `known`: what is known for sure. `good`: that is enough, and above the bar of the lifecycle.
    """

    template: str
    sent: int
    floor: Rate
    ceiling: Rate
    response: Rate
    helped: int
    known: int
    good: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What becomes of the messages of a change under one of the contents."""

    kind: Kind
    templates: tuple[str, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A recorded message, and the first that the bot says to it under each content; personal data masked."""

    conversation: str
    at: Millis
    language: Language
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """All messages with which the edit does the same.

    `sort`: they become `unanswered` or `answered`, are `moved` to another answer, get the same template
    `reworded`, or something `other`. To `lost` of them the edit does harm, as docs/replay.md defines it.
    `outcomes` counts what became of the answers that these very messages got at the time.
    """

    sort: Sort
    before: Side
    after: Side
    messages: int
    conversations: int
    lost: int
    outcomes: Mapping[Outcome, int]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What an edit would have done to what customers wrote from `since` up to before `until`.

    Of `messages`, `with_people` and `moot` were not judged. `served_…` got what they were written for,
    `unserved_…` had to be asked back or left to people; small talk is neither. `lost` is part of
    `served_before`. In `otherwise_recorded` conversations the content in force does not send what was sent at
    the time. At `failed` steps the engine broke.
    """

    since: Millis
    until: Millis
    before_hash: str
    after_hash: str
    conversations: int
    messages: int
    with_people: int
    moot: int
    served_before: int
    served_after: int
    unserved_before: int
    unserved_after: int
    changed: int
    lost: int
    lost_share: float
    otherwise_recorded: int
    failed: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to before `until`."""

    since: Millis
    until: Millis


def replay(
    recorded: Iterable[RecordedConversation],
    before: Knowledge,
    after: Knowledge,
    span: Span,
    tallies: Mapping[str, Tally],
    bars: Bars = _BARS,
) -> Replayed:
    """Run recorded conversations through both. `tallies` is what the ledger counts for each template."""
    found = Comparing(before, after).find(recorded, span.since)
    return summed_up(found, (before.content.hash, after.content.hash), span, tallies, bars)


def summed_up(
    found: Found, hashes: tuple[str, str], span: Span, tallies: Mapping[str, Tally], bars: Bars = _BARS
) -> Replayed:
    """What was found in all portions, judged by the ledger."""
    changes = [_change(pair, group, tallies, bars) for pair, group in found.groups.items()]
    changes.sort(
        key=lambda one: (_ORDER.index(one.sort), -one.conversations, -one.messages, repr(one.before))
    )
    lost = sum(one.lost for one in changes)
    served = found.served[0]
    return Replayed(
        since=span.since,
        until=span.until,
        before_hash=hashes[0],
        after_hash=hashes[1],
        conversations=found.conversations,
        messages=found.messages,
        with_people=found.with_people,
        moot=found.moot,
        served_before=served,
        served_after=found.served[1],
        unserved_before=found.unserved[0],
        unserved_after=found.unserved[1],
        changed=sum(one.messages for one in changes),
        lost=lost,
        lost_share=lost / served if served else 0.0,
        otherwise_recorded=found.otherwise_recorded,
        failed=found.failed,
        changes=tuple(changes),
    )


def _change(pair: Pair, group: Group, tallies: Mapping[str, Tally], bars: Bars) -> Change:
    before, after = _side(pair.before, tallies, bars), _side(pair.after, tallies, bars)
    return Change(
        sort=_sort(pair.before, pair.after),
        before=before,
        after=after,
        messages=group.messages,
        conversations=group.conversations,
        lost=_lost(before, pair, group),
        outcomes=dict(sorted(group.outcomes.items())),
        examples=tuple(map(_example, group.kept)),
    )


def _sort(before: Reaction, after: Reaction) -> Sort:
    if before == after:
        return "reworded"
    if before.served:
        return "moved" if after.served and not _talked_away(before, after) else "unanswered"
    return "answered" if before.unserved and after.served else "other"


def _lost(before: Side, pair: Pair, group: Group) -> int:
    """To how many of the messages the edit does harm: docs/replay.md, "What counts as lost"."""
    if not pair.before.served or pair.before == pair.after:
        return 0
    if not pair.after.served or pair.before.kind == "wished" or _talked_away(pair.before, pair.after):
        return group.messages
    left = [one for one in before.records if one.template not in pair.after.templates]
    if any(one.good for one in left):
        return group.messages
    return group.confirmed if left else 0


def _talked_away(before: Reaction, after: Reaction) -> bool:
    """Whether a question that was answered gets small talk."""
    return before.kind == "answer" and after.kind == "talk"


def _side(reaction: Reaction, tallies: Mapping[str, Tally], bars: Bars) -> Side:
    records = tuple(record(name, tallies.get(name, Tally({})), bars) for name in reaction.templates)
    return Side(reaction.kind, reaction.templates, records)


def record(template: str, tally: Tally, bars: Bars) -> Record:
    """The ledger's figures of a template, as plain values."""
    helped, known = tally.helped, tally.helped + tally.failed
    return Record(
        template=template,
        sent=tally.sent - tally.of("excluded"),
        floor=_rate(tally.floor),
        ceiling=_rate(tally.ceiling),
        response=_rate(tally.response),
        helped=helped,
        known=known,
        good=known >= LEAST_KNOWN and helped / known >= bars.bar,
    )


def _rate(share: Share) -> Rate:
    return Rate(share.hits, share.of, share.value, share.low, share.high)


def _example(kept: Kept) -> Example:
    text, before, after = (masked(said, kept.names)[:SHOWN] for said in (kept.text, kept.before, kept.after))
    return Example(kept.conversation, kept.at, kept.language, text, before, after)
