"""Intents that cannot be told apart: the examples of each are taken for the other's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.matching.doubts import Doubt, Subject
from bot.matching.firings import Firings
from bot.matching.held_out import Verdict
from bot.model import Language
from bot.text.stems import stem

# A pair is confused when this share of the examples of each, and this many, are taken for the other's.
SHARE = 0.15
LEAST = 2
WORDS = 4


def confused(firings: Firings, verdicts: Sequence[Verdict]) -> Iterator[Doubt]:
    """A doubt for every confused pair, with the words that both use and those that tell them apart."""
    count = Counter(one.intent for one in verdicts)
    taken = Counter((one.intent, one.claimed) for one in verdicts)
    pairs = sorted((one, other) for one, other in taken if one is not None and one < other)
    for one, other in pairs:
        there, back = taken[one, other], taken[other, one]
        if min(there, back) < LEAST:
            continue
        if there >= SHARE * count[one] and back >= SHARE * count[other]:
            yield _doubt(firings, verdicts, _Pair(one, other, there / count[one], back / count[other]))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two intents and the shares of their examples that are taken for the other's."""

    one: str
    other: str
    there: float
    back: float


def _doubt(firings: Firings, verdicts: Sequence[Verdict], pair: _Pair) -> Doubt:
    both, first, second = _telling(verdicts, pair, firings.language)
    message = (
        f"`{pair.one}` and `{pair.other}` are hard to tell apart: {pair.there:.0%} of the examples of the"
        f" first are taken for the second's, {pair.back:.0%} the other way"
    )
    said = []
    if both:
        said.append(f"both say {', '.join(both)}")
    if first:
        said.append(f"only `{pair.one}` {', '.join(first)}")
    if second:
        said.append(f"only `{pair.other}` {', '.join(second)}")
    hint = "join them, or write examples whose words tell them apart"
    return Doubt(
        Subject(pair.one, "intent", firings.language),
        "intents_alike",
        message,
        f"{hint} ({'; '.join(said)})" if said else hint,
        sure=False,
    )


def _telling(
    verdicts: Sequence[Verdict], pair: _Pair, language: Language
) -> tuple[list[str], list[str], list[str]]:
    """The usual words of both, of the first alone and of the second alone; rare elsewhere comes first."""
    uses: dict[str | None, Counter[str]] = {}
    forms: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    for one in verdicts:
        roots = {stem(word, language): word for word in one.words if word.isalpha()}
        uses.setdefault(one.intent, Counter()).update(roots.keys())
        everywhere.update(roots.keys())
        for root, word in roots.items():
            forms.setdefault(root, Counter())[word] += 1
    here, there = uses.get(pair.one, Counter()), uses.get(pair.other, Counter())
    shared = {root: min(here[root], there[root]) ** 2 / everywhere[root] for root in here if there[root] > 1}
    mine = {root: here[root] ** 2 / everywhere[root] for root in here if not there[root] and here[root] > 1}
    theirs = {
        root: there[root] ** 2 / everywhere[root] for root in there if not here[root] and there[root] > 1
    }

    def best(weights: dict[str, float]) -> list[str]:
        ranked = sorted(weights, key=lambda root: (-weights[root], root))[:WORDS]
        return [forms[root].most_common(1)[0][0] for root in ranked]

    return best(shared), best(mine), best(theirs)
