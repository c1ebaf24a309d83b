"""The matcher of one content: rules first, examples second, one explanation for both.

`ranking.py` says who goes first. A candidate's score is the sum of its reasons, in log odds; its confidence
is `1 / (1 + exp(-score))`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.matching.closest import closest
from bot.matching.confidence import log_odds
from bot.matching.features import Vector
from bot.matching.hearing import Hearing
from bot.matching.language_model import Judged, LanguageModel
from bot.matching.ranking import Scored, ranked
from bot.matching.reasons import example_reasons
from bot.model import Language, Match, Reason, Taught
from bot.rules.keywords import hear
from bot.rules.rules import Rules
from bot.spelling.typos import as_typed, read_words
from bot.text.language import foreign_words, identify
from bot.text.layouts import Laid, by_keys
from bot.text.synonyms import Synonyms
from bot.text.tokens import tokenize

# How sure an example makes that fits word for word.
EXACT = 0.97
# No other language is tried when the first is so sure. Below, the one that the text looks like is, and every
# one when the first is unsure; another overrules the first only when it is sure itself.
SURE_ALONE, SURE, UNSURE = 0.8, 0.6, 0.4


class ContentMatcher:
    """Implements `model.Matcher` for one content. Immutable; safe to share between threads."""

    def __init__(self, taught: Taught, models: Mapping[str, LanguageModel]) -> None:
        languages = taught.languages
        self._roles = {intent.name: intent.role for intent in taught.intents.values()}
        self._models = {language: models[language] for language in languages if language in models}
        self._default = languages[0] if languages else "en"
        self._languages = tuple(languages) or (self._default,)
        ordered = dict(sorted(taught.intents.items()))
        written = {language: taught.synonyms.get(language, ()) for language in self._languages}
        self._rules = {language: Rules(ordered, language, alike) for language, alike in written.items()}
        self._written, self._synonyms = written, dict[str, Synonyms]()

    def match(self, text: str, language: Language) -> Match:
        """Rank the intents for `text`, in the conversation's language, or in one that fits the text far
        better.

        Any text will do: what has no words has no candidates.
        """
        own = language if language in self._languages else ""
        if len(self._languages) == 1:
            return self._match_in(text, self._default)
        guess = None if own else identify(text, self._languages)
        match = self._match_in(text, own or guess or self._default)
        best = _sureness(match)
        if best < SURE_ALONE:
            guess = guess or identify(text, self._languages)
            for other in self._others(match.language, guess, best):
                found = self._match_in(text, other)
                if _sureness(found) >= SURE and _sureness(found) > best:
                    match, best = found, _sureness(found)
        return match

    def _others(self, first: Language, guess: Language | None, best: float) -> list[Language]:
        """The languages to try next: the one the text looks like, and all when nothing fits in the first."""
        others = sorted((one for one in self._languages if one != first), key=lambda one: one != guess)
        return others if best < UNSURE else [one for one in others if one == guess]

    def closest(self, text: str, options: Mapping[str, str], language: Language) -> str | None:
        """The key of the option whose title `text` means: typed, misspelt, shortened, or by its number."""
        return closest(text, options, language)

    def model(self, language: Language) -> LanguageModel | None:
        """What messages in a language are judged by; a language without examples by the default's."""
        return self._models.get(language) or self._models.get(self._default)

    def rules(self, language: Language) -> Rules:
        """The rules of a configured language."""
        return self._rules[language]

    def synonyms(self, language: Language) -> Synonyms:
        """What means the same in a configured language, made when first asked for: only explanations ask."""
        found = self._synonyms.get(language)
        if found is None:
            found = self._synonyms[language] = Synonyms(self._written[language], language)
        return found

    def read(self, text: str, language: Language) -> Hearing:
        """A message as it is read in a configured language, before anything is judged."""
        model = self.model(language)
        laid = by_keys(text, language, self._languages, model.knows) if model else Laid(text)
        tokens = tokenize(laid.text, language)
        typed = [token.word for token in tokens]
        if model and model.segments:
            tokens, typed = model.segments.read(tokens)
        foreign = foreign_words(typed, language, model.knows) if model else ()
        readings = model.corrector.correct(typed, foreign) if model else as_typed(typed)
        heard = hear(readings, tokens, language, model.knows if model else lambda word: False)
        return Hearing(laid, tokens, readings, heard, model.written if model else str)

    def _match_in(self, text: str, language: str) -> Match:
        model, said = self.model(language), self.read(text, language)
        typed, text = text, said.laid.text
        judged = _by_examples(model, said) if model else []
        read_as = said.read_as()
        fired = self.rules(language).fired(text, said.heard, read_as)
        candidates = tuple(one.candidate() for one in ranked(fired, judged, self._roles))
        return Match(typed, language, read_as, candidates, said.corrections())


def _sureness(match: Match) -> float:
    return match.best.confidence if match.best else 0.0


def _by_examples(model: LanguageModel, said: Hearing) -> list[Scored]:
    """What the examples say, best first."""
    words = read_words(said.readings)
    judged, vector = model.judge(words, said.shown)
    found = [_scored(model, one, words, vector, said) for one in judged]
    found.sort(key=lambda one: (-one.score, one.intent))
    return _exactly(model, words, found)


def _scored(
    model: LanguageModel, judged: Judged, words: Sequence[str], vector: Vector, said: Hearing
) -> Scored:
    def why() -> tuple[Reason, ...]:
        return example_reasons(model, judged, words, vector, said.shown())

    return Scored(model.examples.intents[judged.intent], "examples", model.score(judged), why)


def _exactly(model: LanguageModel, words: Sequence[str], found: list[Scored]) -> list[Scored]:
    """A message that is an example word for word is that intent, as far as examples can say."""
    hit = model.examples.exact(words)
    if hit is None:
        return found
    name, row = model.examples.intents[hit[0]], hit[1]
    text = model.examples.texts[row] if row >= 0 else " ".join(words)
    first = next((one for one in found if one.intent == name), Scored(name, "examples", 0.0, tuple))
    missing = log_odds(EXACT) - first.score
    if missing > 0:
        first = first.with_reason(Reason("nearest", f'exactly the example "{text}"', missing))
    rest = [one.held_below(first, "an example fits word for word") for one in found if one.intent != name]
    return [first, *rest]
