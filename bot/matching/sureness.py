"""Why the bot is sure of a match or not, as one sentence for the people who write its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.matching.ranking import RULE_AHEAD
from bot.model import Candidate, Match, Reason, Thresholds
from bot.rules.rules import Fired
from bot.text.vectors import word_vectors

# Words of no more letters are left out of a sentence that has others.
SMALL = 3
# In log odds: what counts against a candidate from here on is worth telling.
WORTH = 0.3
# A rival is near when it has at least this share of the best one's confidence.
NEAR = 0.6
# ... and none that is less likely than this.
UNLIKELY = 0.1
# The nearest example is far when it is less alike than this.
FAR = 0.4
# ... and where likeness is by words alone, which have less in common.
FAR_BY_WORDS = 0.35


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentence is made of.

    `fired` are the rules, the one that goes first at the start; `likeness` is how alike the nearest example
    is, 0 to 1; `exact` is the intent that has the message as an example, word for word; `unknown` are the
    words, as they are shown, that the content does not have.
    """

    match: Match
    fired: Sequence[Fired]
    likeness: float
    exact: str | None
    unknown: Sequence[str]


def because(told: Told, thresholds: Thresholds) -> str:
    """Why it is sure enough to answer, or why it is not and what would help."""
    best = told.match.best
    if best is None:
        return "Why not sure: no word of this message is in the content, and no rule fired."
    if best.confidence >= thresholds.answer:
        return f"Why sure: {_sure(told, best)}."
    return f"Why not sure: {'; '.join(_doubts(told, best))}."


def _sure(told: Told, best: Candidate) -> str:
    ahead = [hit for hit in told.fired if hit.intent == best.intent and hit.strength >= RULE_AHEAD]
    if best.rule != "examples" and ahead:
        return f"a rule of {best.intent} fired, and rules go ahead of examples{_behind(told, best)}"
    if told.exact == best.intent:
        return f"it is an example of {best.intent}, word for word"
    said = _by_examples(best)
    second = told.match.candidates[1] if len(told.match.candidates) > 1 else None
    if second and second.confidence >= NEAR * best.confidence:
        return f"{said}; but {second.intent} is nearly as likely ({second.confidence:.0%})"
    return said


def _by_examples(best: Candidate) -> str:
    """What the examples have that the message has: its words or, where that tells more, its meaning."""
    meant = _reason(best, "meaning")
    by_words = sum(reason.score for reason in best.reasons if reason.kind in {"words", "nearest"})
    if meant and meant.score > by_words:
        example = meant.text.partition(": ")[2]
        return f"it means what {example} means, an example of {best.intent}"
    return f"its words are those of the examples of {best.intent}"


def _behind(told: Told, best: Candidate) -> str:
    """Who would have gone first without the rule: another rule, or what the examples say."""
    others = [hit.intent for hit in told.fired if hit.intent != best.intent and hit.strength >= RULE_AHEAD]
    if others:
        return f"; one of {others[0]} fired too and comes second"
    held = [one for one in told.match.candidates[1:] if _reason(one, "rule", " fired")]
    if not held:
        return ""
    return f"; by the examples alone it would be {max(held, key=_without_rules).intent}"


def _without_rules(candidate: Candidate) -> float:
    return sum(reason.score for reason in candidate.reasons if reason.kind != "rule")


def _doubts(told: Told, best: Candidate) -> list[str]:
    found = [*_words(told, best), *_rivals(told, best)]
    if told.likeness < (FAR if word_vectors(told.match.language) else FAR_BY_WORDS):
        found.append(f"no example is near (the nearest is {told.likeness:.0%} alike)")
    if best.rule != "examples":
        found.append("the rule that fired is a weak one")
    return found or ["its words speak for no intent clearly enough"]


def _words(told: Told, best: Candidate) -> Iterator[str]:
    """Words that nothing in the content has, and those that only the best intent lacks."""
    reason = _reason(best, "unknown")
    if reason is None or reason.score > -WORTH:
        return
    if any(_telling(word) for word in told.unknown):
        yield f"the content does not know {_listed(told.unknown)}"
    lacking = [word for word in reason.text.partition(": ")[2].split(", ") if word not in told.unknown]
    if any(_telling(word) for word in lacking):
        yield f"no example of {best.intent} has {_listed(lacking)}"


def _rivals(told: Told, best: Candidate) -> Iterator[str]:
    reason = _reason(best, "rival")
    if reason and reason.score < WORTH and reason.text.endswith("out of scope"):
        yield f"it is {'nearer' if reason.score < 0 else 'nearly as near'} to what you listed as out of scope"
    least = max(NEAR * best.confidence, UNLIKELY)
    near = [one for one in told.match.candidates[1:] if one.confidence >= least][:2]
    if near:
        names = " and ".join(f"{one.intent} ({one.confidence:.0%})" for one in near)
        yield f"{names} {'is' if len(near) == 1 else 'are'} nearly as likely"


def _reason(candidate: Candidate, kind: str, ends: str = "") -> Reason | None:
    """The first reason of a kind, whose text ends like this."""
    return next((one for one in candidate.reasons if one.kind == kind and one.text.endswith(ends)), None)


def _telling(word: str) -> bool:
    """Whether a word says something, as numbers, codes and signs do not."""
    return any(letter.isalpha() for letter in word) and not any(letter.isdigit() for letter in word)


def _listed(words: Sequence[str]) -> str:
    """The first few words, small ones only if there are no others."""
    telling = [word for word in words if len(word) > SMALL] or words
    quoted = [f'"{word}"' for word in telling if _telling(word)][:4]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
