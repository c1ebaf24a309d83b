"""Fitting from outside: a child process does the work, and its arrays are kept by the hash of what was
fitted.

A second start with the same content loads the arrays and fits nothing. Those of the newest few contents are
kept.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from bot.errors import FrontdeskError
from bot.fitting.arrays import (
    ArraysUnreadable,
    Request,
    forget_older,
    heard_in,
    read_models,
    request_bytes,
    request_key,
)
from bot.fitting.labelled import Lesson, Pair
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import LanguageModel
from bot.matching.matcher import ContentMatcher
from bot.matching.sentence_models import embedder
from bot.model import Intent, Language, Taught
from bot.rules.patterns import words_of
from bot.spelling.general import general_words
from bot.text.language import prepare
from bot.text.plain import plainness
from bot.text.synonyms import groups

# With more examples than this the name of an intent teaches nothing (measured: +1.5 points at 10, -0.4 at
# 130).
FEW = 20

# Many small products of vectors: threads of the linear algebra library would only get in each other's way.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

Progress = Callable[[int, int], None]


class FitFailed(FrontdeskError):
    """The matcher could not be fitted to the content."""

    code = "fit_failed"


async def fit(
    taught: Taught,
    cache: Path | None = None,
    on_progress: Progress | None = None,
    semantic: Collection[Language] = (),
) -> ContentMatcher:
    """A matcher for what it is taught, fitted in a child process or read from `cache` (a folder, made if
    missing).

    `on_progress` is told `(done, total)` steps.
    `semantic` adds the second opinion in these languages. Raises `FitFailed` when the child process fails,
    `SemanticMissing` when the second opinion is not installed.
    """

    def asked() -> bytes:
        request = requested(taught)
        for language in heard_in(request, semantic):
            # Here, so that the first customer does not wait for it, and one who lacks it hears of it at once.
            embedder(language)
        return request_bytes(request, semantic)

    # In a thread whatever takes long: large content takes a while to sort, and rules may need spaCy.
    request = await asyncio.to_thread(asked)
    begun = asyncio.Event()
    models, _ = await asyncio.gather(
        _models(request, cache, on_progress, begun), _prepare(taught.languages, begun)
    )
    return await asyncio.to_thread(ContentMatcher, taught, models)


def fit_here(taught: Taught, semantic: Collection[Language] = ()) -> ContentMatcher:
    """The same matcher fitted in this process; for benchmarks and tests."""
    from bot.fitting.training import fit_request

    request = request_bytes(requested(taught), semantic)
    return ContentMatcher(taught, fit_request(request))


def requested(taught: Taught) -> Request:
    """What is to be fitted for each language."""
    request: dict[str, Lesson] = {}
    for language in taught.languages:
        pairs = [(OUT_OF_SCOPE, text) for text in taught.out_of_scope.get(language, ())]
        alike = taught.synonyms.get(language, ())
        extra = [word for group in alike for word in group]
        names: list[Pair] = []
        for intent in taught.intents.values():
            pairs += [(intent.name, text) for text in intent.examples.get(language, ())]
            names += [(intent.name, text) for text in _names(intent, language)]
            for rule in intent.keywords.get(language, ()):
                extra += [word for group in (*rule.all, *rule.any, *rule.none) for word in group]
            for pattern in intent.patterns.get(language, ()):
                extra += words_of(pattern)
        if pairs or extra:
            request[language] = Lesson(pairs, extra, groups(alike, language), names)
    return request


def _names(intent: Intent, language: str) -> list[str]:
    """What an intent is called, as further examples: its title, and its own name while examples are few."""
    examples = intent.examples.get(language, ())
    if not examples:
        return []
    names = [intent.title[language]] if language in intent.title else []
    if language == "en" and len(examples) <= FEW:
        names.append(intent.name.replace("_", " ").replace("/", " "))
    return names


async def _prepare(languages: Sequence[str], begun: asyncio.Event) -> None:
    """Load what judging needs besides the models, while the child process works: it is not kept waiting."""
    await begun.wait()
    await asyncio.to_thread(_load, languages)


def _load(languages: Sequence[str]) -> None:
    """Load word lists and what tells languages apart, so that no customer waits for them."""
    prepare(languages)
    for language in languages:
        plainness("", language)
        general_words(language)


async def _models(
    request: bytes, cache: Path | None, on_progress: Progress | None, begun: asyncio.Event
) -> dict[str, LanguageModel]:
    try:
        if cache is not None:
            return await _fitted(request, cache, on_progress, begun)
        with tempfile.TemporaryDirectory() as folder:
            return await _fitted(request, Path(folder), on_progress, begun)
    finally:
        begun.set()


async def _fitted(
    request: bytes, folder: Path, on_progress: Progress | None, begun: asyncio.Event
) -> dict[str, LanguageModel]:
    target = folder / f"{request_key(request)}.npz"
    if await asyncio.to_thread(target.is_file):
        begun.set()
        try:
            return await asyncio.to_thread(read_models, target)
        except ArraysUnreadable:
            pass  # damaged on disk: fit it again, over the damaged file
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        await _child(request, target, on_progress, begun)
    except OSError as error:
        raise FitFailed(f"Fitting the matcher failed: {error.filename}: {error.strerror}") from error
    await asyncio.to_thread(forget_older, folder, target)
    return await asyncio.to_thread(read_models, target)


async def _child(request: bytes, target: Path, on_progress: Progress | None, begun: asyncio.Event) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "request.json"
        await asyncio.to_thread(source.write_bytes, request)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.fitting.training", str(source), str(target),
            env={**os.environ, **_ONE_THREAD},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        begun.set()
        try:
            errors = asyncio.ensure_future(_all(child.stderr))
            assert child.stdout is not None
            async for line in child.stdout:
                done, total = (int(part) for part in line.split())
                if on_progress:
                    on_progress(done, total)
            status = await child.wait()
            said = (await errors).decode("utf-8", "replace").strip()
        except BaseException:
            if child.returncode is None:
                child.kill()
                await child.wait()
            raise
    if status != 0 or not await asyncio.to_thread(target.is_file):
        why = said.splitlines()[-1] if said else f"it ended with status {status}"
        raise FitFailed(f"Fitting the matcher failed: {why}")


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream else b""
