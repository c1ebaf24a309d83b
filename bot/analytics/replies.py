"""The longest answer that operators' replies to one question have in common, in their own words. Pure.

Replies are cut into sentences; two sentences say the same if their vectors (`phrased.py`) are near. The
reply that is nearest to all others lends its words: of its sentences those stay that at least half of the
replies have, so what only some say (a greeting, a date, a name) goes. Personal data is masked; a sentence
with some in it is about one customer, and goes too where others stay. What many conversations have alike, as
the shop's own address, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.analytics.phrased import Floats, readings, vectors
from bot.analytics.smallwords import small_words
from bot.model import Language
from bot.text.masking import has_masks, masked, personal
from bot.text.tokens import SIGNS, words

# Sentences nearer than this say the same; chosen by reading what comes out for invented operators.
SAME = 0.55
# Of the replies, so many must have a sentence that stays.
SHARED = 0.5
# More replies than this, the last ones, add nothing but work.
MOST_REPLIES = 200
# What stands in the replies of so many conversations, and in a fifth of all, is not about one customer.
_PUBLIC, _PUBLIC_SHARE = 3, 0.2
_SENTENCE = re.compile(r"(?<=[.!?。…])\s+|\s*\n+\s*")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|hej|hallå|tjena|bună|buna|salut|привет|здравствуйте|merhaba|selam|สวัสดี)"
    r"(?!\w)[^,.!?\n]{0,30}[,!]\s+",
    re.IGNORECASE,
)
# What is said to so many different questions, and to so large a share of all, answers none of them.
_EVERYWHERE, _EVERYWHERE_SHARE = 4, 0.15
# A first or last sentence of up to so many words is a greeting or a closing, where there is but one reply.
_COURTESY = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What operators wrote to one customer, message after message; `names` are those in the conversation."""

    texts: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommonAnswer:
    """`text` as operators put it. `agreement` is the share of the `replies` that say it, from 0 to 1."""

    text: str
    agreement: float
    replies: int


def common_answer(
    replies: Sequence[Reply], language: Language, elsewhere: Collection[str] = ()
) -> CommonAnswer | None:
    """The longest common answer; None if nobody has replied, or only with what is said elsewhere too.

    `elsewhere` are the sentences of replies to many other questions, as `said_elsewhere` finds them.

    Where operators have said different things and no sentence is shared by half of them, it is the reply
    nearest to the others, with an `agreement` that shows it.
    """
    cut = [lines for reply in _clean(replies) if (lines := _sentences(reply, elsewhere))]
    if not cut:
        return None
    said = _Said(cut, language)
    nearest = said.nearest()
    shared = [line for line in cut[nearest] if said.count(line) >= max(2, SHARED * len(cut))]
    chosen = _impersonal(shared) or _impersonal(_without_courtesy(cut[nearest], language))
    agreement = sum(said.count(line) for line in chosen) / len(chosen) / len(cut)
    return CommonAnswer(_joined(chosen), round(agreement, 2), len(cut))


def said_elsewhere(by_question: Sequence[Sequence[Reply]]) -> frozenset[str]:
    """The sentences that stand in replies to several questions, so answer none of them: "Anything else?"."""
    counts: Counter[str] = Counter()
    for replies in by_question:
        counts.update({_plain(line) for reply in _clean(replies) for line in _sentences(reply, ())})
    least = max(_EVERYWHERE, _EVERYWHERE_SHARE * sum(map(bool, by_question)))
    return frozenset(line for line, count in counts.items() if count >= least)


def shown(replies: Sequence[Reply], most: int = 5) -> tuple[str, ...]:
    """Different replies, masked, the commonest first: what a person reads before accepting a draft."""
    counts = Counter("\n".join(reply) for reply in _clean(replies) if any(reply))
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))[:most]


def _clean(replies: Sequence[Reply]) -> Sequence[Sequence[str]]:
    """The texts of each reply, masked."""
    return _masked(tuple(replies[-MOST_REPLIES:]))


@lru_cache(maxsize=1_000)
def _masked(recent: tuple[Reply, ...]) -> tuple[tuple[str, ...], ...]:
    found = Counter(one for reply in recent for one in {*_all_personal(reply)})
    least = max(_PUBLIC, _PUBLIC_SHARE * len(recent))
    public = {one for one, count in found.items() if count >= least}
    return tuple(tuple(masked(text, reply.names, public) for text in reply.texts) for reply in recent)


def _all_personal(reply: Reply) -> list[str]:
    return [one for text in reply.texts for one in personal(text)]


def _sentences(texts: Sequence[str], elsewhere: Collection[str]) -> list[str]:
    whole = [line.strip() for text in texts for line in _SENTENCE.split(text)]
    cut = [part for line in whole for part in _greeting_apart(line)]
    return [line for line in cut if any(map(str.isalnum, line)) and _plain(line) not in elsewhere]


def _greeting_apart(line: str) -> tuple[str, ...]:
    """`Hi Anna, we do` as two: the greeting, and what is said."""
    greeting = _GREETING.match(line)
    if greeting is None:
        return (line,)
    rest = line[greeting.end() :]
    return greeting.group().strip(), rest[:1].upper() + rest[1:]


def _plain(line: str) -> str:
    return re.sub(r"\W+", " ", line.casefold()).strip()


class _Said:
    """All sentences of all replies, and which say the same."""

    def __init__(self, cut: Sequence[Sequence[str]], language: Language) -> None:
        self._cut = cut
        different = sorted({line for lines in cut for line in lines})
        self._number = {line: number for number, line in enumerate(different)}
        same = _same(vectors(readings(different, language), language))
        has = np.zeros((len(cut), len(different)), np.float32)
        for reply, lines in enumerate(cut):
            has[reply, [self._number[line] for line in lines]] = 1
        # Row: a reply; column: whether it has a sentence that says the same.
        self._says = has @ same > 0
        self._counts = self._says.sum(axis=0)

    def count(self, line: str) -> int:
        """How many replies have such a sentence."""
        return int(self._counts[self._number[line]])

    def nearest(self) -> int:
        """The number of the reply that has most in common with the others: its sentences' shares, and what of
        theirs it has. Of equal ones the longest, then the first by its words.
        """
        scores = []
        for number, lines in enumerate(self._cut):
            own = float(np.mean([self.count(line) for line in lines]))
            theirs = float(self._counts[self._says[number]].sum())
            scores.append((round(own + theirs, 4), len(" ".join(lines)), lines, number))
        best = max(score[:2] for score in scores)
        return min((score[2], score[3]) for score in scores if score[:2] == best)[1]


def _same(rows: Floats) -> Floats:
    near = rows @ rows.T >= SAME
    np.fill_diagonal(near, True)
    return near.astype(np.float32)


def _impersonal(lines: Sequence[str]) -> list[str]:
    """The sentences without masks; all of them if every one has some."""
    return [line for line in lines if not has_masks(line)] or list(lines)


def _without_courtesy(lines: Sequence[str], language: Language) -> list[str]:
    small = small_words(language)
    kept = [
        line
        for line in lines
        if len(found := [word for word in words(line, language) if word not in SIGNS]) > _COURTESY
        or not small.intersection(found)
    ]
    return kept or list(lines)


def _joined(lines: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(lines))
