"""What `frontdesk check` says of examples and rules as the matcher takes them: doubts with their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.content.places import Places
from bot.content.snapshot import Content
from bot.errors import Problem
from bot.matching.doubts import Doubt, Subject
from bot.matching.firings import Firings
from bot.matching.thefts import thefts
from bot.model import Thresholds
from bot.yamlfile import Place


def doubtful(
    content: Content,
    sources: Mapping[str, str],
    thresholds: Thresholds,
    deep: bool,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """The doubts about content that has no errors; `deep` are those that need models fitted.

    `sources` are the files that it was read from. `on_progress` is told `(done, total)` steps.
    """
    doubts: list[Doubt] = []
    for language in content.languages:
        firings = Firings(content.intents, content.out_of_scope, language)
        doubts += thefts(firings)
    if not doubts:
        return []
    places = Places(sources, content.default_language)
    return [_problem(doubt, _place(doubt.subject, places)) for doubt in doubts]


def _place(subject: Subject, places: Places) -> Place:
    if subject.kind == "example":
        return places.example(subject.intent, subject.language, subject.text)
    assert subject.intent is not None
    if subject.kind == "intent":
        return places.intent(subject.intent)
    return places.rule(subject.intent, subject.kind, subject.language, subject.number)


def _problem(doubt: Doubt, place: Place) -> Problem:
    return place.problem(doubt.code, doubt.message, doubt.hint, "warning" if doubt.sure else "note")
