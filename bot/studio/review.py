"""What the studio shows of the weekly review: what to improve, what has no answer, what competes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import asdict
from typing import Any, Generic, TypeVar

from bot.analytics.backlog import Topic, backlog
from bot.analytics.review import Review, TemplateReview, review
from bot.analytics.unanswered import unanswered
from bot.content.snapshot import Content
from bot.model import Millis
from bot.storage.database import Database
from bot.studio import figures as shown
from bot.studio.figures import Json
from bot.studio.templates import Period, title

KEPT: Millis = 60_000
# Of the unanswered questions the page shows those that were asked most.
MOST_TOPICS = 60

T = TypeVar("T")


class Kept(Generic[T]):
    """What took seconds to find, for a minute; who asks meanwhile waits for the same."""

    def __init__(self, clock: Callable[[], Millis]) -> None:
        self._clock = clock
        self._key: Hashable = None
        self._at: Millis = 0
        self._found: T | None = None
        self._finding = asyncio.Lock()

    async def get(self, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """What was found for `key` less than a minute ago, or what `find` finds now."""
        async with self._finding:
            if self._found is None or key != self._key or not 0 <= self._clock() - self._at < KEPT:
                self._found = await find()
                self._key, self._at = key, self._clock()
            return self._found

    def forget(self) -> None:
        """Find it anew the next time."""
        self._found = None


class Reviews:
    """The review and the unanswered questions of a period, each kept for a minute."""

    def __init__(self, database: Database, clock: Callable[[], Millis]) -> None:
        self._database = database
        self._review: Kept[Review] = Kept(clock)
        self._topics: Kept[Sequence[Topic]] = Kept(clock)

    async def review(self, content: Content, period: Period) -> Review:
        """The review of the answers sent in the period."""

        async def find() -> Review:
            return await self._database.read(lambda tx: review(tx, content, period.since, period.until))

        return await self._review.get((content.hash, period.days), find)

    async def topics(self, content: Content, period: Period) -> Sequence[Topic]:
        """What was asked in the period and got no answer."""

        async def find() -> Sequence[Topic]:
            questions = await self._database.read(
                lambda tx: unanswered(tx, content, period.since, period.until)
            )
            return await asyncio.to_thread(backlog, questions, content)

        return await self._topics.get((content.hash, period.days), find)

    def forget(self) -> None:
        """The content has changed, and with it what there is to say."""
        self._review.forget()
        self._topics.forget()


def review_json(content: Content, found: Review) -> Json:
    """The templates to improve and everything else that the review says."""
    return {
        "since": found.since,
        "until": found.until,
        "titles": titles(content),
        "funnel": shown.steps(found.funnel),
        "templates": [_template(content, one) for one in found.templates],
        "pairs": [{**asdict(pair), "messages": pair.messages} for pair in found.pairs],
        "unneeded": [{**asdict(one), "title": title(content, one.template)} for one in found.unneeded],
        "overdue": [
            {
                "template": name,
                "title": title(content, name),
                "owner": content.templates[name].owner,
                "review_by": content.templates[name].review_by,
            }
            for name in found.overdue
        ],
    }


def titles(content: Content) -> dict[str, str]:
    """What each intent is called, in the first language."""
    return {name: content.title(name, content.default_language) for name in content.intents}


def _template(content: Content, one: TemplateReview) -> Json:
    figures = one.figures
    return {
        "template": one.template,
        "title": title(content, one.template) if one.known else one.template,
        "mode": one.mode or None,
        "owner": one.owner,
        "review_by": one.review_by,
        "overdue": one.overdue,
        "known": one.known,
        "gain": one.gain,
        "rates": shown.rates(figures.bot),
        "weeks": shown.weeks(one.history.weeks),
        "revisions": [
            {
                "hash": each.hash,
                "new_at": each.new_at,
                "language": each.language,
                "rates": shown.rates(each.figures),
            }
            for each in one.history.revisions
        ],
        **said(one),
    }


def said(one: TemplateReview) -> Json:
    """What customers and operators have said about the template."""
    return {
        "notes": [asdict(each) for each in one.notes],
        "followed": [asdict(each) for each in one.followed],
        "caught": [asdict(each) for each in one.caught],
        "added": [asdict(each) for each in one.added],
        "left_out": [asdict(each) for each in one.left_out],
        "instead": [asdict(each) for each in one.instead],
        "afterwards": [asdict(each) for each in one.afterwards],
        "unfinished": [asdict(each) for each in one.unfinished],
    }


def topics_json(content: Content, topics: Sequence[Topic]) -> Json:
    """What has no answer, the most frequent first."""
    return {
        "titles": titles(content),
        "all": len(topics),
        "conversations": sum(topic.conversations for topic in topics),
        "topics": [_topic(topic) for topic in topics[:MOST_TOPICS]],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    found = asdict(topic)
    found.pop("ids")
    return found
