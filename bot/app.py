"""The composition root: builds every object, in order, and holds them while the process runs."""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from aiohttp import web

from bot import server
from bot.accounts.accounts import Accounts
from bot.accounts.guard import Guard
from bot.actions.runner import ActionRunner
from bot.channels.addresses import Proxies
from bot.channels.admission import Admission
from bot.channels.arrivals import Arrivals
from bot.channels.channel import Channel
from bot.channels.inbox import Inbox
from bot.channels.meters import CountedTurns, Meters
from bot.channels.outbox import Outbox
from bot.channels.rest import RestChannel
from bot.channels.tokens import Tokens, kept_secret
from bot.channels.web import WebChannel
from bot.channels.web_client import Surroundings
from bot.channels.welcome import Welcome
from bot.config import Config
from bot.conversations.due import Due
from bot.conversations.knowledge import Knowledge
from bot.conversations.learning import Learning, Progress, rules_of
from bot.health import Health
from bot.model import Millis
from bot.promotion.promotions import Promotions
from bot.promotion.status import Rules
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase
from bot.storage.wakes import InProcessBus
from bot.studio.api import Studio
from bot.studio.api import routes as studio_routes
from bot.studio.editing import Editing
from handoff.acts import Acts
from handoff.api import Console
from handoff.api import routes as console_routes
from handoff.desk import OperatorDesk
from handoff.queue import Waiting
from handoff.queue import positions as places
from handoff.watch import SilenceWatch

log = logging.getLogger(__name__)

# How long requests and consoles under way may take when the process is asked to stop.
STOP_WITHIN_SECONDS = 3.0


def system_clock() -> Millis:
    """The time of the machine."""
    return time.time_ns() // 1_000_000


class App:
    """One running Frontdesk. `start()` returns when it answers requests; `stop()` leaves nothing behind."""

    def __init__(
        self,
        config: Config,
        clock: Callable[[], Millis] = system_clock,
        on_progress: Progress | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self._stack = contextlib.AsyncExitStack()
        self.port = config.server.port
        self.bus = InProcessBus()
        self.database = SqliteDatabase(config.storage.path)
        self.meters = Meters()
        self.learning = Learning(
            config,
            database=self.database,
            bus=self.bus,
            clock=clock,
            cache=config.storage.path.parent / "models",
            on_progress=on_progress,
        )
        self.promotions = Promotions(
            self.database,
            lambda: self.learning.knowledge().content,
            Rules(config.lifecycle.bars, config.lifecycle.automatic, rules_of(config).silence_on),
            self.bus,
            clock,
        )
        self.proxies = Proxies(config.server.trusted_proxies)
        self.desk = OperatorDesk(config.teams, config.default_team)
        self.turns = CountedTurns(self.database, self.knowledge, self.desk, self.bus, clock)
        self.turns.meters = self.meters
        self.accounts = Accounts(self.database, clock)
        self.acts = Acts(self.database, self.turns, self.desk, self.bus, clock)
        self.silence = SilenceWatch(self.database, self.acts, self.desk, clock)
        self.inbox = Inbox(
            database=self.database,
            turns=self.turns,
            bus=self.bus,
            knowledge=self.knowledge,
            clock=clock,
        )
        self.outbox = Outbox(self.database)
        self.channels: list[Channel] = []
        self.health = Health(
            version=server.VERSION,
            database=self.database,
            meters=self.meters,
            content=lambda: self.knowledge().content,
            learned=self.learning.problems,
            statuses=lambda: self.promotions.statuses,
            positions=self.positions,
            open_chats=self._open_chats,
            clock=clock,
        )

    @property
    def url(self) -> str:
        """Where this machine's browser reaches the server."""
        host = self.config.server.host
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
        return f"http://{shown}:{self.port}"

    def knowledge(self) -> Knowledge:
        """What conversations are judged by from now on."""
        return replace(self.learning.knowledge(), standings=self.promotions.standings)

    async def start(self) -> None:
        """Open the database, learn the content, and listen. Raises a `FrontdeskError`."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Take nothing more, finish what is under way, and close the database."""
        await self._stack.aclose()

    async def positions(self) -> Mapping[str, int]:
        """The place in its queue of every waiting conversation."""

        def work(tx: Transaction) -> Mapping[str, int]:
            rows = tx.all("figures.waiting")
            queue = [Waiting(row["id"], row["team"], row["priority"], row["opened_at"]) for row in rows]
            found = places(queue)
            return {row["conversation_id"]: found[row["id"]] for row in rows}

        return await self.database.read(work)

    async def _start(self) -> None:
        # Before the slow parts: that a port is taken should be known at once. Nobody gets in yet.
        place = server.bound(self.config.server.host, self.config.server.port)
        self._stack.callback(place.close)
        self.port = place.getsockname()[1]
        await self.database.open()
        self._stack.push_async_callback(self.database.close)
        self._stack.push_async_callback(self.turns.drain)
        await self.learning.start()
        await self.promotions.start()
        self._stack.push_async_callback(self.promotions.stop)
        actions = self.config.actions
        runner = ActionRunner(actions.module, actions.time_limit, folder=self.config.path.parent.resolve())
        self.health.actions = runner
        due = Due(self.database, self.turns, runner, self.bus, self.clock)
        self.channels = await self._make_channels()
        for part in (due, self.silence):
            await part.start()
            self._stack.push_async_callback(part.stop)
        await self._serve(place)
        for channel in self.channels:
            await channel.start()
            self._stack.push_async_callback(channel.stop)
        await self.learning.watch()
        self._stack.push_async_callback(self.learning.stop)

    def _open_chats(self) -> int:
        return sum(channel.open_sockets for channel in self.channels if isinstance(channel, WebChannel))

    async def _make_channels(self) -> list[Channel]:
        channels: list[Channel] = []
        config = self.config
        if config.web.enabled:
            by_operator = Guard(self.accounts, config.server.public_url).knows
            web_channel = WebChannel(
                await self._surroundings(), self.proxies, config.web.allowed_origins, by_operator
            )
            channels.append(web_channel)
        if config.rest.enabled:
            rest = RestChannel(
                inbox=self.inbox,
                outbox=self.outbox,
                bus=self.bus,
                knowledge=self.knowledge,
                clock=self.clock,
                token=config.rest.token,
                action_time_limit=config.actions.time_limit,
            )
            channels.append(rest)
        return channels

    async def _surroundings(self) -> Surroundings:
        settings = self.config.web
        welcome = Welcome(settings.bot_name, settings.consent, self.knowledge)
        tokens = Tokens(await kept_secret(self.database, "chat_tokens", self.clock()))
        return Surroundings(
            inbox=self.inbox,
            outbox=self.outbox,
            bus=self.bus,
            arrivals=Arrivals(self.inbox, tokens, settings.identity_secret, self.clock),
            admission=Admission(self.inbox, welcome, settings, self.clock),
            welcome=welcome,
            clock=self.clock,
            positions=self.positions,
        )

    def _studio(self) -> Studio:
        return Studio(
            database=self.database,
            accounts=self.accounts,
            knowledge=self.knowledge,
            promotions=self.promotions,
            editing=Editing(self.config, self.database, self.knowledge, self.bus, self.clock),
            bars=self.config.lifecycle.bars,
            clock=self.clock,
            public_url=self.config.server.public_url,
        )

    async def _serve(self, place: socket.socket) -> None:
        console = Console(
            database=self.database,
            bus=self.bus,
            accounts=self.accounts,
            acts=self.acts,
            knowledge=self.knowledge,
            clock=self.clock,
            problems=self.health.problems,
            address=lambda request: self.proxies.origin(request).client,
            public_url=self.config.server.public_url,
        )
        routes = [route for channel in self.channels for route in channel.routes()]
        routes += [*console_routes(console), *studio_routes(self._studio())]
        application = server.make_application(routes, self.health.report, self.health.metrics)
        # Nobody needs to send compressed bodies, and a small one may hold gigabytes.
        runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=STOP_WITHIN_SECONDS, auto_decompress=False
        )
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await server.listen(runner, place)
