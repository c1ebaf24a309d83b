"""Who a browser is when it says hello: a chat token of ours, a signed identity of the host page, or somebody
new.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.channels import frames
from bot.channels.channel import CustomerKey
from bot.channels.inbox import Inbox, Sender
from bot.channels.tokens import Identity, IdentityExpired, IdentityRefused, Tokens, read_identity
from bot.model import Millis

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The sender, and why the identity that was given does not count, if it does not."""

    sender: Sender
    refused: IdentityRefused | None = None


class Arrivals:
    """Decides who somebody is. Without an `identity_secret`, identities are not looked at."""

    def __init__(
        self, inbox: Inbox, tokens: Tokens, identity_secret: str | None, clock: Callable[[], Millis]
    ) -> None:
        self._inbox = inbox
        self._tokens = tokens
        self._secret = identity_secret
        self._clock = clock

    async def arrive(self, hello: frames.Hello) -> Arrival:
        """The customer behind a hello.

        A proven customer's token counts only while the page still says who it is: after a sign-out, whoever
        sits at that browser must not see the thread.
        """
        now = self._clock()
        customer = self._tokens.read(hello.token, now) if hello.token else None
        identity: Identity | None = None
        refused: IdentityRefused | None = None
        left_open = False
        if hello.identity and self._secret:
            try:
                identity = read_identity(hello.identity, self._secret, now)
            except IdentityRefused as error:
                # A page left open for longer than its identity lasts: the thread goes on, nothing new is
                # proven.
                left_open = isinstance(error, IdentityExpired) and customer == f"sub:{error.subject}"
                refused = None if left_open else error
        if customer and customer.startswith("sub:") and not (left_open or identity):
            customer = None
        key = await self._key(customer, identity)
        if refused:
            log.warning("refused a signed identity: %s", refused.sentence)
        name = identity.slots.get("name", "") if identity else ""
        return Arrival(Sender(key, self._inbox.language(hello.language or ""), name, identity), refused)

    def token(self, hello_token: str | None, sender: Sender) -> str:
        """The token that the browser keeps from now on."""
        return self._tokens.fresh(hello_token, sender.key.external_id, self._clock())

    async def _key(self, customer: str | None, identity: Identity | None) -> CustomerKey:
        key = CustomerKey("web", "", customer or f"anon:{secrets.token_urlsafe(16)}")
        if identity is None:
            return key
        if customer is None or customer.startswith("sub:"):
            return replace(key, external_id=identity.external_id)
        return await self._inbox.identified(key, identity)
