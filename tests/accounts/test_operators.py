import pytest

from bot.accounts.operators import Operator, check_login, check_roles
from bot.errors import BadRequest


def test_no_teams_means_every_team() -> None:
    assert Operator("1", "anna", "Anna").sees("support")


def test_an_operator_of_one_team_sees_no_other() -> None:
    anna = Operator("1", "anna", "Anna", teams=("billing",))
    assert anna.sees("billing")
    assert not anna.sees("support")


def test_editors_do_not_see_customers() -> None:
    assert not Operator("1", "ed", "Ed", roles=("editor",)).sees("support")


def test_leads_and_administrators_lead() -> None:
    assert [
        Operator("1", "x", "X", roles=(role,)).leads for role in ("operator", "lead", "editor", "admin")
    ] == [
        False,
        True,
        False,
        True,
    ]


def test_logins_are_lower_case() -> None:
    assert check_login(" Anna.Lindberg@shop.example ") == "anna.lindberg@shop.example"


@pytest.mark.parametrize("login", ["", "two words", "-dash", "x" * 65, "å"])
def test_what_cannot_be_a_login_is_refused(login: str) -> None:
    with pytest.raises(BadRequest):
        check_login(login)


def test_roles_have_one_order_and_a_default() -> None:
    assert check_roles(["admin", "operator"]) == ("operator", "admin")
    assert check_roles([]) == ("operator",)
    with pytest.raises(BadRequest, match="boss"):
        check_roles(["boss"])
