"""Doubts about groups of synonyms: those that say nothing, and those that say more than they seem to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.doubts.doubts import Doubt, Subject, one_line
from bot.doubts.firings import Firings
from bot.text.synonyms import as_stems

Group = tuple[str, ...]

# A word that the examples of so large a share of the intents have tells none of them from the others.
EVERYWHERE = 0.7
# In content of fewer intents any word soon stands in most of them.
FEWEST = 10


def alike(firings: Firings) -> Iterator[Doubt]:
    """All doubts about the groups of one language."""
    yield from _idle(firings)
    yield from _joined(firings)
    yield from _everywhere(firings)


def _idle(firings: Firings) -> Iterator[Doubt]:
    """Groups whose members are forms of one word."""
    for group in firings.synonyms:
        one = {(as_stems(text, firings.language), firings.alternatives.member(text)) for text in group}
        if len(one) == 1:
            message = f"`{one_line(group)}` are forms of one word, which count as one without being listed"
            hint = "add another word that means the same, or remove the group"
            yield Doubt(_subject(group, firings), "synonyms_idle", message, hint)


def _joined(firings: Firings) -> Iterator[Doubt]:
    """Groups that are one with an earlier one because they share a member."""
    owners: dict[str, Group] = {}
    for group in firings.synonyms:
        # A number or a code has no stems, and joins nothing but keywords.
        members = {one: text for text in group if (one := as_stems(text, firings.language))}
        for other, text in {owners[one]: text for one, text in members.items() if one in owners}.items():
            message = f"`{text}` is in `{one_line(other)}` too, so all words of both groups count as one"
            hint = "write them as one group if that is meant; otherwise take the word out of one of them"
            yield Doubt(_subject(group, firings), "synonyms_joined", message, hint, sure=False)
        for one in members:
            owners.setdefault(one, group)


def _everywhere(firings: Firings) -> Iterator[Doubt]:
    """Groups with a word that most intents use, which then counts as the others wherever it stands."""
    said = {(one.intent, word.stem) for one in firings.examples if one.intent for word in one.heard}
    uses = Counter(root for _, root in said)
    intents = len({intent for intent, _ in said})
    for group in firings.synonyms if intents >= FEWEST else ():
        for text in group:
            often = uses[as_stems(text, firings.language)]
            if often > EVERYWHERE * intents:
                message = (
                    f"`{text}` is in the examples of {often} of {intents} intents, "
                    f"and counts as `{_other(group, text)}` in all of them"
                )
                hint = "leave it out, or write the phrase that you mean"
                yield Doubt(_subject(group, firings), "synonyms_everywhere", message, hint, sure=False)


def _other(group: Group, text: str) -> str:
    return next(one for one in group if one != text)


def _subject(group: Sequence[str], firings: Firings) -> Subject:
    return Subject(None, "synonyms", firings.language, text=one_line(group))
