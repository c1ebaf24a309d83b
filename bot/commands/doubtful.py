"""What `frontdesk check` says of examples and rules as the matcher takes them: doubts with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from bot.content.places import Places
from bot.content.snapshot import Content
from bot.doubts.alike import alike
from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Firings
from bot.doubts.idle import contradictory, idle
from bot.doubts.thefts import thefts
from bot.errors import Problem
from bot.model import Language
from bot.yamltree import Place

# Steps that are told of, per language.
STEPS = 100


def doubtful(
    content: Content,
    sources: Mapping[str, str],
    deep: bool,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """The doubts about content that has no errors; `deep` are those that need models fitted.

    `sources` are the files that it was read from. `on_progress` is told `(done, total)` steps.
    """
    everywhere = {language: Firings(content.taught, language) for language in content.languages}
    doubts = [
        doubt
        for firings in everywhere.values()
        for doubt in (*contradictory(firings), *thefts(firings), *alike(firings))
    ]
    if deep:
        doubts += _deeper(content, everywhere, on_progress)
    if not doubts:
        return []
    places = Places(sources, content.default_language)
    return [_problem(doubt, _place(doubt.subject, places)) for doubt in doubts]


def _deeper(
    content: Content,
    everywhere: Mapping[Language, Firings],
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[Doubt]:
    """The doubts that need models, fitted here; these imports cost more than the rest of the command."""
    from bot.doubts.confused import confused
    from bot.doubts.held_out import judge_held_out
    from bot.doubts.misplaced import foreign, misplaced, repeated, too_few
    from bot.fitting.fit import requested

    yield from foreign(everywhere)
    fitted = requested(content.taught)
    for place, (language, lesson) in enumerate(fitted.items()):
        firings = everywhere[language]
        yield from repeated(firings)
        yield from too_few(firings)
        yield from idle(firings)
        verdicts = judge_held_out(lesson, language, partial(_tell, on_progress, place, len(fitted)))
        yield from misplaced(firings, verdicts)
        yield from confused(firings, verdicts)


def _tell(on_progress: Callable[[int, int], None] | None, place: int, count: int, share: float) -> None:
    if on_progress:
        on_progress(int(STEPS * (place + share)), STEPS * count)


def _place(subject: Subject, places: Places) -> Place:
    if subject.kind == "example":
        return places.example(subject.intent, subject.language, subject.text)
    if subject.kind == "synonyms":
        return places.synonyms(subject.language, subject.text)
    assert subject.intent is not None
    if subject.kind == "intent":
        return places.intent(subject.intent)
    return places.rule(subject.intent, subject.kind, subject.language, subject.number)


def _problem(doubt: Doubt, place: Place) -> Problem:
    return place.problem(doubt.code, doubt.message, doubt.hint, "warning" if doubt.sure else "note")
