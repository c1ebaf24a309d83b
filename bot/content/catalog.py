"""The catalog: a folder of YAML, or its last good text, to one checked snapshot and all problems.

Nothing here raises for what the files say: `Loaded.content` is None if any problem is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import answers, files, intents, phrases, rasa, wording
from bot.content.drafts import Drafts
from bot.content.languages import Languages
from bot.content.snapshot import Content, make
from bot.errors import Problem
from bot.model import ChannelName, Language
from bot.yamlfile import read_text

__all__ = ["Content", "Loaded", "load", "load_sources"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A snapshot, what is wrong, and the files it was read from: relative path to text."""

    content: Content | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended; the others are warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(
    folder: Path,
    languages: Sequence[Language],
    channels: Sequence[ChannelName],
    on_progress: Callable[[int, int], None] | None = None,
    teams: Collection[str] | None = None,
) -> Loaded:
    """Read and check the intents/ and templates/ of a folder.

    `on_progress` is told how many files of how many are read. With `teams`, a template may hand off only to
    one of them. Problems name files relative to `folder`.
    """
    sources, problems = files.read(folder)
    return _load(sources, problems, languages, channels, teams=teams, on_progress=on_progress)


def load_sources(
    sources: Mapping[str, str],
    languages: Sequence[Language],
    channels: Sequence[ChannelName],
    teams: Collection[str] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """The same from memory: relative path to text, as in `Loaded.sources`."""
    return _load(sources, [], languages, channels, teams=teams, on_progress=on_progress)


def _load(
    sources: Mapping[str, str],
    problems: list[Problem],
    languages: Sequence[Language],
    channels: Sequence[ChannelName],
    *,
    teams: Collection[str] | None,
    on_progress: Callable[[int, int], None] | None,
) -> Loaded:
    unread = {one.file.split("/", 1)[0] for one in problems if one.severity == "error"}
    drafts = Drafts(problems=list(problems), broken=unread)
    for done, file in enumerate(sorted(sources), start=1):
        collect(drafts, file, sources[file])
        if on_progress:
            on_progress(done, len(sources))
    spoken = Languages(languages)
    rasa.translate(drafts, sources, spoken.default)
    understood = intents.build(drafts, spoken)
    around = answers.Surroundings(drafts, understood.intents, spoken, tuple(channels), teams)
    templates, found = answers.build(around)
    overrides, in_phrases = wording.check_phrases(drafts, spoken)
    everything = [*drafts.problems, *understood.problems, *found, *in_phrases, *spoken.unused()]
    content = None
    if not any(problem.severity == "error" for problem in everything):
        content = make(
            languages=spoken.configured,
            intents=understood.intents,
            entities=understood.entities,
            out_of_scope=understood.out_of_scope,
            synonyms=understood.synonyms,
            templates=templates,
            phrases=phrases.merged(overrides, spoken.configured),
        )
    in_order = sorted(dict.fromkeys(everything), key=lambda one: (one.file, one.line, one.column, one.code))
    return Loaded(content, tuple(in_order), dict(sources))


def collect(drafts: Drafts, file: str, text: str) -> None:
    """Add what one file says to the drafts, and what is wrong with its YAML to their problems."""
    kind = file.split("/", 1)[0]
    if kind not in files.KINDS:
        return
    reading = read_text(text, file)
    drafts.problems += reading.problems
    drafts.broken |= {kind} if reading.broken else set()
    drafts.collect(kind, reading.root)
