"""Edits of content from the page: tried on what customers wrote, and written through the same checks."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.accounts.operators import Operator
from bot.accounts.store import audit
from bot.analytics.accepting import Wish, accept
from bot.analytics.backlog import Topic
from bot.analytics.expectations import unmet
from bot.analytics.figures import DAY
from bot.analytics.replay import Replayed
from bot.analytics.replaying import Progress, replay_edit
from bot.bars import Bars
from bot.config import Config
from bot.content import files
from bot.content.additions import Change, add_examples, checked, remove_examples, set_text, text_of
from bot.content.catalog import Loaded, load_sources
from bot.content.saving import save
from bot.content.snapshot import Content
from bot.content.splicing import CannotEdit
from bot.conversations.knowledge import Knowledge
from bot.errors import BadRequest, Conflict, ContentBroken, NotFound, Problem
from bot.fitting.fit import fit
from bot.model import ChannelName, Language, Millis
from bot.storage.bus import Bus
from bot.storage.database import Database

REPLAYED_DAYS = 30
# How long a page waits for the bot to take up what was published.
_TAKEN_UP_SECONDS = 10.0

Sources = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a template as it is to be; `channel` and `variant` are empty for the plain text.

    `before` is what the person saw there who wrote it; None if that is not known.
    """

    variant: str
    language: Language
    channel: ChannelName
    text: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """New texts of a template, and examples that its intent gets, or loses (`removed`), by language."""

    texts: tuple[Text, ...]
    examples: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """A change that is ready to be written, and the content as it will be."""

    change: Change
    loaded: Loaded
    content: Content

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is not quite right in the files that change."""
        return tuple(one for one in self.loaded.problems if one.file in self.change.after)


class Editing:
    """Tries and publishes edits of the content folder that `config` names."""

    def __init__(
        self,
        config: Config,
        database: Database,
        knowledge: Callable[[], Knowledge],
        bus: Bus,
        clock: Callable[[], Millis],
    ) -> None:
        self._config = config
        self._database = database
        self._knowledge = knowledge
        self._bus = bus
        self._clock = clock
        self._cache: Path = config.storage.path.parent / "models"
        self._replaying = asyncio.Lock()

    async def edited(self, template: str, edit: Edit) -> Tried:
        """The content with the edit. Raises `ContentBroken` with every error that it has then."""
        return await self._try(lambda sources: change_of(sources, self._intent(template), template, edit))

    async def accepted(self, topic: Topic, name: str, examples: Sequence[str], text: str) -> Tried:
        """The content with the draft of an unanswered question, mended by a person. Raises as `edited`."""
        draft = dataclasses.replace(topic.draft, examples=tuple(examples))
        mended = dataclasses.replace(topic, draft=draft)
        wish = Wish(name if name != draft.template else "", text=text if text != draft.text else "")
        return await self._try(lambda sources: accept(mended, sources, wish))

    async def replay(self, tried: Tried, bars: Bars, on_progress: Progress) -> Replayed:
        """What the edit would have done in the last days. One at a time: the bot needs its cores too."""
        async with self._replaying:
            now = self._clock()
            return await replay_edit(
                self._database,
                self._knowledge(),
                tried.content,
                now - REPLAYED_DAYS * DAY,
                now,
                on_progress,
                cache=self._cache,
                semantic=self._config.matching.semantic,
                bars=bars,
            )

    async def publish(self, tried: Tried, operator: Operator, subject: str) -> None:
        """Write the files, and wait until the bot has taken them up.

        Raises `ContentBroken` if a template's test fails, `Conflict` if somebody else has just written one.
        """
        failing = await self._unmet(tried.content)
        if failing:
            raise ContentBroken(failing)
        async with self._bus.subscribe("content") as notes:
            await asyncio.to_thread(save, self._config.content, tried.change)
            now, detail = self._clock(), ", ".join(tried.change.files)
            await self._database.write(
                lambda tx: audit(tx, now, operator.id, "published", subject, detail=detail)
            )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TAKEN_UP_SECONDS):
                    await anext(aiter(notes))

    def _intent(self, template: str) -> str:
        return self._knowledge().content.templates[template].answers

    async def _try(self, make: Callable[[Sources], Change]) -> Tried:
        return await asyncio.to_thread(self._tried, make)

    def _tried(self, make: Callable[[Sources], Change]) -> Tried:
        config = self._config
        sources, problems = files.read(config.content)
        if any(problem.severity == "error" for problem in problems):
            raise ContentBroken(problems)
        try:
            change = make(sources)
        except (NotFound, CannotEdit):
            # Somebody is writing a file at this moment: where it is wrong says more than what is not found.
            broken = load_sources(sources, config.languages, config.channels, tuple(config.teams)).errors
            if broken:
                raise ContentBroken(broken) from None
            raise
        if not change.files:
            raise BadRequest("The content says all this already.")
        loaded = checked(change, sources, config.languages, config.channels, tuple(config.teams))
        assert loaded.content is not None, "`checked` raises when there is none"
        return Tried(change, loaded, loaded.content)

    async def _unmet(self, content: Content) -> list[Problem]:
        """The tests of templates that fail."""
        if not any(template.tests for template in content.templates.values()):
            return []
        matcher = await fit(content.taught, self._cache, semantic=self._config.matching.semantic)
        return await asyncio.to_thread(unmet, content, matcher, self._knowledge().thresholds)


def change_of(sources: Sources, intent: str, template: str, edit: Edit) -> Change:
    """All parts of an edit as one change of the files. Pure; raises as its parts do.

    Raises `Conflict` if a text is not any more what the person saw who edited it.
    """
    texts, before = dict(sources), dict[str, str | None]()
    after: dict[str, str] = {}

    def add(change: Change) -> None:
        for file in change.files:
            before.setdefault(file, change.before[file])
        after.update(change.after)
        texts.update(change.after)

    for one in edit.texts:
        there = text_of(texts, template, one.language, variant=one.variant, channel=one.channel)
        if one.before is not None and there != one.before.strip():
            raise Conflict("Somebody has changed this text meanwhile. Load the page again to see it.")
        add(set_text(texts, template, one.language, one.text, variant=one.variant, channel=one.channel))
    for language, examples in edit.examples.items():
        add(add_examples(texts, intent, language, examples))
    for language, examples in edit.removed.items():
        add(remove_examples(texts, intent, language, examples))
    return Change(before, after)
