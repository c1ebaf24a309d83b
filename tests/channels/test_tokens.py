"""Chat tokens and signed identities."""

import jwt
import pytest

from bot.channels.tokens import IdentityExpired, IdentityRefused, Tokens, read_identity

SECRET = "a secret of at least thirty-two bytes"
OTHER = "another secret of thirty-two bytes or so"
NOW = 1_800_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


def signed(secret: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    return jwt.encode({"sub": "c-17", "exp": (NOW + HOUR) // 1000, **claims}, secret, algorithm=algorithm)


def test_a_token_gives_back_the_customer_it_was_issued_for() -> None:
    tokens = Tokens(SECRET)
    assert tokens.read(tokens.issue("anon:x", NOW), NOW + DAY) == "anon:x"


def test_a_token_of_another_deployment_is_nobody() -> None:
    assert Tokens(SECRET).read(Tokens(OTHER).issue("anon:x", NOW), NOW) is None


def test_a_token_ends_after_half_a_year() -> None:
    tokens = Tokens(SECRET)
    token = tokens.issue("anon:x", NOW)
    assert tokens.read(token, NOW + 179 * DAY) == "anon:x"
    assert tokens.read(token, NOW + 181 * DAY) is None


def test_halves_of_characters_in_an_identity_are_replaced() -> None:
    identity = read_identity(signed(name=" An\ud800n ", orders=["A\x001"]), SECRET, NOW)
    assert identity.slots == {"name": "An\ufffdn", "orders": "A\ufffd1"}


def test_a_token_from_the_future_is_nobody() -> None:
    tokens = Tokens(SECRET)
    assert tokens.read(tokens.issue("anon:x", NOW + DAY), NOW) is None


def test_a_young_token_is_kept_and_an_old_one_is_renewed() -> None:
    tokens = Tokens(SECRET)
    token = tokens.issue("anon:x", NOW)
    assert tokens.fresh(token, "anon:x", NOW + DAY) == token
    assert tokens.fresh(token, "anon:x", NOW + 8 * DAY) != token
    assert tokens.read(tokens.fresh(token, "anon:y", NOW), NOW) == "anon:y"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ä.ö.ü", "." * 5000, "e30.e30.e30"])
def test_what_is_no_token_is_nobody(token: str) -> None:
    assert Tokens(SECRET).read(token, NOW) is None


def test_the_algorithm_is_ours_to_choose() -> None:
    unsigned = jwt.encode({"sub": "sub:c-17", "iat": NOW // 1000, "use": "chat"}, "", algorithm="none")
    stronger = jwt.encode(
        {"sub": "sub:c-17", "iat": NOW // 1000, "use": "chat"}, SECRET * 2, algorithm="HS512"
    )
    assert Tokens(SECRET).read(unsigned, NOW) is None
    assert Tokens(SECRET * 2).read(stronger, NOW) is None


def test_an_identity_is_no_chat_token() -> None:
    assert Tokens(SECRET).read(signed(iat=NOW // 1000), NOW) is None


def test_an_identity_fills_name_email_and_orders() -> None:
    identity = read_identity(
        signed(name="Ann", email="ann@example.com", orders=["A100001", 17, {"no": 1}], role="admin"),
        SECRET,
        NOW,
    )
    assert identity.external_id == "sub:c-17"
    assert identity.slots == {"name": "Ann", "email": "ann@example.com", "orders": "A100001, 17"}


def test_an_identity_whose_claims_are_of_the_wrong_kind_fills_nothing() -> None:
    assert read_identity(signed(name=7, email=[], orders="A1"), SECRET, NOW).slots == {}
    assert read_identity(signed(name=" ", orders=["", " "]), SECRET, NOW).slots == {}


@pytest.mark.parametrize(
    "token",
    [
        signed(secret=OTHER),
        signed(algorithm="HS512", secret=SECRET * 2),
        jwt.encode({"sub": "c-17", "exp": (NOW + HOUR) // 1000}, "", algorithm="none"),
        signed(exp=(NOW + 26 * HOUR) // 1000),
        signed(exp="tomorrow"),
        jwt.encode({"sub": "c-17"}, SECRET),
        jwt.encode({"exp": (NOW + HOUR) // 1000}, SECRET),
        signed(sub=""),
        "nonsense",
    ],
)
def test_an_identity_that_proves_nothing_is_refused(token: str) -> None:
    with pytest.raises(IdentityRefused) as caught:
        read_identity(token, SECRET, NOW)
    assert not isinstance(caught.value, IdentityExpired)


def test_an_expired_identity_still_says_whose_it_was() -> None:
    with pytest.raises(IdentityExpired) as caught:
        read_identity(signed(exp=(NOW - HOUR) // 1000), SECRET, NOW)
    assert caught.value.subject == "c-17"
