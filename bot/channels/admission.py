"""Whether what a page sends may come in: its length, the customer's consent, and how often they speak."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels import frames
from bot.channels.channel import CustomerKey
from bot.channels.inbox import Inbox, Sender
from bot.channels.rate import Rate
from bot.channels.welcome import Welcome
from bot.config import WebSettings
from bot.errors import FrontdeskError, TooMany
from bot.model import Millis

# Many customers share one address (an office, a school), so it may speak as often as this many of them.
# Without such a limit a new anonymous customer for every message would evade the one per customer.
CUSTOMERS_PER_ADDRESS = 30


class ConsentNeeded(FrontdeskError):
    """The customer has to agree to the consent text first."""

    code = "consent_needed"
    status = 403


class TooLong(FrontdeskError):
    """The message is too long."""

    code = "too_long"
    status = 413


class Admission:
    """Shared by all sockets, so that a customer with many pages open is still one customer."""

    def __init__(
        self, inbox: Inbox, welcome: Welcome, settings: WebSettings, clock: Callable[[], Millis]
    ) -> None:
        self._inbox = inbox
        self._welcome = welcome
        self._settings = settings
        self._clock = clock
        self._customers = Rate(settings.rate)
        self._addresses = Rate(settings.rate * CUSTOMERS_PER_ADDRESS)

    async def consented(self, key: CustomerKey) -> bool:
        """Whether the customer has agreed, or need not."""
        return not self._settings.consent or await self._inbox.consented(key)

    def count(self, address: str) -> None:
        """Count one act of an address; raises `TooMany`."""
        if not self._addresses.allows(address, self._clock()):
            raise TooMany

    async def admit(self, frame: frames.Said | frames.Pressed, sender: Sender, address: str) -> None:
        """Let a message in. Raises `BadFrame`, `TooLong`, `ConsentNeeded` or `TooMany`."""
        text = frame.text if isinstance(frame, frames.Said) else frame.title or frame.payload
        if not text:
            raise frames.BadFrame("the message is empty", frame.id)
        if len(text) > frames.LONGEST_TEXT:
            raise TooLong(self._welcome.too_long(sender.language, frames.LONGEST_TEXT))
        if not await self.consented(sender.key):
            raise ConsentNeeded
        if not self._customers.allows(sender.key.external_id, self._clock()):
            raise TooMany
        self.count(address)
