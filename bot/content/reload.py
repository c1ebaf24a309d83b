"""Hot reload: a saved file is read, checked and handed on; a broken save is reported, no more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from pathlib import Path
from typing import TypeAlias

from watchfiles import Change, awatch

from bot.content.catalog import Loaded, load
from bot.content.files import KINDS, is_content
from bot.errors import Problem
from bot.model import ChannelName, Language

DEBOUNCE_MS = 300

OnGood: TypeAlias = Callable[[Loaded], Awaitable[None]]
OnBad: TypeAlias = Callable[[tuple[Problem, ...]], Awaitable[None]]


class Reloader:
    """Watches a content folder.

    `on_good` gets what was loaded if it is without errors and differs from the content in force, or if the
    save before it was broken. `on_bad` gets all problems if there is an error that was not reported by the
    call before. Saves within `debounce` milliseconds are read once.
    """

    def __init__(
        self,
        folder: Path,
        languages: Sequence[Language],
        channels: Sequence[ChannelName],
        *,
        on_good: OnGood,
        on_bad: OnBad,
        current_hash: str = "",
        teams: Collection[str] | None = None,
        debounce: int = DEBOUNCE_MS,
    ) -> None:
        self._folder = folder
        self._languages = tuple(languages)
        self._channels = tuple(channels)
        self._on_good = on_good
        self._on_bad = on_bad
        self._hash = current_hash
        self._teams = teams
        self._debounce = debounce
        self._reported: tuple[Problem, ...] = ()
        self._stop = asyncio.Event()
        self._loading = asyncio.Lock()

    async def run(self) -> None:
        """Watch until `stop` is called. A folder that does not exist is waited for."""
        while not self._stop.is_set():
            if self._folder.is_dir():
                await self._watch()
            else:
                await asyncio.sleep(self._debounce / 1_000)

    async def _watch(self) -> None:
        """Watch until told to stop, or until the folder is another one or gone."""
        watched, seen = _identity(self._folder), False
        async for changes in awatch(
            self._folder,
            watch_filter=self._concerns,
            debounce=self._debounce,
            stop_event=self._stop,
            rust_timeout=1_000,
            yield_on_timeout=True,
        ):
            # The first look catches what was saved between the load before and the start of watching.
            if changes or not seen:
                seen = True
                await self.reload()
            if _identity(self._folder) != watched:
                return

    def stop(self) -> None:
        """End `run` after the load that is under way."""
        self._stop.set()

    async def reload(self) -> Loaded:
        """Read the folder now and report, as after a save."""
        async with self._loading:
            loaded = await asyncio.to_thread(
                load, self._folder, self._languages, self._channels, teams=self._teams
            )
            await self._report(loaded)
            return loaded

    async def _report(self, loaded: Loaded) -> None:
        if loaded.content is None:
            if loaded.problems != self._reported:
                self._reported = loaded.problems
                await self._on_bad(loaded.problems)
        elif loaded.content.hash != self._hash or self._reported:
            self._reported = ()
            self._hash = loaded.content.hash
            await self._on_good(loaded)

    def _concerns(self, change: Change, path: str) -> bool:
        """Whether a change may change the content: YAML under the two folders, or a folder come or gone."""
        for folder in (self._folder, self._folder.resolve()):
            if Path(path).is_relative_to(folder):
                inside = Path(path).relative_to(folder)
                return inside.parts[:1] in _TOP and (is_content(inside) or not inside.suffix)
        return False


_TOP = {(kind,) for kind in KINDS}


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
