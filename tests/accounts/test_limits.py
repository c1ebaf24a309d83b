import pytest

from bot.accounts.limits import PER_ADDRESS, PER_LOGIN, WINDOW, LoginLimit
from bot.errors import TooMany


def test_a_login_may_fail_a_few_times_and_then_has_to_wait() -> None:
    limit = LoginLimit()
    for _ in range(PER_LOGIN):
        limit.check("anna", "10.0.0.1", 0)
        limit.failed("anna", "10.0.0.1", 0)
    with pytest.raises(TooMany, match="15 min"):
        limit.check("anna", "10.0.0.1", 0)
    limit.check("anna", "10.0.0.1", WINDOW)


def test_a_guesser_elsewhere_does_not_lock_anna_out() -> None:
    limit = LoginLimit()
    for _ in range(PER_LOGIN):
        limit.failed("anna", "10.0.0.66", 0)
    limit.check("anna", "10.0.0.1", 0)


def test_one_address_may_not_try_many_logins() -> None:
    limit = LoginLimit()
    for number in range(PER_ADDRESS):
        limit.failed(f"login{number}", "10.0.0.66", 0)
    with pytest.raises(TooMany):
        limit.check("somebody else", "10.0.0.66", 0)


def test_signing_in_forgives() -> None:
    limit = LoginLimit()
    for _ in range(PER_LOGIN):
        limit.failed("anna", "10.0.0.1", 0)
        limit.succeeded("anna", "10.0.0.1")
    limit.check("anna", "10.0.0.1", 0)
