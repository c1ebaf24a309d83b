"""What the studio shows of templates: all of them in one period, and one with everything that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from bot.accounts.operators import Operator
from bot.analytics.figures import DAY, Cell, Revised, TemplateFigures, figures, of_the_bot, weeks
from bot.analytics.funnel import Funnel
from bot.analytics.review import overdue
from bot.bars import Bars
from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.model import MODES, Millis
from bot.promotion.records import SYSTEM
from bot.promotion.status import Status, VariantStatus
from bot.studio import figures as shown
from bot.studio.figures import Json
from bot.templates.lifecycle import Proposal, ask

TAKEN_BACK_SHOWN: Millis = 14 * DAY


@dataclass(frozen=True, slots=True)
class Period:
    """What was sent from `since` up to before `until`, which is now."""

    since: Millis
    until: Millis

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.until - self.since) // DAY


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was sent in a period, and how far conversations came."""

    cells: Sequence[Cell]
    funnel: Funnel


def overview(
    content: Content, statuses: Sequence[Status], seen: Seen, period: Period, bars: Bars, operator: Operator
) -> Json:
    """Every template with its figures, the greatest gain first, and what waits for somebody's word."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in seen.cells:
        cells[cell.template].append(cell)
    listed = [_listed(content, status, cells[status.template], period, operator) for status in statuses]
    return {
        "now": period.until,
        "days": period.days,
        "bar": bars.bar,
        "funnel": shown.steps(seen.funnel),
        "weeks": shown.weeks(weeks(seen.cells, period.since, period.until)),
        "taken_back": list(_taken_back(content, statuses, period.until)),
        "templates": sorted(listed, key=lambda one: (-one["to_gain"], -one["rates"]["sent"], one["title"])),
    }


def _listed(
    content: Content, status: Status, cells: Sequence[Cell], period: Period, operator: Operator
) -> Json:
    known = figures(of_the_bot(cells))
    return {
        **standing(content, status, period.until, operator),
        "rates": shown.rates(known),
        "to_gain": known.lost,
        "weeks": shown.weeks(weeks(cells, period.since, period.until)),
    }


def standing(content: Content, status: Status, now: Millis, operator: Operator) -> Json:
    """Where a template stands, why, and what is proposed."""
    return {
        "template": status.template,
        "title": title(content, status.template),
        "owner": status.owner,
        "review_by": status.review_by,
        "overdue": overdue(content.templates[status.template], now),
        "risk": status.risk,
        "start": status.start,
        "mode": status.mode,
        "since": status.since,
        "why": status.why,
        "actor": status.actor,
        "edited": status.edited,
        "proposal": _proposal(status.proposal, operator),
        "known": shown.known(status.tally),
    }


def title(content: Content, template: str) -> str:
    """What the template is about, in the first language."""
    intent = content.templates[template].answers
    return content.title(intent, content.default_language) if intent in content.intents else template


def _proposal(proposal: Proposal | None, operator: Operator) -> Json | None:
    if proposal is None:
        return None
    may = not proposal.roles.isdisjoint(operator.roles)
    return {"to": proposal.to, "rule": proposal.rule, "sentence": proposal.sentence, "may": may}


def _taken_back(content: Content, statuses: Sequence[Status], now: Millis) -> Iterable[Json]:
    for status in statuses:
        last = status.history[-1] if status.history else None
        if last and status.taken_back and now - last.at <= TAKEN_BACK_SHOWN:
            yield {
                "template": status.template,
                "title": title(content, status.template),
                "before": last.before,
                "mode": last.mode,
                "sentence": last.sentence,
                "at": last.at,
            }


def one(
    content: Content,
    status: Status,
    found: TemplateFigures,
    period: Period,
    bars: Bars,
    operator: Operator,
) -> Json:
    """Everything about one template."""
    template = content.templates[status.template]
    return {
        **standing(content, status, period.until, operator),
        "now": period.until,
        "days": period.days,
        "bar": bars.bar,
        "intent": template.answers,
        "file": template.place.file,
        "line": template.place.line,
        "rates": shown.rates(found.bot),
        "to_gain": found.bot.lost,
        "weeks": shown.weeks(found.weeks),
        "funnel": shown.steps_of_template(found.bot),
        "outcomes": shown.outcomes(found.bot.outcomes),
        "operators": {name: getattr(found.operators, name) for name in ("as_suggested", "edited", "ignored")},
        "revisions": [_revision(one) for one in found.revisions],
        "texts": list(_texts(template)),
        "examples": _examples(content, template),
        "variants": [_variant(one, found) for one in status.variants],
        "history": [
            {**asdict(change), "by": change.by, "system": change.actor == SYSTEM}
            for change in reversed(status.history)
        ],
        "ways": list(_ways(status, bars, operator)),
        "marks": sorted([*_edits(found), *_moves(status, period)], key=lambda mark: mark["at"]),
    }


def _revision(one: Revised) -> Json:
    same = ("hash", "text", "variant", "channel", "language", "new_at", "first", "last")
    return {**{name: getattr(one, name) for name in same}, "rates": shown.rates(one.figures)}


def _edits(found: TemplateFigures) -> Iterable[Json]:
    """Days on which a new text took the place of another, with the languages it was in.

    Each language, channel and variant has revisions of its own, first sent at different hours.
    """
    days: dict[Millis, dict[str, Millis]] = defaultdict(dict)
    known: set[tuple[str, str, str]] = set()
    for one in found.revisions:  # in the order of when each was new
        key = (one.language, one.channel, one.variant)
        if key in known:
            days[one.new_at // DAY].setdefault(one.language, one.new_at)
        known.add(key)
    for languages in days.values():
        yield {"kind": "text", "at": min(languages.values()), "languages": sorted(languages)}


def _moves(status: Status, period: Period) -> Iterable[Json]:
    for change in status.history:
        if period.since <= change.at < period.until:
            yield {"kind": "mode", "at": change.at, "before": change.before, "mode": change.mode}


def _texts(template: Template) -> Iterable[Json]:
    for variant in template.variants:
        for language, text in variant.text.items():
            yield {"variant": variant.name, "language": language, "channel": "", "text": text}
        for channel, texts in variant.channels.items():
            for language, text in texts.items():
                yield {"variant": variant.name, "language": language, "channel": channel, "text": text}


def _examples(content: Content, template: Template) -> Json:
    intent = content.intents.get(template.answers)
    return {language: list(listed) for language, listed in intent.examples.items()} if intent else {}


def _variant(status: VariantStatus, found: TemplateFigures) -> Json:
    own = next((one.figures for one in found.variants if one.variant == status.name), figures(()))
    return {"name": status.name, "traffic": status.share, "lost": status.lost, "rates": shown.rates(own)}


def _ways(status: Status, bars: Bars, operator: Operator) -> Iterable[Json]:
    """Every mode that it may be put into from here, and what whoever asks is told."""
    for to in MODES:
        verdict = ask(status.situation, to, frozenset(operator.roles), bars)
        if verdict.rule:
            yield {"to": to, "allowed": verdict.allowed, "rule": verdict.rule, "sentence": verdict.sentence}
