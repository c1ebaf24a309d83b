"""The matcher of one content: rules first, examples second, one explanation for both.

Order of the candidates: fired rules of emergency intents, then of intents that ask for a person, then other
fired rules by strength, then what the examples say. A candidate's score is the sum of its reasons, in log
odds; its confidence is `1 / (1 + exp(-score))`. Scores never rise down the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.matching.closest import closest
from bot.matching.confidence import log_odds, probability
from bot.matching.keywords import Fired, Rules, hear
from bot.matching.language_model import LanguageModel
from bot.matching.reasons import example_reasons
from bot.matching.typos import Reading, as_typed, read_words
from bot.model import Candidate, Correction, Intent, Language, Match, Reason
from bot.text.language import identify
from bot.text.tokens import Token, tokenize

# A rule this strong or stronger goes ahead of examples, whatever they say; a weaker one competes by its
# confidence.
RULE_AHEAD = 0.5
# How far below a fired rule everything after it stays, in log odds.
BEHIND_RULE = 0.2
EXACT = 0.97
# Another language overrules the conversation's only when that one is unsure and the other is sure.
UNSURE, SURE = 0.4, 0.6
_FIRST_ROLES = {"emergency": 0, "human": 1}


class ContentMatcher:
    """Implements `model.Matcher` for one content. Immutable; safe to share between threads."""

    def __init__(
        self, intents: Mapping[str, Intent], models: Mapping[str, LanguageModel], languages: Sequence[str]
    ) -> None:
        self._roles = {intent.name: intent.role for intent in intents.values()}
        self._models = {language: models[language] for language in languages if language in models}
        self._default = languages[0] if languages else "en"
        self._languages = tuple(languages) or (self._default,)
        ordered = dict(sorted(intents.items()))
        self._rules = {language: Rules(ordered, language) for language in self._languages}

    def match(self, text: str, language: Language) -> Match:
        """Rank the intents for `text`, in the conversation's language, or in one that fits the text far
        better.

        Any text will do: what has no words has no candidates.
        """
        own = language if language in self._languages else ""
        guess = identify(text, self._languages) if len(self._languages) > 1 else None
        first = own or guess or self._default
        match = self._match_in(text, first)
        best = match.best.confidence if match.best else 0.0
        if best < UNSURE and len(self._languages) > 1:
            others = [other for other in self._languages if other != first]
            tried = [
                self._match_in(text, other) for other in sorted(others, key=lambda other: other != guess)
            ]
            for other in tried:
                if other.best and other.best.confidence >= SURE and other.best.confidence > best:
                    match, best = other, other.best.confidence
        return match

    def closest(self, text: str, options: Mapping[str, str], language: Language) -> str | None:
        """The key of the option whose title `text` means: typed, misspelt, shortened, or by its number."""
        return closest(text, options, language)

    def _match_in(self, text: str, language: str) -> Match:
        model = self._models.get(language) or self._models.get(self._default)
        rules = self._rules[language]
        tokens = tokenize(text, language)
        typed = [token.word for token in tokens]
        readings = model.corrector.correct(typed) if model else as_typed(typed)
        heard = hear(readings, typed, language, model.knows if model else lambda word: False)
        judged = _by_examples(model, read_words(readings)) if model else []
        candidates = _ranked(rules.fired(text, heard), judged, self._roles)
        read_as = _read_as(text, tokens, readings)
        return Match(text, language, read_as, candidates, _corrections(text, tokens, readings))


def _by_examples(model: LanguageModel, words: Sequence[str]) -> list[Candidate]:
    """The candidates of the examples, best first."""
    judged, vector = model.judge(words)
    names = model.examples.intents
    explained = example_reasons(model, judged, words, vector)
    found = [
        _candidate(names[one.intent], "examples", reasons)
        for one, reasons in zip(judged, explained, strict=True)
    ]
    found.sort(key=lambda candidate: (-candidate.confidence, candidate.intent))
    return _exactly(model, words, found)


def _exactly(model: LanguageModel, words: Sequence[str], found: list[Candidate]) -> list[Candidate]:
    """A message that is an example word for word is that intent, as far as examples can say."""
    hit = model.examples.exact(words)
    if hit is None:
        return found
    name, text = model.examples.intents[hit[0]], model.examples.texts[hit[1]]
    mine = next((one for one in found if one.intent == name), None)
    reasons = mine.reasons if mine else ()
    missing = log_odds(EXACT) - _sum(reasons)
    if missing > 0:
        reasons = (*reasons, Reason("nearest", f'exactly the example "{text}"', missing))
    first = _candidate(name, "examples", reasons)
    rest = [_held_below(one, first, "an example fits word for word") for one in found if one.intent != name]
    return [first, *rest]


def _ranked(
    fired: Sequence[Fired], examples: Sequence[Candidate], roles: Mapping[str, str | None]
) -> tuple[Candidate, ...]:
    by_intent = {candidate.intent: candidate for candidate in examples}
    ahead: list[tuple[tuple[int, float, float, str], Candidate]] = []
    for hit in fired:
        own = by_intent.pop(hit.intent, None)
        candidate = _by_rule(hit, own)
        if hit.strength < RULE_AHEAD:
            by_intent[hit.intent] = candidate
            continue
        role = _FIRST_ROLES.get(roles.get(hit.intent) or "", 2)
        ahead.append(((role, -hit.strength, -_sum(own.reasons) if own else 99.0, hit.intent), candidate))
    ranked = [candidate for _, candidate in sorted(ahead, key=lambda pair: pair[0])]
    rest = sorted(by_intent.values(), key=lambda candidate: (-candidate.confidence, candidate.intent))
    if not ranked:
        return tuple(rest)
    done = [ranked[0]]
    for candidate in ranked[1:]:
        done.append(_held_below(candidate, done[-1], f"a rule of {done[-1].intent} goes first", by=0.01))
    return (
        *done,
        *(_held_below(candidate, done[-1], f"a rule of {done[0].intent} fired") for candidate in rest),
    )


def _by_rule(hit: Fired, own: Candidate | None) -> Candidate:
    """A candidate of a fired rule: the rule's strength, and what its examples can add beyond it."""
    said = Reason("rule", f"{hit.kind}: {hit.on}", log_odds(hit.strength))
    more = _sum(own.reasons) - said.score if own else 0.0
    if own and more > 0:
        near = next((f": {reason.text}" for reason in own.reasons if reason.kind == "nearest"), "")
        return _candidate(hit.intent, hit.kind, (said, Reason("nearest", f"the examples agree{near}", more)))
    return _candidate(hit.intent, hit.kind, (said,))


def _held_below(candidate: Candidate, ahead: Candidate, why: str, by: float = BEHIND_RULE) -> Candidate:
    over = _sum(candidate.reasons) - (_sum(ahead.reasons) - by)
    if over <= 0:
        return candidate
    return _candidate(candidate.intent, candidate.rule, (*candidate.reasons, Reason("rule", why, -over)))


def _candidate(intent: str, rule: str, reasons: tuple[Reason, ...]) -> Candidate:
    return Candidate(intent, probability(_sum(reasons)), rule, reasons)


def _sum(reasons: Sequence[Reason]) -> float:
    return sum(reason.score for reason in reasons)


def _changed(tokens: Sequence[Token], readings: Sequence[Reading]) -> Iterator[tuple[int, int, str]]:
    """Where the text is read as something else: from where, to where, and as what."""
    for reading in readings:
        typed = tokens[reading.first : reading.last + 1]
        if tuple(token.word for token in typed) != reading.words:
            yield typed[0].start, typed[-1].end, " ".join(reading.words)


def _corrections(text: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> tuple[Correction, ...]:
    return tuple(Correction(text[start:end], read) for start, end, read in _changed(tokens, readings))


def _read_as(text: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> str:
    """The text with the corrected words in their places."""
    parts: list[str] = []
    at = 0
    for start, end, read in _changed(tokens, readings):
        parts += [text[at:start], read]
        at = end
    return "".join((*parts, text[at:]))
