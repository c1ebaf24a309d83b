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
        if len({_member(text, firings) for text in group}) == 1:
            message = f"`{one_line(group)}` are forms of one word, which count as one without being listed"
            hint = "add another word that means the same, or remove the group"
            yield Doubt(_subject(group, firings), "synonyms_idle", message, hint)


def _joined(firings: Firings) -> Iterator[Doubt]:
    """Groups that are one with an earlier one because they share a member."""
    owners: dict[str, Group] = {}
    for group in firings.synonyms:
        members = {_member(text, firings): text for text in group}
        shared = next((one for one in members if one in owners), None)
        if shared is not None:
            message = (
                f"`{members[shared]}` is in `{one_line(owners[shared])}` too, "
                "so all words of both groups count as one"
            )
            hint = "write them as one group if that is meant; otherwise take the word out of one of them"
            yield Doubt(_subject(group, firings), "synonyms_joined", message, hint, sure=False)
        for member in members:
            owners.setdefault(member, group)


def _everywhere(firings: Firings) -> Iterator[Doubt]:
    """Groups with a word that most intents use, which then counts as the others wherever it stands."""
    said = {(one.intent, word.stem) for one in firings.examples for word in one.heard}
    uses = Counter(root for _, root in said)
    intents = len({one.intent for one in firings.examples})
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


def _member(text: str, firings: Firings) -> str:
    """What makes two members one; a number or a code only as it is written."""
    return as_stems(text, firings.language) or text.casefold()


def _other(group: Group, text: str) -> str:
    return next(one for one in group if one != text)


def _subject(group: Sequence[str], firings: Firings) -> Subject:
    return Subject(None, "synonyms", firings.language, text=one_line(group))
