"""What a peer is to a benchmark: examples and messages in, answers and times out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.lines import OUT_OF_SCOPE, Line


class Answer(NamedTuple):
    """The intent a system would answer, and how sure it is: higher is surer, in the system's own measure."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Run:
    """One answer for each message; seconds to fit, milliseconds for each message.

    `took_ms` is empty when the messages were answered in one batch. `memory_mb` is what a process of the
    peer's own held at the end, and None when the peer ran in the benchmark's process.
    """

    answers: Sequence[Answer]
    fit_s: float
    took_ms: Sequence[float] = ()
    memory_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """Where peers that are no Python packages are found; the seed that shuffles examples for those to whom
    their order matters."""

    nlpjs: Path | None = None
    rasa_python: Path | None = None
    rasa_epochs: int = 100
    seed: int = 20
    ordered: bool = False


Train = Sequence[Line]
Fitted = Callable[[Sequence[str]], list[Answer]]


@dataclass(frozen=True, slots=True)
class Peer:
    """Something one would use instead.

    `run` takes examples, messages, and whether each message is to be timed alone. `missing` says what to do
    to have the peer for a language, or None when it is there. `sure` tells that its scores are meant as
    probabilities.
    """

    name: str
    run: Callable[[Train, Sequence[str], bool, Setup], Run]
    missing: Callable[[Setup, str], str | None] = field(default=lambda setup, language: None)
    sure: bool = False


def in_process(fit: Callable[[Train], Fitted]) -> Callable[[Train, Sequence[str], bool, Setup], Run]:
    """A peer's `run` out of a function that fits in this process."""

    def run(train: Train, messages: Sequence[str], one_by_one: bool, setup: Setup) -> Run:
        began = time.perf_counter()
        answer = fit(in_scope(train))
        fitted = time.perf_counter() - began
        if not one_by_one:
            return Run(answer(messages), fitted)
        answers, took = [], []
        for message in messages:
            began = time.perf_counter()
            answers += answer([message])
            took.append((time.perf_counter() - began) * 1000)
        return Run(answers, fitted, took)

    return run


def installed(**packages: str) -> Callable[[Setup, str], str | None]:
    """A peer's `missing` for one made of Python packages: by module, the name under which pip knows it."""

    def missing(setup: Setup, language: str) -> str | None:
        lacking = [name for module, name in packages.items() if find_spec(module) is None]
        return f"pip install {' '.join(lacking)}" if lacking else None

    return missing


def in_scope(train: Train) -> list[Line]:
    """The lines that peers are fitted to: those that have an intent."""
    return [line for line in train if line.intent != OUT_OF_SCOPE]
