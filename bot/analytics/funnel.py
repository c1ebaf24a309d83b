"""Where conversations end: from a customer who writes to one who is helped by the bot alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.content.snapshot import Content
from bot.model import Millis, Outcome
from bot.storage.database import Transaction

Ending = Literal[
    "confirmed", "assumed", "not_closed", "abandoned", "handed_over", "open", "excluded", "no_answer"
]
_OF_AN_OUTCOME: dict[Outcome, Ending] = {
    "confirmed": "confirmed",
    "assumed": "assumed",
    "abandoned": "abandoned",
    "pending": "open",
    "excluded": "excluded",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation. `outcome` is that of the bot's newest substantive answer, empty if there is none.

    `answered` says that somebody, bot or operator, has sent a template; `understood` that the bot knew what
    it was about; `left_queue` that the customer left before anybody came.
    """

    outcome: Outcome | Literal[""]
    answered: bool
    understood: bool
    handed_over: bool
    left_queue: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """Conversations in which a customer wrote, by how far they came and how they ended.

    Four steps, each a part of the one before: `wrote`, `understood`, `answered` (by the bot), `closed` (with
    the bot's answer and no person: `confirmed` + `assumed`). Every conversation has one ending:

        wrote = confirmed + assumed + not_closed + abandoned + handed_over + open + excluded + no_answer

    `not_closed` did not help and nobody was asked, `abandoned` is whoever left in the middle or in the queue,
    `no_answer` ended with nothing at all. `unanswered` is what the report counts: no template was sent,
    whether or not a person helped (`unanswered_handed_over`). `tests` are not among them.
    """

    wrote: int
    understood: int
    answered: int
    closed: int
    confirmed: int
    assumed: int
    not_closed: int
    abandoned: int
    handed_over: int
    open: int
    excluded: int
    no_answer: int
    unanswered: int
    unanswered_handed_over: int
    tests: int


def funnel(tx: Transaction, content: Content, since: Millis, until: Millis) -> Funnel:
    """The funnel of the conversations that began from `since` up to before `until`."""
    asked = _asked_for_more(tx, content, since, until)
    talks = [
        Talk(
            outcome=row["outcome"],
            answered=bool(row["answered"]),
            understood=bool(row["outcome"] or row["topic_known"]) or row["id"] in asked,
            handed_over=bool(row["handed_over"]),
            left_queue=bool(row["left_queue"]),
            closed=row["status"] == "closed",
        )
        for row in tx.all("counts.talks", since=since, until=until)
    ]
    tests = tx.one("counts.tests", since=since, until=until)
    return count(talks, int(tests["n"]) if tests else 0)


def _asked_for_more(tx: Transaction, content: Content, since: Millis, until: Millis) -> frozenset[str]:
    """Conversations without an answer in which the bot asked for a slot: it knew what was wanted.

    A question that was reworded since is not recognised.
    """
    questions = {
        text
        for template in content.templates.values()
        for question in template.ask
        for text in question.question.values()
    }
    rows = tx.all("counts.said_without_answer", since=since, until=until) if questions else ()
    return frozenset(row["conversation_id"] for row in rows if row["text"] in questions)


def count(talks: Iterable[Talk], tests: int = 0) -> Funnel:
    """Add conversations up."""
    talks = list(talks)
    endings = Counter(ending(talk) for talk in talks)
    unanswered = [talk for talk in talks if not talk.answered]
    return Funnel(
        wrote=len(talks),
        understood=sum(talk.understood for talk in talks),
        answered=sum(bool(talk.outcome) for talk in talks),
        closed=endings["confirmed"] + endings["assumed"],
        confirmed=endings["confirmed"],
        assumed=endings["assumed"],
        not_closed=endings["not_closed"],
        abandoned=endings["abandoned"],
        handed_over=endings["handed_over"],
        open=endings["open"],
        excluded=endings["excluded"],
        no_answer=endings["no_answer"],
        unanswered=len(unanswered),
        unanswered_handed_over=sum(talk.handed_over for talk in unanswered),
        tests=tests,
    )


def ending(talk: Talk) -> Ending:
    """How a conversation ended. Who left the queue is `abandoned`; else a person makes it `handed_over`."""
    if talk.outcome == "excluded":
        return "excluded"
    if talk.left_queue or talk.outcome == "abandoned":
        return "abandoned"
    if talk.handed_over:
        return "handed_over"
    if not talk.outcome:
        return "no_answer" if talk.closed else "open"
    return _OF_AN_OUTCOME.get(talk.outcome, "not_closed")
