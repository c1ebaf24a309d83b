"""What a replay found, as the studio shows it."""

from __future__ import annotations

from dataclasses import asdict, fields

from bot.analytics.replay import Change, Rate, Record, Replayed, Side
from bot.content.snapshot import Content
from bot.studio.figures import Json, outcomes
from bot.studio.templates import title

_PLAIN = tuple(one.name for one in fields(Replayed) if one.name != "changes")


def replayed_json(found: Replayed, content: Content) -> Json:
    """What a replay found, the changes that harm first, as they come."""
    judged = (found.served_before + found.unserved_before, found.served_after + found.unserved_after)
    plain = {name: getattr(found, name) for name in _PLAIN}
    named = {name for one in found.changes for name in (*one.before.templates, *one.after.templates)}
    return {
        **plain,
        "titles": {name: title(content, name) for name in named if name in content.templates},
        "served": {
            "before": found.served_before / judged[0] if judged[0] else None,
            "after": found.served_after / judged[1] if judged[1] else None,
        },
        "changes": [_change(one) for one in found.changes],
    }


def _change(change: Change) -> Json:
    return {
        "sort": change.sort,
        "before": _side(change.before),
        "after": _side(change.after),
        "messages": change.messages,
        "conversations": change.conversations,
        "lost": change.lost > 0,
        "outcomes": outcomes(change.outcomes),
        "examples": [asdict(example) for example in change.examples],
    }


def _side(side: Side) -> Json:
    return {"kind": side.kind, "templates": side.templates, "records": [_record(one) for one in side.records]}


def _record(record: Record) -> Json:
    rates = {name: _rate(getattr(record, name)) for name in ("floor", "ceiling", "response")}
    return {**asdict(record), **rates}


def _rate(rate: Rate) -> Json:
    return {"value": rate.share, "hits": rate.hits, "of": rate.of, "low": rate.low, "high": rate.high}
