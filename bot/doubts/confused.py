"""Intents that cannot be told apart: the examples of each are taken for the other's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Firings
from bot.doubts.held_out import Verdict
from bot.model import Language
from bot.text.rules import lower
from bot.text.stems import stem
from bot.text.tokens import tokenize

# A pair is confused when this share of the examples of each, and this many, are taken for the other's.
SHARE = 0.15
LEAST = 2
WORDS = 4


def confused(firings: Firings, verdicts: Sequence[Verdict]) -> Iterator[Doubt]:
    """A doubt for every confused pair, with the words that both use and those that tell them apart."""
    count = Counter(one.intent for one in verdicts)
    taken = Counter((one.intent, one.claimed) for one in verdicts)
    telling = _Telling(verdicts, firings.language)
    pairs = sorted((one, other) for one, other in taken if one is not None and one < other)
    for one, other in pairs:
        there, back = taken[one, other], taken[other, one]
        if min(there, back) < LEAST:
            continue
        if there >= SHARE * count[one] and back >= SHARE * count[other]:
            pair = _Pair(one, other, there / count[one], back / count[other])
            yield _doubt(firings.language, telling, pair)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two intents and the shares of their examples that are taken for the other's."""

    one: str
    other: str
    there: float
    back: float


def _doubt(language: Language, telling: _Telling, pair: _Pair) -> Doubt:
    both, first, second = telling.words(pair)
    message = (
        f"`{pair.one}` and `{pair.other}` are hard to tell apart: {pair.there:.0%} of the examples of the"
        f" first are taken for the second's, {pair.back:.0%} the other way"
    )
    said = [f"both say {', '.join(both)}"] if both else []
    for name, words in ((pair.one, first), (pair.other, second)):
        if words:
            said.append(f"only `{name}` {', '.join(words)}")
    hint = "join them, or write examples whose words tell them apart"
    hint += f" ({'; '.join(said)})" if said else ""
    return Doubt(Subject(pair.one, "intent", language), "intents_alike", message, hint, sure=False)


class _Telling:
    """Which words intents use: to tell what two of them share, and what tells them apart."""

    def __init__(self, verdicts: Sequence[Verdict], language: Language) -> None:
        self._uses: dict[str | None, Counter[str]] = {}
        self._forms: dict[str, Counter[str]] = {}
        self._everywhere: Counter[str] = Counter()
        for one in verdicts:
            words = [token for token in tokenize(one.text, language) if token.word.isalpha()]
            roots = {stem(token.word, language): lower(token.original, language) for token in words}
            self._uses.setdefault(one.intent, Counter()).update(roots.keys())
            self._everywhere.update(roots.keys())
            for root, word in roots.items():
                self._forms.setdefault(root, Counter())[word] += 1

    def words(self, pair: _Pair) -> tuple[list[str], list[str], list[str]]:
        """The usual words of both, of the first alone and of the second alone; rare elsewhere comes first."""
        here, there = self._uses[pair.one], self._uses[pair.other]
        shared = {root: min(here[root], there[root]) for root in here}
        return self._best(shared), self._best(here, without=there), self._best(there, without=here)

    def _best(self, counts: Mapping[str, int], without: Mapping[str, int] | None = None) -> list[str]:
        usual = [root for root, count in counts.items() if count > 1 and not (without and without.get(root))]
        usual.sort(key=lambda root: (-(counts[root] ** 2) / self._everywhere[root], root))
        return [self._forms[root].most_common(1)[0][0] for root in usual[:WORDS]]
