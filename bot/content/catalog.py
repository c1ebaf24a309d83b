"""The catalog: a folder of YAML, or its last good text, to one checked snapshot and all problems.

Nothing here raises for what the files say: `Loaded.content` is None if any problem is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.snapshot import Content
from bot.errors import Problem
from bot.model import ChannelName, Language

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
    raise NotImplementedError


def load_sources(
    sources: Mapping[str, str],
    languages: Sequence[Language],
    channels: Sequence[ChannelName],
    teams: Collection[str] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """The same from memory: relative path to text, as in `Loaded.sources`."""
    raise NotImplementedError
