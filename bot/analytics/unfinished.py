"""Customers who stopped at a question of the bot: the template was right, and they never got it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.analytics.answered import Thread
from bot.content.snapshot import Content
from bot.model import Millis
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Unfinished:
    """In so many conversations a template asked for `slot`, and was never sent."""

    slot: str
    times: int


def read_unfinished(
    tx: Transaction, content: Content, threads: Iterable[Thread], since: Millis, until: Millis
) -> dict[str, tuple[Unfinished, ...]]:
    """By template, the last question asked in conversations that are over, the one most often asked first.

    A question is known by its words: one that was reworded since, and one that two templates share, is not
    counted.
    """
    questions = _questions(content)
    sent = {(one.conversation, one.template) for thread in threads for one in thread}
    last: dict[tuple[str, str], str] = {}
    for row in tx.all("review.asked", since=since, until=until) if questions else ():
        asked = questions.get(row["text"])
        if asked is not None:
            template, slot = asked
            last[row["conversation_id"], template] = slot
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (conversation, template), slot in last.items():
        if (conversation, template) not in sent:
            counts[template][slot] += 1
    return {
        template: tuple(Unfinished(slot, times) for slot, times in slots.most_common())
        for template, slots in counts.items()
    }


def _questions(content: Content) -> dict[str, tuple[str, str]]:
    """The words of each question, with its template and slot."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for template in content.templates.values():
        for question in template.ask:
            for text in question.question.values():
                found[text].add((template.name, question.slot))
    return {text: next(iter(asked)) for text, asked in found.items() if len(asked) == 1}
