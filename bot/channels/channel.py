"""The `Channel` seam: a way in and out.

A channel turns what arrives into events for the inbox and delivers what the outbox reads. It acknowledges
only what the inbox has returned a receipt for, because only that is on disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.model import ChannelName


@dataclass(frozen=True, slots=True)
class CustomerKey:
    """Who a customer is on a channel. `account` is the deployment's own one there, often empty."""

    channel: ChannelName
    account: str
    external_id: str

    @property
    def topic(self) -> str:
        """The bus topic that says a new conversation of this customer began."""
        return f"customer:{self.channel}:{self.account}:{self.external_id}"


class Channel(Protocol):
    """One way in and out."""

    @property
    def name(self) -> ChannelName:
        """The channel's noun: `web`, `rest`."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """What the server must route to this channel."""

    async def start(self) -> None:
        """Begin to deliver. Called once, after the database is open."""

    async def stop(self) -> None:
        """Take nothing more and let go of whoever is connected."""
