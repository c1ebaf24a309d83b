"""The console's addresses: its page under /console, and everything that it asks for under /console/api."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import get_args

from aiohttp import web

from bot.accounts.accounts import Accounts
from bot.accounts.guard import Guard, Handler, HandlerOfSession
from bot.accounts.sessions import Session
from bot.channels import forms
from bot.channels.pages import answer, page
from bot.conversations.knowledge import Knowledge
from bot.errors import Forbidden, Problem
from bot.model import CHANNEL_TEXT_LIMITS, Excluded, Millis
from bot.storage.bus import Bus
from bot.storage.database import Database
from handoff import views
from handoff.acts import LONGEST_REASON, Acts
from handoff.live import Live
from handoff.rates import CloseRates
from handoff.signing import Signing

PAGE = "console.html"


def peer(request: web.Request) -> str:
    """The address at the other end of the connection."""
    return request.remote or ""


@dataclass(frozen=True, slots=True)
class Console:
    """All that the console's addresses need.

    `problems` gives what is wrong with the content as it is on disk now, and `address` who sends a request,
    behind whatever proxies there are.
    """

    database: Database
    bus: Bus
    accounts: Accounts
    acts: Acts
    knowledge: Callable[[], Knowledge]
    clock: Callable[[], Millis]
    problems: Callable[[], Sequence[Problem]] = tuple
    address: Callable[[web.Request], str] = peer
    public_url: str | None = None


def routes(console: Console) -> list[web.RouteDef]:
    """The console's routes. Handlers raise `FrontdeskError`; the server makes answers of them."""
    guard = Guard(console.accounts, console.public_url)
    signing = Signing(console.accounts, guard, console.clock, console.address)
    live = Live(console.database, console.bus, guard)
    talk = _Talk(console)

    def answering(handler: HandlerOfSession) -> Handler:
        async def checked(request: web.Request, session: Session) -> web.StreamResponse:
            if not session.operator.answers:
                raise Forbidden("Your roles do not include answering customers.")
            return await handler(request, session)

        return guard.signed_in(checked)

    def anybody(handler: HandlerOfSession) -> Handler:
        return guard.signed_in(handler, with_one_time_password=True)

    api = "/console/api"
    shown = page(PAGE)
    return [
        web.get("/console", shown),
        web.get("/console/", shown),
        web.post(f"{api}/login", signing.sign_in),
        web.post(f"{api}/logout", anybody(signing.sign_out)),
        web.get(f"{api}/me", anybody(signing.me)),
        web.post(f"{api}/password", anybody(signing.choose_password)),
        web.get(f"{api}/problems", guard.signed_in(talk.problems)),
        web.get(f"{api}/live", live.connect),
        web.get(f"{api}/queue", answering(talk.queue)),
        web.get(f"{api}/conversations/{{id}}", answering(talk.thread)),
        web.post(f"{api}/conversations/{{id}}/reply", answering(talk.reply)),
        web.post(f"{api}/conversations/{{id}}/typing", answering(talk.typing)),
        web.post(f"{api}/conversations/{{id}}/return", answering(talk.give_back)),
        web.post(f"{api}/conversations/{{id}}/close", answering(talk.close)),
        web.post(f"{api}/handoffs/{{id}}/claim", answering(talk.claim)),
        web.post(f"{api}/handoffs/{{id}}/release", answering(talk.release)),
        web.post(f"{api}/handoffs/{{id}}/contacted", answering(talk.contacted)),
    ]


class _Talk:
    """Handlers for the queue and its conversations."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._acts = console.acts
        self._rates = CloseRates(console.database, console.clock)

    async def queue(self, request: web.Request, session: Session) -> web.Response:
        now = self._console.clock()
        return answer(await self._console.database.read(lambda tx: views.queue(tx, session.operator, now)))

    async def thread(self, request: web.Request, session: Session) -> web.Response:
        console, operator = self._console, session.operator
        found = await console.database.read(lambda tx: views.thread(tx, operator, request.match_info["id"]))
        rates = await self._rates.current()
        return answer(await views.thread_json(found, operator, console.knowledge(), rates, console.clock()))

    async def reply(self, request: web.Request, session: Session) -> web.Response:
        body = await forms.read(request)
        receipt = await self._acts.reply(
            session.operator,
            request.match_info["id"],
            forms.text(body, "text", max(CHANNEL_TEXT_LIMITS.values())),
            id=forms.identifier(body, "id"),
            template=forms.text(body, "template", 200, default=""),
            edited=forms.flag(body, "edited"),
        )
        return answer({"duplicate": receipt.duplicate, "seqs": [message.seq for message in receipt.messages]})

    async def typing(self, request: web.Request, session: Session) -> web.Response:
        await self._acts.typing(session.operator, request.match_info["id"])
        return answer({})

    async def give_back(self, request: web.Request, session: Session) -> web.Response:
        await self._acts.give_back(session.operator, request.match_info["id"])
        return answer({})

    async def close(self, request: web.Request, session: Session) -> web.Response:
        body = await forms.read(request)
        reason = forms.text(body, "reason", LONGEST_REASON)
        excluded = forms.one_of(body, "excluded", get_args(Excluded))
        await self._acts.close(session.operator, request.match_info["id"], reason, excluded)
        return answer({})

    async def claim(self, request: web.Request, session: Session) -> web.Response:
        await self._acts.claim(session.operator, request.match_info["id"])
        return answer({})

    async def release(self, request: web.Request, session: Session) -> web.Response:
        await self._acts.release(session.operator, request.match_info["id"])
        return answer({})

    async def contacted(self, request: web.Request, session: Session) -> web.Response:
        await self._acts.contacted(session.operator, request.match_info["id"])
        return answer({})

    async def problems(self, request: web.Request, session: Session) -> web.Response:
        found = [asdict(problem) for problem in self._console.problems()]
        return answer({"problems": found})
