"""What a replay found, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.analytics.replay import Change, Example, Rate, Record, Replayed, Side
from bot.commands.wording import day, number, shortened

# Of the changes of one sort, so many are shown; the others are in the JSON.
SHOWN = 20
# Of what is said, so many characters.
_LINE = 88

_TITLES = {
    "unanswered": "No longer answered",
    "moved": "Answered with another template",
    "answered": "Answered from now on",
    "reworded": "Same template, other words",
    "other": "Neither answered before nor now",
}
_KINDS = {
    "answer": "an answer",
    "reply": "taken as a reply",
    "wished": "a person, as wished",
    "talk": "small talk",
    "suggestion": "a person",
    "person": "a person",
    "options": '"did you mean"',
    "rephrase": "not understood",
    "again": "asked once more",
    "nothing": "nothing",
}


def told(replayed: Replayed, most_lost: float, seconds: float) -> Iterator[str]:
    """The lines to print."""
    yield from _summary(replayed, seconds)
    for sort, title in _TITLES.items():
        changes = [one for one in replayed.changes if one.sort == sort]
        if changes:
            yield ""
            yield f"{title}: {number(sum(one.messages for one in changes), 'message')}"
        for change in changes[:SHOWN]:
            yield from _change(change)
        if len(changes) > SHOWN:
            yield f"  … and {len(changes) - SHOWN} more such changes; --format json has all of them"
    yield ""
    yield _verdict(replayed, most_lost)


def _summary(replayed: Replayed, seconds: float) -> Iterator[str]:
    judged = replayed.messages - replayed.with_people - replayed.moot
    rate = replayed.messages / seconds if seconds else 0.0
    what = f"{number(replayed.messages, 'message')} in {number(replayed.conversations, 'conversation')}"
    yield f"{what} since {_since(replayed.since)}, replayed in {seconds:.1f} s ({rate:,.0f} a second)."
    moot = f", {replayed.moot:,} reply to what the edit never asks" if replayed.moot else ""
    yield f"{judged:,} were judged; {replayed.with_people:,} were written to people{moot}."
    yield ""
    yield f"{'':24}{'now':>9}{'edited':>9}"
    yield f"{'served':24}{replayed.served_before:9,}{replayed.served_after:9,}"
    yield f"{'asked back or to people':24}{replayed.unserved_before:9,}{replayed.unserved_after:9,}"
    if replayed.otherwise_recorded:
        share = _percent(replayed.otherwise_recorded / replayed.conversations)
        count = number(replayed.otherwise_recorded, "conversation")
        yield ""
        yield f"In {count} ({share}), today's content and modes send other templates than were sent then."
    if replayed.failed:
        yield f"The engine broke at {number(replayed.failed, 'step')}; please report this."


def _change(change: Change) -> Iterator[str]:
    yield ""
    where = f"{number(change.messages, 'message')} in {number(change.conversations, 'conversation')}"
    arrow = _side(change.before) if change.sort == "reworded" else _arrow(change)
    yield f"  {arrow}: {where}{f', {change.lost:,} lost' if change.lost else ''}"
    records = {one.template: one for side in (change.before, change.after) for one in side.records}
    yield from (f"      {_record(one)}" for one in records.values() if one.sent)
    if change.outcomes:
        became = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in _ranked(change))
        yield f"      the answers these messages got: {became}"
    for example in change.examples:
        yield from _example(example, reworded=change.sort == "reworded")


def _ranked(change: Change) -> Sequence[tuple[str, int]]:
    return sorted(change.outcomes.items(), key=lambda item: (-item[1], item[0]))


def _arrow(change: Change) -> str:
    return f"{_side(change.before)} → {_side(change.after)}"


def _side(side: Side) -> str:
    names = " and ".join(side.templates)
    if side.kind == "answer":
        return names
    if side.kind == "suggestion":
        return f"a person, with {names} suggested"
    return f"{_KINDS[side.kind]} ({names})" if names else _KINDS[side.kind]


def _record(record: Record) -> str:
    good = (
        f"; a good record: {record.helped:,} of {record.known:,} known to have helped" if record.good else ""
    )
    return (
        f"{record.template}: floor {_rate(record.floor)}, ceiling {_rate(record.ceiling)}, "
        f"survey answered by {_rate(record.response)}{good}"
    )


def _rate(rate: Rate) -> str:
    if rate.share is None:
        return "–"
    return f"{_percent(rate.share)} ({rate.hits:,} of {rate.of:,})"


def _example(example: Example, *, reworded: bool) -> Iterator[str]:
    yield f'      · "{shortened(example.text, _LINE)}"'
    if reworded:
        yield f"          now:      {shortened(example.before, _LINE) or '(nothing)'}"
        yield f"          edited:   {shortened(example.after, _LINE) or '(nothing)'}"


def _verdict(replayed: Replayed, most_lost: float) -> str:
    if not replayed.changes:
        return "The edit changes nothing for these messages."
    share = _percent(replayed.lost_share)
    lost = f"{number(replayed.lost, 'message')} of {replayed.served_before:,} served ({share})"
    if replayed.lost_share > most_lost:
        return f"Lost: {lost}, more than the {most_lost * 100:g} % that --most-lost allows."
    return f"Lost: {lost}; --most-lost allows {most_lost * 100:g} %."


def _percent(share: float) -> str:
    digits = 0 if share in (0.0, 1.0) or share >= 0.1 else 1 if share >= 0.001 else 2
    return f"{share * 100:.{digits}f} %"


def _since(at: int) -> str:
    return day(at) if at else "the beginning"
