"""Trusted proxies and allowed origins."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.channels.addresses import Origin, Proxies, may_open

HERE = Origin("203.0.113.9", "https", "chat.example")


class Transport:
    def __init__(self, peer: str) -> None:
        self._peer = peer

    def get_extra_info(self, name: str) -> object:
        return (self._peer, 1234) if name == "peername" else None


def origin_of(peer: str, **headers: str) -> Origin:
    named = {name.replace("_", "-"): value for name, value in {"Host": "inner:8080", **headers}.items()}
    request = make_mocked_request("GET", "/", headers=named, transport=Transport(peer))
    return Proxies(["10.0.0.0/8", "::1"]).origin(request)


def test_nobody_is_believed_but_a_trusted_proxy() -> None:
    lied = {"X_Forwarded_For": "1.2.3.4", "X_Forwarded_Host": "chat.example", "X_Forwarded_Proto": "https"}
    assert origin_of("198.51.100.7", **lied) == Origin("198.51.100.7", "http", "inner:8080")
    assert origin_of("10.0.0.2", **lied) == Origin("1.2.3.4", "https", "chat.example")


def test_the_client_is_the_last_address_that_is_no_proxy_of_ours() -> None:
    assert origin_of("10.0.0.2", X_Forwarded_For="6.6.6.6, 203.0.113.9, 10.0.0.3").client == "203.0.113.9"


def test_a_chain_of_proxies_only_names_the_outermost() -> None:
    assert origin_of("10.0.0.2", X_Forwarded_For="10.0.0.9, 10.0.0.3").client == "10.0.0.9"


def test_a_proxy_that_says_nothing_changes_nothing() -> None:
    assert origin_of("10.0.0.2") == Origin("10.0.0.2", "http", "inner:8080")


@pytest.mark.parametrize(
    ("origin", "allowed", "opens"),
    [
        (None, [], True),
        ("https://chat.example", [], True),
        ("https://CHAT.example:443", [], True),
        ("http://chat.example:8080", [], False),
        ("https://shop.example", [], False),
        ("https://shop.example", ["https://shop.example"], True),
        ("https://shop.example", ["https://shop.example:443/"], True),
        ("http://shop.example", ["https://shop.example"], False),
        ("https://evil-shop.example", ["https://shop.example"], False),
        ("https://shop.example.evil", ["https://shop.example"], False),
        ("null", ["https://shop.example"], False),
        ("https://[", ["https://shop.example"], False),
        ("https://anybody.example", ["*"], True),
    ],
)
def test_which_pages_may_open_a_chat(origin: str | None, allowed: list[str], opens: bool) -> None:
    assert may_open(origin, HERE, allowed) is opens


@pytest.mark.parametrize("host", ["", "[", "[::1", "chat.example:99999999", "chat.example:x"])
def test_a_request_to_no_real_host_is_nobodys_own(host: str) -> None:
    here = Origin("203.0.113.9", "https", host)
    assert not may_open("https://chat.example", here, [])
    assert may_open("https://shop.example", here, ["https://shop.example"])
