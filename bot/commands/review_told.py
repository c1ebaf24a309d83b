"""The review as sentences: the same for a terminal and for a page of Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.analytics.backlog import Topic
from bot.analytics.competing import Pair
from bot.analytics.figures import Figures, Revised, Use, Week
from bot.analytics.funnel import Funnel
from bot.analytics.mistaken import Caught, Sign
from bot.analytics.quotes import Quote
from bot.analytics.review import IDLE, Followed, Review, TemplateReview, Unneeded
from bot.commands.wording import day, number, quoted, share, times

# Texts of each kind under a template, unless it is the only one; weeks and revisions, the newest.
TEXTS = 3
_WEEKS = 8
_REVISIONS = 4
_OTHERS = 10
_QUOTED = 140
_DAY = 86_400_000

_SIGNS: Mapping[Sign, str] = {
    "meant": "the customer said no, and what they wanted",
    "picked": "the customer picked something else",
    "operator": "an operator sent another template",
    "no": "the customer said no",
}
_RULES = {
    "keywords": "a keyword rule",
    "pattern": "a token pattern",
    "regex": "a regular expression",
    "examples": "the examples",
    "button": "a button",
    "correction": "what the customer put right",
    "offered": "being offered first",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it: lines, and under a further heading more of them."""

    heading: str
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def told(
    review: Review, templates: Sequence[TemplateReview], topics: Sequence[Topic], texts: int
) -> list[Part]:
    """The whole review; only `templates` are told of at length, with so many texts of each kind."""
    parts = [whole(review)]
    parts += [about(one, place, texts) for place, one in enumerate(templates, 1)]
    others = (
        Part("Questions without an answer", tuple(_topic(one) for one in topics)),
        Part(
            "Intents that compete for the same messages", tuple(_pair(one) for one in review.pairs[:_OTHERS])
        ),
        Part("Templates that nobody needs", tuple(_unneeded(review))),
        Part("Past the day of their review", _overdue(review)),
    )
    return parts + [part for part in others if part.lines]


def whole(review: Review) -> Part:
    """How the conversations of the period went."""
    one = review.funnel
    ended = [
        (one.handed_over, "handed over to a person"),
        (one.abandoned, "left in the middle or in the queue"),
        (one.not_closed, "not helped and not handed over"),
        (one.no_answer, "ended without any answer"),
        (one.open, "still open"),
        (one.excluded, "excluded by a person"),
    ]
    others = ", ".join(f"{count:,} {what}" for count, what in ended if count)
    lines = [_closed(one), f"The others: {others}." if others else ""]
    if one.unanswered:
        lines.append(
            f"{number(one.unanswered, 'conversation')} got no template at all (unanswered);"
            f" a person was asked into {one.unanswered_handed_over:,} of them."
        )
    if one.tests:
        lines.append(f"Not counted: {number(one.tests, 'test or spam conversation')}.")
    return Part(
        f"The review of {day(review.since)} to {day(review.until)}", tuple(line for line in lines if line)
    )


def _closed(one: Funnel) -> str:
    return (
        f"{number(one.wrote, 'conversation')}, {one.understood:,} understood, {one.answered:,} answered by"
        f" the bot, {one.closed:,} closed with its answer: {one.confirmed:,} with the customer's word,"
        f" {one.assumed:,} in silence."
    )


def about(one: TemplateReview, place: int, texts: int) -> Part:
    """Everything about one template."""
    weeks, revisions = one.history.weeks[-_WEEKS:], one.history.revisions[-_REVISIONS:]
    lists = (
        Part("What was missing", _quotes(one.notes[:texts])),
        Part("What they asked next", tuple(_followed(each) for each in one.followed[:texts])),
        Part("Messages that it was no answer to", tuple(_caught(each) for each in one.caught[:texts])),
        Part("Operators wrote when it was not enough", _quotes(one.afterwards[:texts])),
        Part("Operators added", _quotes(one.added[:texts])),
        Part("Operators left out", _quotes(one.left_out[:texts])),
        Part("Operators wrote instead", _quotes(one.instead[:texts])),
        Part("Week by week, from floor to ceiling", _weeks(weeks)),
        Part("Revisions", tuple(_revision(each) for each in revisions if len(revisions) > 1)),
    )
    facts = [f"mode {one.mode}" if one.known else "no longer in the content", one.owner or "nobody's"]
    if one.review_by:
        facts.append(f"review by {one.review_by}" + (", OVERDUE" if one.overdue else ""))
    gain = f"{one.gain} to gain" if one.gain else "nothing to gain"
    return Part(
        f"{place}. {one.template}: {gain}",
        tuple(line for line in (", ".join(facts), *_sentences(one)) if line),
        tuple(part for part in lists if part.lines),
    )


def _sentences(one: TemplateReview) -> Iterator[str]:
    yield _sent(one.figures.bot)
    yield _use(one.figures.operators)
    for each in one.unfinished:
        where = number(each.times, "conversation")
        yield f"Not finished in {where}: it asked for {each.slot}, and the customer went no further."


def _sent(figures: Figures) -> str:
    if not figures.sent:
        return "The bot did not send it."
    rates = f"floor {share(figures.floor)}, ceiling {share(figures.ceiling)}"
    said = f"{share(figures.response, interval=False)} said whether it helped"
    left = (
        f", {share(figures.abandoned, interval=False)} left in the middle" if figures.abandoned.hits else ""
    )
    return f"The bot sent it {times(figures.sent)}; {figures.lost} did not close. {rates}; {said}{left}."


def _use(use: Use) -> str:
    did = [
        (use.as_suggested, f"sent it as suggested {times(use.as_suggested)}"),
        (use.edited, f"sent it edited {times(use.edited)}"),
        (use.ignored, f"passed it over {times(use.ignored)}"),
    ]
    said = ", ".join(text for count, text in did if count)
    lost = f"; {use.figures.lost} of those sent did not close" if use.figures.lost else ""
    return f"Operators {said}{lost}." if said else ""


def _weeks(weeks: Sequence[Week]) -> tuple[str, ...]:
    """One line: seven days are too few for intervals that anybody would read."""
    said = (f"{day(week.start)}: {_span(week.figures)} of {week.figures.sent}" for week in weeks)
    return (", ".join(said),) if len(weeks) > 1 else ()


def _span(figures: Figures) -> str:
    floor, ceiling = figures.floor.value, figures.ceiling.value
    return "–" if floor is None or ceiling is None else f"{floor * 100:.0f}–{ceiling * 100:.0f} %"


def _revision(one: Revised) -> str:
    variant = f", variant {one.variant}" if one.variant else ""
    where = f"{day(one.first)} to {day(one.last)}, {one.channel}, {one.language}{variant}"
    rates = f"floor {share(one.figures.floor)}, ceiling {share(one.figures.ceiling)}"
    return f"{where}: {one.figures.sent} sent, {rates}: {quoted(one.text, 60)}"


def _quotes(found: Iterable[Quote]) -> tuple[str, ...]:
    return tuple(f"{_often(one.times)}{quoted(one.text, _QUOTED)}" for one in found)


def _followed(one: Followed) -> str:
    examples = ", ".join(quoted(each.text, _QUOTED) for each in one.examples)
    return f"{_often(one.times, always=True)}{one.intent or 'without an answer'}: {examples}"


def _caught(one: Caught) -> str:
    by = " and ".join(_RULES.get(rule, rule) for rule in one.rules)
    why = ", ".join(_SIGNS[sign] for sign in _SIGNS if sign in one.signs)
    meant = f": {', '.join(one.meant)}" if one.meant else ""
    return f"{_often(one.times)}{quoted(one.text, _QUOTED)} by {by}; {why}{meant}"


def _topic(one: Topic) -> str:
    draft = one.draft
    if draft.is_new and draft.text:
        ready = f"a draft is ready, from {number(draft.replies, 'reply', 'replies')} of operators"
    elif draft.is_new:
        ready = "an intent is ready; its answer is still to be written"
    else:
        ready = f"examples are ready for {draft.intent}"
    asked = f"asked in {number(one.conversations, 'conversation')}"
    return f"{one.id}  {quoted(one.typical, _QUOTED)} {asked} ({one.language}); {ready}"


def _pair(one: Pair) -> str:
    said = [
        (one.offered, f"offered side by side {times(one.offered)}"),
        (one.picked_one, f"{one.picked_one} picked {one.one}"),
        (one.picked_other, f"{one.picked_other} picked {one.other}"),
        (one.took_one, f"{one.took_one} got {one.one} and meant {one.other}"),
        (one.took_other, f"{one.took_other} got {one.other} and meant {one.one}"),
    ]
    facts = ", ".join(text for count, text in said if count)
    return f"{one.one} and {one.other}: {facts}: {', '.join(quoted(text, _QUOTED) for text in one.examples)}"


def _unneeded(review: Review) -> Iterator[str]:
    known = (review.until - review.first_day) // _DAY if review.first_day is not None else 0
    never = [one for one in review.unneeded if one.last_sent is None]
    if never:
        yield f"Never sent in {number(known, 'day')}: {', '.join(_owned(one) for one in never)}"
    for one in review.unneeded:
        if one.last_sent is not None:
            yield f"{_owned(one)}: last sent {day(one.last_sent)}, more than {IDLE // _DAY} days ago"


def _owned(one: Unneeded) -> str:
    return f"{one.template} ({one.owner})" if one.owner else one.template


def _overdue(review: Review) -> tuple[str, ...]:
    return (", ".join(review.overdue),) if review.overdue else ()


def _often(times: int, always: bool = False) -> str:
    return f"{times} × " if times > 1 or always else ""
