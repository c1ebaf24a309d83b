"""Rates of templates over weeks, revisions and variants, from the ledger's rows.

One statement counts answers by everything that anybody groups them by; the rest is adding up, and pure. What
the bot answered alone and what operators did with a suggestion are never mixed. Test conversations are left
out, and what is `excluded` is in no rate (docs/ledger.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.model import ChannelName, Language, Millis, Outcome
from bot.storage.database import Row, Transaction
from bot.templates.evidence import Share, Tally
from bot.templates.ledger import AS_SUGGESTED, EDITED, IGNORED

DAY: Millis = 86_400_000
WEEK: Millis = 7 * DAY
# 1970-01-05, 00:00 UTC: the first Monday. The statement `counts.cells` numbers weeks from it.
MONDAY: Millis = 4 * DAY

BOT = "bot"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many answers are alike in all of this. `used` is `bot`, or the rule of an operator's answer.

    `week` counts from `MONDAY`; `first` and `last` are when the first and the last of them were sent.
    """

    template: str
    revision: str
    variant: str
    channel: ChannelName
    language: Language
    used: str
    week: int
    outcome: Outcome
    answers: int
    first: Millis
    last: Millis


@dataclass(frozen=True, slots=True)
class Figures:
    """What some answers say. `sent` leaves out the `excluded`; `eligible` also the `pending`.

    `lost` is how many of the eligible did not close their conversation: neither confirmed nor assumed.
    """

    sent: int
    eligible: int
    pending: int
    excluded: int
    lost: int
    floor: Share
    ceiling: Share
    response: Share
    abandoned: Share
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Week:
    """The answers sent from `start` up to before `until`; less than seven days at the ends of a period."""

    start: Millis
    until: Millis
    figures: Figures


@dataclass(frozen=True, slots=True)
class Revised:
    """One revision of a template as the bot sent it in the period, `first` to `last`.

    `text` is what customers read, slots still in braces; `new_at` is when it was sent first of all.
    """

    hash: str
    text: str
    variant: str
    channel: ChannelName
    language: Language
    new_at: Millis
    first: Millis
    last: Millis
    figures: Figures


@dataclass(frozen=True, slots=True)
class Varied:
    """All revisions of one variant; the plain text has the name ``""``."""

    variant: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Use:
    """What operators did with a template that was suggested to them.

    `figures` are about what they sent, edited or not; what they ignored was not sent.
    """

    as_suggested: int
    edited: int
    ignored: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class TemplateFigures:
    """All figures of one template in one period."""

    template: str
    bot: Figures
    operators: Use
    weeks: tuple[Week, ...]
    revisions: tuple[Revised, ...]
    variants: tuple[Varied, ...]


def read_cells(tx: Transaction, since: Millis, until: Millis, template: str = "") -> tuple[Cell, ...]:
    """Count the answers sent from `since` up to before `until`; of one template, if it is named."""
    rows = tx.all("counts.cells", since=since, until=until, template=template)
    return tuple(_cell(row) for row in rows)


def _cell(row: Row) -> Cell:
    return Cell(
        template=row["template"],
        revision=row["revision"],
        variant=row["variant"],
        channel=row["channel"],
        language=row["language"],
        used=row["used"],
        week=row["week"],
        outcome=row["outcome"],
        answers=row["answers"],
        first=row["first_at"],
        last=row["last_at"],
    )


def template_figures(tx: Transaction, template: str, since: Millis, until: Millis) -> TemplateFigures:
    """All figures of one template for the answers sent from `since` up to before `until`."""
    cells = read_cells(tx, since, until, template)
    return _all_of(template, cells, tx.all("counts.texts", template=template), since, until)


def all_figures(tx: Transaction, since: Millis, until: Millis) -> dict[str, TemplateFigures]:
    """The same for every template of which something was sent, by name, in order of the name."""
    cells, texts = read_cells(tx, since, until), tx.all("counts.texts", template="")
    by_template = _groups(cells, lambda cell: cell.template)
    return {name: _all_of(name, by_template[name], texts, since, until) for name in sorted(by_template)}


def nothing_sent(template: str) -> TemplateFigures:
    """The figures of a template of which nothing was sent."""
    return TemplateFigures(template, figures(()), use(()), (), (), ())


def _all_of(
    name: str, cells: Sequence[Cell], texts: Sequence[Row], since: Millis, until: Millis
) -> TemplateFigures:
    return TemplateFigures(
        name,
        figures(of_the_bot(cells)),
        use(cells),
        weeks(cells, since, until),
        revisions(cells, texts),
        variants(cells),
    )


def of_the_bot(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Those that the bot answered alone."""
    return tuple(cell for cell in cells if cell.used == BOT)


def tally(cells: Iterable[Cell]) -> Tally:
    """How many answers have which outcome."""
    counts: Counter[Outcome] = Counter()
    for cell in cells:
        counts[cell.outcome] += cell.answers
    return Tally(counts)


def figures(cells: Iterable[Cell]) -> Figures:
    """What these answers say, all of them together."""
    counted = tally(cells)
    return Figures(
        sent=counted.sent - counted.of("excluded"),
        eligible=counted.eligible,
        pending=counted.of("pending"),
        excluded=counted.of("excluded"),
        lost=counted.eligible - counted.closed,
        floor=counted.floor,
        ceiling=counted.ceiling,
        response=counted.response,
        abandoned=counted.abandonment,
        outcomes=dict(counted.outcomes),
    )


def use(cells: Iterable[Cell]) -> Use:
    """What operators did with these."""
    by_rule = _groups(cells, lambda cell: cell.used)
    counts = {rule: sum(cell.answers for cell in group) for rule, group in by_rule.items()}
    sent = (*by_rule.get(AS_SUGGESTED, ()), *by_rule.get(EDITED, ()))
    return Use(counts.get(AS_SUGGESTED, 0), counts.get(EDITED, 0), counts.get(IGNORED, 0), figures(sent))


def weeks(cells: Iterable[Cell], since: Millis, until: Millis) -> tuple[Week, ...]:
    """The bot's answers week by week, from the first week with one to the last with one, none left out.

    Weeks begin on Monday, 00:00 UTC; those at the ends are cut off where the period is.
    """
    by_week = _groups(of_the_bot(cells), lambda cell: cell.week)
    if not by_week:
        return ()
    return tuple(
        Week(max(since, _start(week)), min(until, _start(week + 1)), figures(by_week.get(week, ())))
        for week in range(min(by_week), max(by_week) + 1)
    )


def _start(week: int) -> Millis:
    return MONDAY + week * WEEK


def revisions(cells: Iterable[Cell], texts: Iterable[Row]) -> tuple[Revised, ...]:
    """The revisions that the bot sent, in the order of when each was new. `texts`: rows of `counts.texts`."""
    by_revision = _groups(of_the_bot(cells), lambda cell: cell.revision)
    found = [_revised(by_revision[row["hash"]], row) for row in texts if row["hash"] in by_revision]
    return tuple(sorted(found, key=lambda one: (one.new_at, one.hash)))


def _revised(cells: Sequence[Cell], row: Row) -> Revised:
    one = cells[0]
    return Revised(
        hash=one.revision,
        text=row["text"],
        variant=one.variant,
        channel=one.channel,
        language=one.language,
        new_at=row["first_sent_at"],
        first=min(cell.first for cell in cells),
        last=max(cell.last for cell in cells),
        figures=figures(cells),
    )


def variants(cells: Iterable[Cell]) -> tuple[Varied, ...]:
    """The bot's answers by variant, the plain text first."""
    by_variant = _groups(of_the_bot(cells), lambda cell: cell.variant)
    return tuple(Varied(name, figures(by_variant[name])) for name in sorted(by_variant))


def _groups(cells: Iterable[Cell], key: Callable[[Cell], K]) -> dict[K, list[Cell]]:
    groups: dict[K, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key(cell)].append(cell)
    return dict(groups)
