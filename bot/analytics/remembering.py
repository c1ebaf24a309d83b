"""A matcher that remembers: what customers write repeats, and each message is judged by two contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge
from bot.model import Language, Match, Matcher, Thresholds

# So many matches are kept, then all are forgotten.
KEPT = 20_000


def remembering(before: Knowledge, after: Knowledge) -> tuple[Knowledge, Knowledge]:
    """Both with matchers that remember; the same one, if both understand alike."""
    first = Remembering(before.matcher, before.thresholds)
    if understand_alike(before.content, after.content) and before.thresholds == after.thresholds:
        return replace(before, matcher=first), replace(after, matcher=first)
    return replace(before, matcher=first), replace(
        after, matcher=Remembering(after.matcher, after.thresholds)
    )


def understand_alike(before: Content, after: Content) -> bool:
    """Whether the edit is one of answers only, so that every message means what it meant."""
    return before.taught == after.taught


class Remembering:
    """A matcher in front of another. Candidates that lead nowhere are left out, and so are the reasons."""

    def __init__(self, matcher: Matcher, thresholds: Thresholds) -> None:
        self._matcher = matcher
        # The ladder looks at no candidate that is less sure than half of what is worth asking about.
        self._least = thresholds.suggest / 2
        self._matches: dict[tuple[str, Language], Match] = {}
        self._closest: dict[tuple[str, tuple[tuple[str, str], ...], Language], str | None] = {}

    def match(self, text: str, language: Language) -> Match:
        """What the other matcher says of its likely candidates."""
        key = (text, language)
        found = self._matches.get(key)
        if found is None:
            if len(self._matches) >= KEPT:
                self._matches.clear()
            found = self._matches[key] = self._slim(self._matcher.match(text, language))
        return found

    def closest(self, text: str, options: Mapping[str, str], language: Language) -> str | None:
        """What the other matcher says."""
        key = (text, tuple(options.items()), language)
        if key not in self._closest:
            if len(self._closest) >= KEPT:
                self._closest.clear()
            self._closest[key] = self._matcher.closest(text, options, language)
        return self._closest[key]

    def _slim(self, match: Match) -> Match:
        worth = [one for one in match.candidates if one.confidence >= self._least] or match.candidates[:1]
        return replace(match, candidates=tuple(replace(one, why=tuple) for one in worth))
