"""Doubts about examples: nearer to another intent, in the wrong language, said twice, or too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Example, Firings
from bot.doubts.held_out import Verdict
from bot.matching.ranking import RULE_AHEAD
from bot.model import Language
from bot.text.language import identify
from bot.text.vectors import word_vectors

# An example is doubted when the model fitted without it is this sure of another intent, and this much more of
# its likeness (0 to 1) is there. Of 312 examples put into a wrong intent of the bundled packs, this finds
# 128, and of 6,500 others 65, which are right but unlike their neighbours.
SURE = 0.75
NEARER = 0.25
# ... and where likeness is by words alone, which tell less apart.
NEARER_BY_WORDS = 0.18
# What is out of scope has no likeness of its own, so it must be nearly the same.
SURE_OUTSIDE, ALIKE_OUTSIDE = 0.9, 0.6
# Fewer examples than this do not make an intent.
FEW = 5
# Shorter examples (in words) are in no language for sure.
SHORT = 3


def misplaced(firings: Firings, verdicts: Sequence[Verdict]) -> Iterator[Doubt]:
    """Examples that all but those of their own intent speak against."""
    sheltered = _sheltered(firings)
    known = {(one.intent, one.text) for one in firings.examples}
    nearer = NEARER if word_vectors(firings.language) else NEARER_BY_WORDS
    counts = {name: len(one.examples.get(firings.language, ())) for name, one in firings.intents.items()}
    for one in verdicts:
        key = (one.intent, one.text)
        if (
            key not in known
            or key in sheltered
            or not _doubted(one, nearer)
            or counts.get(one.intent or "", FEW) < FEW
        ):
            continue
        whose = f"of `{one.claimed}`" + (f', such as "{one.nearest}"' if one.nearest else "")
        sure = f"{min(one.sure, 0.99):.0%} sure without this one"
        message = f'"{one.text}" is nearer to the examples {whose} ({sure})'
        hint = f"move it to `{one.claimed}` if customers mean that; if it is right here, add more like it"
        subject = Subject(one.intent, "example", firings.language, text=one.text)
        yield Doubt(subject, "example_misplaced", message, hint, sure=False)


def _doubted(one: Verdict, nearer: float) -> bool:
    if one.right:
        return False
    if one.intent is None:
        return one.sure >= SURE_OUTSIDE and one.likeness >= ALIKE_OUTSIDE
    return one.sure >= SURE and one.likeness - one.own_likeness >= nearer


def _sheltered(firings: Firings) -> set[tuple[str | None, str]]:
    """The examples on which a rule of their own intent goes ahead: whatever is like them, they are found."""
    return {
        (example.intent, example.text)
        for firing in firings.rules
        if firing.strength >= RULE_AHEAD
        for example in firing.examples
        if example.intent == firing.rule.intent
    }


def repeated(firings: Firings) -> Iterator[Doubt]:
    """Examples under two intents that are the same words to the matcher, in other forms or signs."""
    first: dict[tuple[str, ...], Example] = {}
    for example in firings.examples:
        same = tuple(word.stem for word in example.heard if word.word not in {"?", "!"})
        other = first.setdefault(same, example)
        if same and other.intent != example.intent and not _plainly_same(other.text, example.text):
            whose = f"of `{other.intent}`" if other.intent else "out of scope"
            message = f'"{example.text}" is the same to the bot as "{other.text}", an example {whose}'
            subject = Subject(example.intent, "example", firings.language, text=example.text)
            yield Doubt(subject, "example_of_two", message, "keep the one that customers mean most often")


def _plainly_same(one: str, other: str) -> bool:
    """Whether they are equal but for capitals, spaces and signs at the ends: reading the files says so."""
    one, other = (" ".join(text.casefold().split()).strip("?!.,… ") for text in (one, other))
    return one == other


def too_few(firings: Firings) -> Iterator[Doubt]:
    """Intents whose examples are too few to be told by; those that live by rules alone are left in peace."""
    if not firings.examples:
        return
    for intent in firings.intents.values():
        count = len(intent.examples.get(firings.language, ()))
        ruled = any(kind.get(firings.language) for kind in (intent.keywords, intent.regex, intent.patterns))
        if count >= FEW or (ruled and not count):
            continue
        many = "no example" if not count else "one example" if count == 1 else f"{count} examples"
        message = f"`{intent.name}` has {many} in `{firings.language}`"
        hint = f"write at least {FEW}, each in other words; thirty make it robust"
        yield Doubt(
            Subject(intent.name, "intent", firings.language), "few_examples", message, hint, sure=False
        )


def foreign(all_firings: Mapping[Language, Firings]) -> Iterator[Doubt]:
    """Examples that look like another configured language, by their small words and by who else uses them."""
    known = {language: _stems(firings) for language, firings in all_firings.items()}
    for language, firings in all_firings.items():
        for example in firings.examples:
            said = [word for word in example.heard if word.word.isalpha()]
            guess = identify(example.text, list(all_firings)) if len(said) >= SHORT else None
            if guess is None or guess == language:
                continue
            here = sum(known[language].get(word.stem, 0) > 1 for word in said)
            there = sum(word.stem in known[guess] for word in said)
            if there > here or 2 * here < len(said):
                message = f'"{example.text}" stands under `{language}` and looks like `{guess}`'
                subject = Subject(example.intent, "example", language, text=example.text)
                yield Doubt(subject, "example_language", message, f"move it to `{guess}:`", sure=False)


def _stems(firings: Firings) -> dict[str, int]:
    counts: dict[str, int] = {}
    for example in firings.examples:
        for root in {word.stem for word in example.heard}:
            counts[root] = counts.get(root, 0) + 1
    return counts
