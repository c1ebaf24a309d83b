"""Fitting: examples in, arrays out.

Run as `python -m bot.fitting.training INPUT OUTPUT` it is the child process of `fit`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock

from bot.fitting.arrays import parse_request, wants_semantic, write_models
from bot.fitting.calibration import Fold, ask_folds, learn_head
from bot.fitting.fitted import fitted
from bot.fitting.labelled import Lesson, labelled
from bot.fitting.meanings import Rehearsal
from bot.matching.confidence import DEFAULT, Head
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import LanguageModel
from bot.spelling.general import general_words
from bot.text.plain import plainness

# The share of the work that the folds are.
CALIBRATING = 0.5
# ... and before that, where there is a second opinion: for what is new to it, nearly all.
EMBEDDING = 0.7
# Steps that are told of, per language.
STEPS = 100
# Most of a fit is in C, where threads run side by side.
THREADS = 2


def fit_language(
    lesson: Lesson,
    language: str,
    on_step: Callable[[float], None] | None = None,
    second: Rehearsal | None = None,
) -> LanguageModel:
    """Fit one language.

    `on_step` is told now and then the share of the work that is done, 0 to 1. `second` adds the
    second opinion.
    """
    tell = on_step or _nobody
    _read_tables(language)
    data = labelled(lesson, language)
    if second:
        second.learn(data, lambda share: tell(EMBEDDING * share))
        tell = partial(_rest, tell)
    parts = _Parts(tell)
    with ThreadPoolExecutor(THREADS) as pool:
        last = pool.submit(fitted, data, lesson.extra, language, Head(DEFAULT), parts.last)
        folds = ask_folds(data, language, pool, parts.folds)
        shown = OUT_OF_SCOPE in data.intents
        head = learn_head(_rehearsed(folds, second) if second else folds, shown, language)
        model = replace(last.result(), head=head)
    return second.finished(model, data) if second else model


def _read_tables(language: str) -> None:
    """Read word lists and vectors before threads start, or each would read them for itself."""
    plainness("", language)
    general_words(language)


def _nobody(share: float) -> None:
    pass


def _rest(tell: Callable[[float], None], share: float) -> None:
    tell(EMBEDDING + (1 - EMBEDDING) * share)


class _Parts:
    """Tells of the whole when the folds and the last fit tell of themselves, side by side."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._folds = self._last = 0.0

    def folds(self, share: float) -> None:
        self._folds = share
        self._say()

    def last(self, share: float) -> None:
        self._last = share
        self._say()

    def _say(self) -> None:
        self._tell(CALIBRATING * self._folds + (1 - CALIBRATING) * self._last)


def _rehearsed(folds: Iterable[Fold], second: Rehearsal) -> Iterator[Fold]:
    """The folds, after the second opinion was asked about each."""
    for fold in folds:
        second.ask(fold)
        yield fold


def fit_request(
    request: bytes, folder: Path | None = None, on_step: Callable[[int, float], None] | None = None
) -> dict[str, LanguageModel]:
    """The models of every language of a request; `on_step` is told the place of the language and its share.

    `folder` keeps the vectors of the second opinion from one fit to the next.
    """
    tell = on_step or (lambda place, share: None)
    semantic = wants_semantic(request)
    models = {}
    for place, (language, lesson) in enumerate(parse_request(request)):
        second = Rehearsal(language, folder) if language in semantic else None
        models[language] = fit_language(lesson, language, partial(tell, place), second)
        tell(place, 1.0)
    return models


def main(arguments: Sequence[str]) -> None:
    """Read what to fit from one file, write arrays to another; print `done total` as it goes on."""
    source, target = (Path(name) for name in arguments)
    request = source.read_bytes()
    steps = _Steps(STEPS * len(list(parse_request(request))))
    try:
        write_models(target, fit_request(request, target.parent, steps.at))
    except OSError as error:
        sys.exit(f"{target.parent} cannot be written: {error.strerror}")


class _Steps:
    """Says on standard output how far the work is, each time that it has gone a step further."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._said = 0
        # Folds are fitted side by side, and a step back would be no progress.
        self._lock = Lock()

    def at(self, place: int, share: float) -> None:
        done = int(STEPS * (place + share))
        with self._lock:
            if done > self._said:
                self._said = done
                sys.stdout.write(f"{done} {self._total}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    # This process soon ends: what little garbage there is in circles is not worth looking for.
    gc.disable()
    main(sys.argv[1:])
