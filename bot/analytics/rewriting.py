"""What operators say in the place of a template, or after it: what is worth taking over into it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from bot.analytics.quotes import Said, likeness
from bot.model import Millis
from bot.storage.database import Row, Transaction
from bot.templates.ledger import IGNORED

# Sentences this much alike (0 to 100) are the same one: a slot was filled in, or a slip mended.
_SAME = 75
_SLOT = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"(?<=[.!?。！？])\s+|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What operators wrote, newest first.

    `added` and `left_out` are sentences by which they changed a suggestion, `instead` is what they wrote when
    they passed it over, `afterwards` what they wrote first when the bot's answer had not been enough.
    """

    added: list[Said] = field(default_factory=list)
    left_out: list[Said] = field(default_factory=list)
    instead: list[Said] = field(default_factory=list)
    afterwards: list[Said] = field(default_factory=list)


def read_rewritten(tx: Transaction, since: Millis, until: Millis) -> Mapping[str, Rewritten]:
    """By template, what operators made of it from `since` up to before `until`."""
    found: dict[str, Rewritten] = defaultdict(Rewritten)
    for row in tx.all("review.rewritten", since=since, until=until):
        _put(found[row["template"]], row)
    for row in tx.all("review.helped_out", since=since, until=until):
        found[row["template"]].afterwards.append(_said(row, row["text"]))
    return found


def _put(found: Rewritten, row: Row) -> None:
    new = not_in(row["text"], row["written"])
    if row["rule"] != IGNORED:
        found.added.extend(_said(row, text) for text in new)
        found.left_out.extend(_said(row, text) for text in not_in(row["written"], row["text"]))
    elif new:
        # Who types the suggestion again with a greeting has written no more than the greeting.
        found.instead.append(_said(row, " ".join(new)))


def _said(row: Row, text: str) -> Said:
    return Said(text, row["conversation_id"], tuple(name for name in (row["name"], row["operator"]) if name))


def not_in(text: str, other: str) -> tuple[str, ...]:
    """The sentences of a text that the other has not, not even nearly."""
    others = [_words(sentence) for sentence in sentences(other)]
    own = ((sentence, _words(sentence)) for sentence in sentences(text))
    return tuple(sentence for sentence, like in own if not any(ratio(like, one) >= _SAME for one in others))


def _words(sentence: str) -> str:
    return likeness(_SLOT.sub(" ", sentence))


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [part for part in _END.split(text.strip()) if part]
