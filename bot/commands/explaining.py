"""An explanation for people, and the same as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.content.snapshot import Content
from bot.entities.entities import Found, find
from bot.matching.explanation import Explanation
from bot.model import Candidate, Match, Reason, Thresholds

SHOWN = 5
INDENT = 10
# Runners-up that are less likely than this are not shown to people.
LEAST = 0.01
_BY = {"keywords": "by its keywords", "regex": "by its regular expression", "pattern": "by its pattern"}
HELP = "What helps: add it to the examples of the intent it means; if it means none, to out_of_scope."
# Confidences are never shown as certain.
HIGHEST = 0.99


def show(console: Console, explained: Explanation, thresholds: Thresholds) -> None:
    """Print why a message is taken for what it is taken for."""
    best = explained.match.best
    console.print()
    if best is not None:
        console.print(line("Intent", _intent(best, explained, thresholds)))
    console.print(Text(explained.because))
    if explained.verdict != "answer":
        console.print(Text(HELP, style="dim"))
    for part in _parts(explained):
        console.print()
        console.print(part)


def line(label: str, said: str) -> Table:
    """A line of what was heard and said; what does not fit goes on under its beginning."""
    table = Table.grid()
    table.add_column(width=INDENT, no_wrap=True)
    table.add_column()
    table.add_row(Text(label, style="bold"), Text(said))
    return table


def _intent(best: Candidate, explained: Explanation, thresholds: Thresholds) -> str:
    means = {
        "answer": f"sure enough to answer (from {thresholds.answer:.0%})",
        "ask": f'asks "did you mean" (answers from {thresholds.answer:.0%})',
        "nothing": f"nothing fits (asks from {thresholds.suggest:.0%})",
    }[explained.verdict]
    return f"{best.intent}  {percent(best.confidence)}, {_BY.get(best.rule, 'by its examples')}; {means}"


def _parts(explained: Explanation) -> Iterator[RenderableType]:
    if explained.match.best:
        yield _sum(explained.match.best)
    if explained.fired:
        yield _rules(explained)
    if explained.nearest:
        yield _nearest(explained)
    others = [one for one in explained.match.candidates[1:SHOWN] if one.confidence >= LEAST]
    if others:
        yield _runners_up(others)


def carried(match: Match, content: Content) -> tuple[Found, ...]:
    """What a message carries of the content's entities; days are counted from today."""
    return find(match.text, content.entities.values(), match.language, date.today())


def matched(match: Match, thresholds: Thresholds) -> dict[str, Any]:
    """A match as plain values; the intent is None when even the best candidate is below `suggest`."""
    best = match.best
    return {
        "text": match.text,
        "intent": best.intent if best and best.confidence >= thresholds.suggest else None,
        "confidence": round(best.confidence, 4) if best else 0.0,
        "language": match.language,
        "corrections": [{"from": one.original, "to": one.corrected} for one in match.corrections],
        "candidates": [
            {"intent": one.intent, "confidence": round(one.confidence, 4)} for one in match.candidates
        ],
        "reasons": [_plain(reason) for reason in (best.reasons if best else ())],
    }


def as_json(explained: Explanation, content: Content, thresholds: Thresholds) -> dict[str, Any]:
    """The same and all that `--explain` shows people."""
    match = explained.match
    found = matched(match, thresholds)
    for correction, slip in zip(found["corrections"], explained.missteps, strict=True):
        correction["slip"] = slip
    for plain, one in zip(found["candidates"], match.candidates, strict=True):
        plain |= {"by": one.rule, "telling": [_plain(reason) for reason in telling(one)]}
    return found | {
        "read_as": match.read_as,
        "synonyms": [{"said": said, "others": list(others)} for said, others in explained.synonyms],
        "verdict": explained.verdict,
        "because": explained.because,
        "entities": [
            {"entity": one.name, "value": one.value, "text": one.text, "start": one.start, "end": one.end}
            for one in carried(match, content)
        ],
        "rules": [
            {"intent": one.intent, "kind": one.kind, "on": one.on, "strength": one.strength}
            for one in explained.fired
        ],
        "nearest": [
            {"intent": one.intent, "text": one.text, "alike": one.likeness} for one in explained.nearest
        ],
    }


def _plain(reason: Reason) -> dict[str, Any]:
    return {"kind": reason.kind, "text": reason.text, "score": round(reason.score, 4)}


def _sum(candidate: Candidate) -> Table:
    """The sum, line by line; its total is the score, in log odds."""
    table = _table(f"Why {candidate.intent}", "", "adds")
    total = sum(reason.score for reason in candidate.reasons)
    for reason in candidate.reasons:
        if round(reason.score, 2) == 0 and reason.kind == "words":
            continue
        table.add_row(reason.kind, Text(reason.text), _signed(reason.score))
    table.add_row("score", f"{percent(candidate.confidence)} sure", Text(f"{total:+.2f}"), style="bold")
    return table


def _rules(explained: Explanation) -> Table:
    table = _table("Rules that fired", "on", "strength")
    first = explained.match.best
    for hit in explained.fired:
        goes = "goes first" if first and hit.intent == first.intent else ""
        table.add_row(Text(f"{hit.intent} ({hit.kind})"), Text(hit.on), f"{hit.strength:g}", goes)
    return table


def _nearest(explained: Explanation) -> Table:
    table = _table("Nearest examples", "of", "alike")
    for near in explained.nearest:
        table.add_row(Text(near.text), Text(near.intent or "out of scope"), f"{near.likeness:.0%}")
    return table


def _runners_up(others: Sequence[Candidate]) -> Table:
    table = _table("Runners-up", "most for it, most against it", "sure")
    for one in others:
        said = "; ".join(f"{_said(reason)} ({reason.score:+.2f})" for reason in telling(one))
        table.add_row(Text(one.intent), Text(said), percent(one.confidence))
    return table


def _said(reason: Reason) -> str:
    alone = reason.kind == "words" and " " not in reason.text
    return f'the word "{reason.text}"' if alone else reason.text


def telling(candidate: Candidate) -> list[Reason]:
    """What speaks most for a candidate and what most against it; what all of them start with is neither."""
    said = [reason for reason in candidate.reasons if reason.kind != "start"]
    most = max(said, key=lambda reason: reason.score, default=None)
    least = min(said, key=lambda reason: reason.score, default=None)
    found = [most] if most and most.score > 0 else []
    return [*found, least] if least and least.score < 0 else found


def _table(first: str, second: str, last: str) -> Table:
    table = Table(show_header=True, header_style="bold", box=None, pad_edge=False)
    table.add_column(first, no_wrap=True)
    table.add_column(second)
    table.add_column(last, justify="right", no_wrap=True)
    return table


def _signed(score: float) -> Text:
    style = "red" if score < -0.005 else "green" if score > 0.005 else "dim"
    return Text(f"{score:+.2f}", style=style)


def percent(confidence: float) -> str:
    """A confidence for people; nothing is ever 100 % sure."""
    return f"{min(confidence, HIGHEST):.0%}"
