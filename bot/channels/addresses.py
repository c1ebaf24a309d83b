"""Where a request really came from: trusted proxies, and whose pages may open a chat.

`X-Forwarded-*` headers count only when the machine that speaks to us is a trusted proxy; anybody can send
them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """The address the customer's browser used, and the customer's own IP address."""

    client: str
    scheme: str
    host: str


class Proxies:
    """Reads the origin of requests. `trusted` holds IP addresses or networks (`10.0.0.0/8`)."""

    def __init__(self, trusted: Sequence[str] = ()) -> None:
        self._trusted = [ipaddress.ip_network(text, strict=False) for text in trusted]

    def origin(self, request: web.Request) -> Origin:
        """Where the request came from, through trusted proxies only."""
        peer = request.remote or ""
        if not self._trusts(peer):
            return Origin(peer, request.scheme, request.host)
        headers = request.headers
        return Origin(
            self._client(headers.get("X-Forwarded-For", ""), peer),
            _first(headers.get("X-Forwarded-Proto", "")) or request.scheme,
            _first(headers.get("X-Forwarded-Host", "")) or request.host,
        )

    def _client(self, chain: str, peer: str) -> str:
        # The rightmost address that is not a proxy of ours; what stands left of it anybody could have
        # written.
        for address in reversed([part.strip() for part in chain.split(",") if part.strip()]):
            if not self._trusts(address):
                return address
            peer = address
        return peer

    def _trusts(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(ip.version == network.version and ip in network for network in self._trusted)


def may_open(origin: str | None, here: Origin, allowed: Sequence[str]) -> bool:
    """Whether a page of `origin` (the browser's Origin header) may open a chat with us.

    Pages of our own address always may, and so may programs, which send no Origin.
    """
    if origin is None or "*" in allowed:
        return True
    asked, ours = _site(origin), _site(f"{here.scheme}://{here.host}")
    if asked is None:
        return False
    return (ours is not None and asked[1:] == ours[1:]) or any(asked == _site(one) for one in allowed)


def _first(header: str) -> str:
    return header.split(",", maxsplit=1)[0].strip()


def _site(origin: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(origin.strip().lower())
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port or _PORTS.get(parts.scheme, 0)
