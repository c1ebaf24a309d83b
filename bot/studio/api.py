"""The studio's addresses: its pages under /studio, and everything that they ask for under /studio/api.

Signing in is the console's: one session opens both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.accounts.accounts import Accounts
from bot.accounts.guard import Guard, Handler, HandlerOfSession
from bot.accounts.operators import Role
from bot.accounts.sessions import Session
from bot.analytics.figures import DAY, read_cells, template_figures
from bot.analytics.funnel import funnel
from bot.bars import Bars
from bot.channels import forms
from bot.channels.pages import answer, page
from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge
from bot.errors import BadRequest, Forbidden, NotFound
from bot.model import MODES, Millis, Mode
from bot.promotion.promotions import Promotions
from bot.promotion.status import Status
from bot.storage.database import Database, Transaction
from bot.studio import templates
from bot.studio.editing import Editing
from bot.studio.edits import Edits
from bot.studio.review import Reviews, review_json, said, titles, topics_json
from bot.studio.templates import Period, Seen

PAGE = "studio.html"
ADMITTED: frozenset[Role] = frozenset({"lead", "editor", "admin"})
USUAL_DAYS = 30
LONGEST_DAYS = 365
LONGEST_REASON = 500


OfTemplate = Callable[[web.Request, Session, str], Awaitable[web.StreamResponse]]
OfPeriod = Callable[[web.Request, Session, Content, Period], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Studio:
    """All that the studio's addresses need."""

    database: Database
    accounts: Accounts
    knowledge: Callable[[], Knowledge]
    promotions: Promotions
    editing: Editing
    bars: Bars
    clock: Callable[[], Millis]
    public_url: str | None = None


def routes(studio: Studio) -> list[web.RouteDef]:
    """The studio's routes. Handlers raise `FrontdeskError`; the server makes answers of them."""
    guard = Guard(studio.accounts, studio.public_url)
    about = _Templates(studio)
    weekly = _Weekly(studio, about.reviews)
    edits = Edits(studio.editing, about.reviews, studio.bars)

    def admitted(handler: HandlerOfSession) -> Handler:
        async def checked(request: web.Request, session: Session) -> web.StreamResponse:
            if ADMITTED.isdisjoint(session.operator.roles):
                raise Forbidden("The studio is for editors and leads.")
            return await handler(request, session)

        return guard.signed_in(checked)

    api, shown = "/studio/api", page(PAGE)
    pages = [
        "/studio",
        "/studio/",
        "/studio/review",
        "/studio/review/{part}",
        "/studio/templates/{name}",
        "/studio/templates/{name}/edit",
    ]
    return [
        *(web.get(path, shown) for path in pages),
        web.get(f"{api}/templates", admitted(about.all)),
        web.get(f"{api}/templates/{{name}}", admitted(about.one)),
        web.get(f"{api}/templates/{{name}}/said", admitted(about.named(about.said))),
        web.post(f"{api}/templates/{{name}}/mode", admitted(about.change)),
        web.get(f"{api}/review", admitted(weekly.within(weekly.review))),
        web.get(f"{api}/unanswered", admitted(weekly.within(weekly.unanswered))),
        web.post(f"{api}/templates/{{name}}/replay", admitted(about.named(edits.replay))),
        web.post(f"{api}/templates/{{name}}/publish", admitted(about.named(edits.publish))),
        web.post(f"{api}/unanswered/{{id}}/accept", admitted(weekly.within(edits.accept))),
    ]


class _Templates:
    """Handlers for the list of templates and for one of them."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.reviews = Reviews(studio.database, studio.clock)

    async def all(self, request: web.Request, session: Session) -> web.Response:
        studio, period = self._studio, _period(request, self._studio.clock())
        content = studio.knowledge().content

        def read(tx: Transaction) -> Seen:
            cells = read_cells(tx, period.since, period.until)
            return Seen(cells, funnel(tx, content, period.since, period.until))

        seen = await studio.database.read(read)
        statuses = self._statuses(content)
        return answer(
            await asyncio.to_thread(
                templates.overview, content, statuses, seen, period, studio.bars, session.operator
            )
        )

    async def one(self, request: web.Request, session: Session) -> web.Response:
        studio, period = self._studio, _period(request, self._studio.clock())
        content, name = studio.knowledge().content, request.match_info["name"]
        status = next((one for one in self._statuses(content) if one.template == name), None)
        if status is None:
            raise NotFound(f"There is no template {name}.")
        found = await studio.database.read(lambda tx: template_figures(tx, name, period.since, period.until))
        return answer(templates.one(content, status, found, period, studio.bars, session.operator))

    async def said(self, request: web.Request, session: Session, name: str) -> web.Response:
        """Apart from the figures: in a large database this takes longer than they do."""
        content = self._studio.knowledge().content
        reviewed = await self.reviews.review(content, _period(request, self._studio.clock()))
        own = next((one for one in reviewed.templates if one.template == name), None)
        return answer({"titles": titles(content), "said": said(own) if own else None})

    def named(self, handler: OfTemplate) -> HandlerOfSession:
        """The handler with the name of a template that there is."""

        async def checked(request: web.Request, session: Session) -> web.StreamResponse:
            name = request.match_info["name"]
            if name not in self._studio.knowledge().content.templates:
                raise NotFound(f"There is no template {name}.")
            return await handler(request, session, name)

        return checked

    async def change(self, request: web.Request, session: Session) -> web.Response:
        body = await forms.read(request)
        operator = session.operator
        verdict = await self._studio.promotions.change(
            request.match_info["name"],
            _mode(forms.text(body, "to", 20)),
            operator.name,
            frozenset(operator.roles),
            forms.text(body, "reason", LONGEST_REASON, default=""),
        )
        return answer({"allowed": verdict.allowed, "rule": verdict.rule, "sentence": verdict.sentence})

    def _statuses(self, content: Content) -> list[Status]:
        """Those of templates that there still are: content may have changed since the last look."""
        return [one for one in self._studio.promotions.statuses if one.template in content.templates]


class _Weekly:
    """Handlers for the weekly review."""

    def __init__(self, studio: Studio, reviews: Reviews) -> None:
        self._studio = studio
        self._reviews = reviews

    def within(self, handler: OfPeriod) -> HandlerOfSession:
        """The handler with the content in force and the period that is asked about."""

        async def told(request: web.Request, session: Session) -> web.StreamResponse:
            period = _period(request, self._studio.clock())
            return await handler(request, session, self._studio.knowledge().content, period)

        return told

    async def review(
        self, request: web.Request, session: Session, content: Content, period: Period
    ) -> web.Response:
        return answer(review_json(content, await self._reviews.review(content, period)))

    async def unanswered(
        self, request: web.Request, session: Session, content: Content, period: Period
    ) -> web.Response:
        return answer(topics_json(content, await self._reviews.topics(content, period)))


def _period(request: web.Request, now: Millis) -> Period:
    days = request.query.get("days", str(USUAL_DAYS))
    if len(days) > 3 or not days.isdecimal() or not 1 <= int(days) <= LONGEST_DAYS:
        raise BadRequest(f"`days` has to be a number from 1 to {LONGEST_DAYS}.")
    return Period(now - int(days) * DAY, now)


def _mode(name: str) -> Mode:
    found = next((mode for mode in MODES if mode == name), None)
    if found is None:
        raise BadRequest(f"`{name}` is not a mode; the modes are {', '.join(MODES)}.")
    return found
