"""What the bot knows, kept up to date: content is loaded, checked and fitted, and then swapped in whole.

A broken save changes nothing but `problems()`. Good content that could not be fitted or kept is tried again
until it is in force, or another save takes its place. A broken folder at the start is answered with the last
good content, which is kept in the database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path

from bot.config import Config
from bot.content import files
from bot.content.catalog import Content, Loaded, load, load_sources
from bot.content.reload import Reloader
from bot.content.revisions import current_sources, keep_current
from bot.conversations.knowledge import Knowledge, Rules
from bot.errors import ContentBroken, FrontdeskError, Problem
from bot.fitting.fit import fit
from bot.model import Millis
from bot.storage.bus import Bus, Note
from bot.storage.database import Database

log = logging.getLogger(__name__)

# How long good content waits before it is tried again, each time that it could not be used.
PAUSES: tuple[Millis, ...] = (2_000, 10_000, 60_000, 300_000)

# Told what is being done, and how many steps of how many are done.
Progress = Callable[[str, int, int], None]


class Learning:
    """Holds the `Knowledge` in force. `cache` is the folder where fitted models are kept."""

    def __init__(
        self,
        config: Config,
        *,
        database: Database,
        bus: Bus,
        clock: Callable[[], Millis],
        cache: Path,
        on_progress: Progress | None = None,
    ) -> None:
        self._config = config
        self._database = database
        self._bus = bus
        self._clock = clock
        self._cache = cache
        self._on_progress = on_progress
        self._knowledge: Knowledge | None = None
        self._problems: tuple[Problem, ...] = ()
        self._read: Mapping[str, str] = {}
        self._at_first_broken = False
        self._reloader: Reloader | None = None
        self._watching: asyncio.Task[None] | None = None
        self._retrying: asyncio.Task[None] | None = None
        self._learning = asyncio.Lock()

    def knowledge(self) -> Knowledge:
        """What conversations are judged by from now on."""
        assert self._knowledge is not None, "start() has not run"
        return self._knowledge

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files as they are now, in force or not."""
        return self._problems

    async def start(self) -> None:
        """Load and fit the content. Raises `ContentBroken` if it has errors and there is no last good one."""
        loaded = await asyncio.to_thread(self._load)
        self._problems, self._read = loaded.problems, loaded.sources
        if loaded.content is None:
            self._at_first_broken = True
            loaded = await self._last_good(loaded.problems)
        await self._take(loaded)

    async def watch(self) -> None:
        """Begin to watch the folder; a good save is used from the next message on."""
        config = self._config
        in_force = "" if self._at_first_broken else self.knowledge().content.hash
        self._reloader = Reloader(
            config.content,
            config.languages,
            config.channels,
            on_good=self._on_good,
            on_bad=self._on_bad,
            current_hash=in_force,
            teams=tuple(config.teams),
        )
        self._watching = asyncio.create_task(self._watch(self._reloader), name="content-watch")

    async def stop(self) -> None:
        """Stop watching, after the load that is under way."""
        if self._reloader and self._watching:
            self._reloader.stop()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._retry_no_more()

    async def _watch(self, reloader: Reloader) -> None:
        # What was saved while the first load and fit were under way has been missed.
        sources, _ = await asyncio.to_thread(files.read, self._config.content)
        if sources != self._read:
            await reloader.reload()
        await reloader.run()

    def _load(self) -> Loaded:
        config = self._config
        steps = self._steps("reading content")
        return load(config.content, config.languages, config.channels, steps, tuple(config.teams))

    async def _last_good(self, problems: Sequence[Problem]) -> Loaded:
        config = self._config
        sources = await self._database.read(current_sources)
        if sources is None:
            raise ContentBroken(problems)
        loaded = await asyncio.to_thread(
            load_sources, sources, config.languages, config.channels, tuple(config.teams)
        )
        if loaded.content is None:
            raise ContentBroken(problems)
        _report(problems, "the content has errors; the last good content is used until they are mended")
        return loaded

    async def _on_good(self, loaded: Loaded) -> None:
        await self._retry_no_more()
        if not await self._used(loaded):
            self._retrying = asyncio.create_task(self._retry(loaded), name="content-retry")

    async def _used(self, loaded: Loaded) -> bool:
        """Put content in force, or say why it could not be."""
        async with self._learning:
            try:
                await self._take(loaded)
            except FrontdeskError as error:
                log.error("the new content could not be used; it is tried again: %s", error.sentence)
                self._problems = (*loaded.problems, Problem("", 0, 0, error.code, error.sentence))
                return False
            self._problems = loaded.problems
        log.info("new content is in force: %s", self.knowledge().content.hash)
        self._bus.publish(Note("content", "good"))
        return True

    async def _retry(self, loaded: Loaded) -> None:
        """Try content again after ever longer pauses, until it is in force."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            await asyncio.sleep(pause / 1000)
            if await self._used(loaded):
                return

    async def _retry_no_more(self) -> None:
        if self._retrying:
            self._retrying.cancel()
            await asyncio.gather(self._retrying, return_exceptions=True)
            self._retrying = None

    async def _on_bad(self, problems: Sequence[Problem]) -> None:
        await self._retry_no_more()
        self._problems = tuple(problems)
        _report(problems, "the change has errors; the last good content stays in force")
        self._bus.publish(Note("content", "bad"))

    async def _take(self, loaded: Loaded) -> None:
        content = loaded.content
        assert content is not None
        knowledge = await self._learn(content)
        sources, now = loaded.sources, self._clock()
        await self._database.write(lambda tx: keep_current(tx, content.hash, sources, now))
        self._knowledge = knowledge

    async def _learn(self, content: Content) -> Knowledge:
        matcher = await fit(
            content.taught,
            self._cache,
            self._steps("fitting the matcher"),
            self._config.matching.semantic,
        )
        return Knowledge(content, matcher, self._config.thresholds, settings=rules_of(self._config))

    def _steps(self, what: str) -> Callable[[int, int], None] | None:
        tell = self._on_progress
        return (lambda done, total: tell(what, done, total)) if tell else None


def rules_of(config: Config) -> Rules:
    """How long things last in conversations, as config.yml says."""
    talk = config.conversation
    hours = config.teams[config.default_team].hours
    return Rules(
        talk.silence,
        talk.waiting_silence,
        talk.return_within,
        talk.survey,
        talk.people_silence,
        hours.timezone if hours else "UTC",
    )


def _report(problems: Sequence[Problem], sentence: str) -> None:
    """Log problems as a compiler would."""
    log.error("%s\n%s", sentence, "\n".join(str(problem) for problem in problems))
