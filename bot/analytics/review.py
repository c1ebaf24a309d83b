"""The weekly review: per template what there is to gain, and what customers said that shows how.

Templates stand in the order of what there is to gain: answers after which the conversation did not close,
sent by the bot or by operators, and suggestions that operators passed over. Whatever people wrote is masked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.analytics.answered import Answered, Thread, read_threads
from bot.analytics.competing import Pair, competing, mispicked, read_offers
from bot.analytics.figures import DAY, TemplateFigures, all_figures, nothing_sent
from bot.analytics.funnel import Funnel, funnel
from bot.analytics.mistaken import Caught, Mistake, caught, mistakes
from bot.analytics.quotes import Quote, Said, quotes
from bot.analytics.rewriting import Rewritten, read_rewritten
from bot.analytics.unfinished import Unfinished, read_unfinished
from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.model import Millis
from bot.promotion import store as promotion
from bot.storage.database import Transaction

# Rates over weeks and revisions go back so far from the end of the period, or to its earlier start.
LOOK_BACK: Millis = 8 * 7 * DAY
# A template that was not sent for so long is asked about.
IDLE: Millis = 60 * DAY
# How many texts of each kind are kept for one template, and how many pairs of intents.
_TEXTS = 10
_EXAMPLES = 3
_PAIRS = 20


@dataclass(frozen=True, slots=True)
class Followed:
    """What customers asked after an answer, so many times answered as `intent`; empty: without an answer."""

    intent: str
    times: int
    examples: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class TemplateReview:
    """One template. `gain` is what there is to gain, `known` whether the content still has the template.

    `figures` are about the period, `history` about a longer time (weeks and revisions). `notes` is what
    customers answered to "what was missing", `followed` what they asked next, `caught` the messages that it
    was no answer to. `added` and `left_out` are sentences by which operators changed it before they sent it,
    `instead` what they wrote when they did not send it, `afterwards` what they wrote when it had not been
    enough. `unfinished` are its questions at which customers stopped. What was said most often comes first,
    then what is newest.
    """

    template: str
    intent: str
    mode: str
    owner: str
    review_by: str
    overdue: bool
    known: bool
    gain: int
    figures: TemplateFigures
    history: TemplateFigures
    notes: tuple[Quote, ...]
    followed: tuple[Followed, ...]
    caught: tuple[Caught, ...]
    added: tuple[Quote, ...]
    left_out: tuple[Quote, ...]
    instead: tuple[Quote, ...]
    afterwards: tuple[Quote, ...]
    unfinished: tuple[Unfinished, ...]


@dataclass(frozen=True, slots=True)
class Unneeded:
    """A template that nobody needs: not sent since `last_sent`, or never (None)."""

    template: str
    mode: str
    owner: str
    last_sent: Millis | None


@dataclass(frozen=True, slots=True)
class Review:
    """The review of the answers sent from `since` up to before `until`; `history_since` is for `history`.

    `overdue` names every template whose `review_by` has passed, `first_day` is when the first conversation of
    this database began: before that nothing is known of any template.
    """

    since: Millis
    until: Millis
    history_since: Millis
    first_day: Millis | None
    funnel: Funnel
    templates: tuple[TemplateReview, ...]
    pairs: tuple[Pair, ...]
    unneeded: tuple[Unneeded, ...]
    overdue: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    """From `since` up to before `until`; weeks and revisions from `history_since`."""

    since: Millis
    until: Millis
    history_since: Millis


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the period's conversations say, by template."""

    notes: Mapping[str, Sequence[Said]]
    following: Mapping[str, Sequence[tuple[str, Said]]]
    mistakes: Mapping[str, Sequence[Mistake]]
    rewritten: Mapping[str, Rewritten]
    unfinished: Mapping[str, tuple[Unfinished, ...]]


def review(tx: Transaction, content: Content, since: Millis, until: Millis) -> Review:
    """The review of the answers sent, and the conversations begun, from `since` up to before `until`."""
    period = _Period(since, until, min(since, max(0, until - LOOK_BACK)))
    threads, offers = read_threads(tx, since, until), read_offers(tx, since, until)
    mistaken = [*mistakes(threads), *mispicked(offers, content)]
    modes, first = _modes(tx, content), tx.one("review.first_day")
    evidence = _Evidence(
        _notes(threads),
        _following(threads),
        _by_template(mistaken),
        read_rewritten(tx, since, until),
        read_unfinished(tx, content, threads, since, until),
    )
    return Review(
        since,
        until,
        period.history_since,
        first["at"] if first else None,
        funnel(tx, content, since, until),
        _templates(tx, content, modes, evidence, period),
        competing(offers, mistaken, _PAIRS),
        tuple(_unneeded(tx, content, modes, until)),
        tuple(sorted(name for name, one in content.templates.items() if overdue(one, until))),
    )


def overdue(template: Template, now: Millis) -> bool:
    """Whether the day by which a template was to be reviewed has come."""
    return (
        bool(template.review_by)
        and template.review_by <= f"{datetime.fromtimestamp(now / 1000, UTC):%Y-%m-%d}"
    )


def _modes(tx: Transaction, content: Content) -> dict[str, str]:
    """The mode in force of each template."""
    changed = {name: changes[-1].mode for name, changes in promotion.changes(tx).items() if changes}
    return {name: changed.get(name, template.mode) for name, template in content.templates.items()}


def _templates(
    tx: Transaction, content: Content, modes: Mapping[str, str], evidence: _Evidence, period: _Period
) -> tuple[TemplateReview, ...]:
    """Every template that was sent, passed over or asked a question; those with most to gain first."""
    now = all_figures(tx, period.since, period.until)
    history = all_figures(tx, period.history_since, period.until)
    found = []
    for name in {*now, *evidence.unfinished}:
        own = now.get(name, nothing_sent(name))
        if own.bot.sent or own.operators.figures.sent or own.operators.ignored or name in evidence.unfinished:
            longer = history.get(name, nothing_sent(name))
            found.append(_template(content, modes.get(name, ""), own, longer, evidence, period.until))
    return tuple(sorted(found, key=lambda one: (-one.gain, -one.figures.bot.sent, one.template)))


def _template(
    content: Content,
    mode: str,
    now: TemplateFigures,
    history: TemplateFigures,
    evidence: _Evidence,
    until: Millis,
) -> TemplateReview:
    name = now.template
    template = content.templates.get(name)
    rewritten = evidence.rewritten.get(name, Rewritten())
    return TemplateReview(
        template=name,
        intent=template.answers if template else "",
        mode=mode,
        owner=template.owner if template else "",
        review_by=template.review_by if template else "",
        overdue=overdue(template, until) if template else False,
        known=template is not None,
        gain=now.bot.lost + now.operators.figures.lost + now.operators.ignored,
        figures=now,
        history=history,
        notes=quotes(reversed(evidence.notes.get(name, ())), _TEXTS),
        followed=_followed(evidence.following.get(name, ())),
        caught=caught(evidence.mistakes.get(name, ()), _TEXTS),
        added=quotes(rewritten.added, _TEXTS),
        left_out=quotes(rewritten.left_out, _TEXTS),
        instead=quotes(rewritten.instead, _TEXTS),
        afterwards=quotes(rewritten.afterwards, _TEXTS),
        unfinished=evidence.unfinished.get(name, ()),
    )


def _notes(threads: Iterable[Thread]) -> dict[str, list[Said]]:
    """What was missing in the bot's answers, in order of time; what was said last counts."""
    found: dict[str, list[tuple[Millis, Said]]] = defaultdict(list)
    for one in _of_the_bot(threads):
        said = [objection for objection in one.objections if objection.note]
        if said:
            note = Said(said[-1].note, one.conversation, (one.name,))
            found[one.template].append((said[-1].at, note))
    return {
        name: [note for _, note in sorted(notes, key=lambda each: each[0])] for name, notes in found.items()
    }


def _of_the_bot(threads: Iterable[Thread]) -> Iterable[Answered]:
    return (one for thread in threads for one in thread if not one.by_operator)


def _following(threads: Iterable[Thread]) -> dict[str, list[tuple[str, Said]]]:
    """The message that made each answer a `follow_up`, with the intent of the answer that it got."""
    found: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for thread in threads:
        understood = {one.question: one.intent for one in reversed(thread) if not one.by_operator}
        for one in thread:
            if one.outcome == "follow_up" and one.next_message and not one.by_operator:
                intent = understood.get(one.ended_by or 0) or one.handed_over_for
                said = Said(one.next_message, one.conversation, (one.name,))
                found[one.template].append((intent, said))
    return found


def _followed(following: Sequence[tuple[str, Said]]) -> tuple[Followed, ...]:
    counts = Counter(intent for intent, _ in following)
    return tuple(
        Followed(intent, times, quotes((said for one, said in following if one == intent), _EXAMPLES))
        for intent, times in counts.most_common(_TEXTS)
    )


def _by_template(mistaken: Iterable[Mistake]) -> dict[str, list[Mistake]]:
    found: dict[str, list[Mistake]] = defaultdict(list)
    for one in mistaken:
        found[one.template].append(one)
    return found


def _unneeded(
    tx: Transaction, content: Content, modes: Mapping[str, str], until: Millis
) -> Iterable[Unneeded]:
    """Templates in use that were not sent for long, those never sent first."""
    sent = {row["template"]: row["sent_at"] for row in tx.all("review.last_sent")}
    idle = [
        Unneeded(name, modes[name], template.owner, sent.get(name))
        for name, template in content.templates.items()
        if template.substantive
        and modes[name] in ("suggest", "trial", "auto")
        and (name not in sent or sent[name] < until - IDLE)
    ]
    return sorted(idle, key=lambda one: (one.last_sent or 0, one.template))
