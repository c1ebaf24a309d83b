"""The questions without an answer that a database holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.analytics.threads import Line, Opened, Phrases, Question, Sending, Thread, questions
from bot.content.phrases import merged
from bot.content.snapshot import Content
from bot.conversations.handing_over import NOT_UNDERSTOOD, no_answer_to
from bot.model import Millis
from bot.storage.database import Transaction
from bot.templates.ledger import IGNORED

# How many texts one statement looks for.
_TEXTS = 8


def unanswered(tx: Transaction, content: Content, since: Millis, until: Millis) -> tuple[Question, ...]:
    """Customers' messages from `since` up to before `until` that got no answer of substance, oldest first.

    What the bot says when it does not understand is told by its words: those of `content`, and those that
    come with Frontdesk. Where a deployment has changed that phrase since, a message that it only asked to
    rephrase once is not found.
    """
    phrases = _phrases(content)
    found = [
        question
        for id in _conversations(tx, phrases, since, until)
        for question in questions(_thread(tx, id), phrases)
        if since <= question.at < until
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.conversation, one.seq)))


def _phrases(content: Content) -> Phrases:
    shipped = merged({}, content.languages)

    def said(name: str) -> frozenset[str]:
        return frozenset((*content.phrases[name].values(), *shipped[name].values()))

    declined = frozenset(text.strip().casefold() for text in said("none_of_these"))
    return Phrases(said("rephrase"), said("no_answer_yet"), said("handoff_nobody"), declined)


def _conversations(tx: Transaction, phrases: Phrases, since: Millis, until: Millis) -> list[str]:
    like = no_answer_to("%")
    rows = list(
        tx.all(
            "unanswered.by_handoff", since=since, until=until, not_understood=NOT_UNDERSTOOD, no_answer=like
        )
    )
    for texts in _portions(sorted(phrases.rephrase | phrases.no_answer)):
        slots = {f"text{number}": text for number, text in enumerate(texts, 1)}
        rows += tx.all("unanswered.by_phrase", since=since, until=until, **slots)
    return sorted({row["conversation_id"] for row in rows})


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts so many at a time; the last portion is filled up with its last text."""
    for start in range(0, len(texts), _TEXTS):
        portion = list(texts[start : start + _TEXTS])
        yield [*portion, *portion[-1:] * (_TEXTS - len(portion))]


def _thread(tx: Transaction, id: str) -> Thread:
    about = tx.one("unanswered.about", id=id) or {"language": "", "name": ""}
    return Thread(
        conversation=id,
        language=about["language"],
        name=about["name"],
        lines=tuple(_lines(tx, id)),
        handoffs=tuple(
            Opened(row["opened_at"], row["reason"], row["intent"])
            for row in tx.all("unanswered.handoffs", id=id)
        ),
        sendings=tuple(
            Sending(row["sent_at"], row["template"], row["operator_id"] is not None, bool(row["substantive"]))
            for row in tx.all("unanswered.answers", id=id)
            if row["rule"] != IGNORED
        ),
    )


def _lines(tx: Transaction, id: str) -> Iterable[Line]:
    for row in tx.all("unanswered.messages", id=id):
        yield Line(
            seq=row["seq"],
            event=row["event_number"],
            author=row["author"],
            name=row["name"],
            text=row["text"],
            kind=row["kind"],
            at=row["at"],
            typed=row["event"] == "customer_said",
            offers='"/none"' in row["buttons_json"],
        )
