"""All that is fitted for one language, and how it judges a message by the examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.matching.confidence import Head, measures
from bot.matching.examples import RERANKED, Examples
from bot.matching.features import Vector
from bot.matching.scoring import Column, Read, Scorer
from bot.matching.semantic import DOUBT, WIDE, Floats, Meanings, Opinion
from bot.spelling.segments import Segments, segments_of
from bot.spelling.typos import Corrector
from bot.spelling.vocabulary import Vocabulary
from bot.text.plain import Plainness, plainness
from bot.text.stems import stem
from bot.text.tokens import SIGNS, Token, tokenize

# So many examples are looked at for how a word is written.
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One intent as the examples see it: its measures, and the row of the most alike example (-1: none).

    `rival` is the column of its best rival: an intent, out of scope (behind the last intent), or -1. Where a
    second opinion was asked, its measures stand behind the others.
    """

    intent: int
    rival: int
    measures: tuple[float, ...]
    row: int
    opinion: Opinion | None = None


@dataclass(frozen=True)
class LanguageModel:
    """The vocabulary, the examples and the head of one language. Immutable, safe to share between threads.

    What judging needs besides is built when it is first asked for, or by `prepare`: a model that is only
    fitted and written needs none of it.
    """

    language: str
    vocabulary: Vocabulary
    examples: Examples
    head: Head
    meanings: Meanings | None = None

    def prepare(self) -> None:
        """Build all that judging needs, so that no message waits for it.

        Raises `ValueError` when the arrays do not fit together, or not the word vectors.
        """
        _ = self.corrector, self.scorer, self.segments, self._rarest

    @cached_property
    def corrector(self) -> Corrector:
        """Reads misspelt words."""

        def plain(word: str) -> Plainness:
            return plainness(word, self.language)

        return Corrector(self.vocabulary, plain, self.knows, self.language)

    @cached_property
    def scorer(self) -> Scorer:
        """Scores messages. Raises `ValueError` when the examples were fitted with other word vectors."""
        return Scorer(self.examples)

    @cached_property
    def segments(self) -> Segments | None:
        """Cuts runs of words again, where the language writes them without spaces."""
        return segments_of(self.vocabulary, self.language)

    @cached_property
    def _rarest(self) -> float:
        return float(self.examples.features.idf.max(initial=1.0))

    def knows(self, word: str) -> bool:
        """Whether the content uses a word, or another form of it."""
        return word in self.vocabulary or stem(word, self.language) in self.examples.features.stems

    def written(self, word: str) -> str:
        """How the examples write a word in normal form, without which *trojan* stood for *tröjan*.

        English has no such words, nor has any script but Latin; what no example has stays as it is.
        """
        if self.language == "en" or not word.isascii():
            return word
        found = [token.original for token in self._like(word) if token.word == word]
        return next((one for one in found if one.islower()), found[0] if found else word)

    def _like(self, word: str) -> Iterator[Token]:
        """The tokens of some examples that have a form of a word."""
        stem_number = self.examples.features.stems.get(stem(word, self.language), -1)
        for row in self.examples.using(stem_number, LOOKED_AT):
            yield from tokenize(self.examples.texts[row], self.language)

    def judge(
        self, words: Sequence[str], shown: Callable[[], Sequence[str]] | None = None
    ) -> tuple[list[Judged], Vector]:
        """The best intents for the words as read, best first, and the features that decided.

        Signs alone, as in *???*, say nothing. `shown` is asked for the words as people are shown them, where
        there is a doubt.
        """
        read = self.scorer.read(words)
        silent = read.empty or SIGNS.issuperset(words)
        found = [] if silent else self._by_words(self.scorer.best(read, RERANKED), read)
        if (
            self.meanings
            and words
            and not SIGNS.issuperset(words)
            and all(self.score(one) < DOUBT for one in found)
        ):
            # What the content misspells is read as the right word here too.
            right = self.examples.features.spelt(words)
            vector = self.meanings.vector(self.language, right, shown() if shown else words)
            found = self.judge_again(read, vector)
        return found, read.vector

    def judge_again(self, read: Read, vector: Floats) -> list[Judged]:
        """The best intents by the words and by what they mean together, best first: the second opinion.

        `read` are the features of the words, `vector` is what the sentence model makes of them.
        """
        assert self.meanings is not None
        meaning = self.meanings.meaning(vector)
        wide = self.scorer.best(read, min(WIDE, len(self.examples.intercepts)))
        chosen = [one for n, one in enumerate(wide) if n < RERANKED or one.column in meaning.best]
        found = []
        for one in self._by_words(chosen, read):
            opinion = meaning.of(one.intent)
            found.append(replace(one, measures=(*one.measures, *opinion.measures), opinion=opinion))
        return sorted(found, key=lambda one: (-self.score(one), one.intent))

    def head_of(self, judged: Judged) -> Head:
        """What weighs the measures of an intent."""
        return self.meanings.head if self.meanings and judged.opinion else self.head

    def score(self, judged: Judged) -> float:
        """Log odds that an intent is what the customer means."""
        return self.head_of(judged).score(judged.measures)

    def _by_words(self, best: Sequence[Column], read: Read) -> list[Judged]:
        examples = self.examples
        raw = sorted(
            ((one.says + examples.nearest * one.nearest, one) for one in best),
            key=lambda pair: (-pair[0], pair[1].column),
        )
        floor = best[-1].says if len(best) < len(examples.intercepts) else -1.0
        total, known = self._weight(read)
        found = []
        for place, (score, one) in enumerate(raw):
            rival, other = _rival(raw, place, floor)
            if one.column < len(examples.intents):
                row = measures(score, rival, one.nearest, known / total, one.used / total)
                found.append(Judged(one.column, other, row, one.row))
        return found

    def _weight(self, read: Read) -> tuple[float, float]:
        """What all words of a message weigh, those that the content lacks as rare ones, and known ones."""
        weights = self.examples.stem_weights
        inside = sum(float(weights[number]) for number in read.stems if number >= 0)
        return inside + read.strange * self._rarest or 1.0, inside


def _rival(raw: Sequence[tuple[float, Column]], place: int, floor: float) -> tuple[float, int]:
    """The best score among the others, and whose it is."""
    if place:
        return raw[0][0], raw[0][1].column
    return (raw[1][0], raw[1][1].column) if len(raw) > 1 else (floor, -1)
