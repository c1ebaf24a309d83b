"""Operators: who may sign in, what they may do, and whose customers they see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.errors import BadRequest

Role = Literal["operator", "lead", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

_ANSWERING: frozenset[Role] = frozenset({"operator", "lead", "admin"})
_LEADING: frozenset[Role] = frozenset({"lead", "admin"})
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who signs in. No `teams` means every team."""

    id: str
    login: str
    name: str
    roles: tuple[Role, ...] = ("operator",)
    teams: tuple[str, ...] = ()
    must_change_password: bool = False
    disabled: bool = False

    @property
    def answers(self) -> bool:
        """Whether this person may see and answer customers."""
        return not _ANSWERING.isdisjoint(self.roles)

    @property
    def leads(self) -> bool:
        """Whether this person may take a conversation from somebody else."""
        return not _LEADING.isdisjoint(self.roles)

    def sees(self, team: str) -> bool:
        """Whether customers waiting for `team` are this person's business."""
        return self.answers and (not self.teams or team in self.teams)


def check_login(login: str) -> str:
    """The login as it is stored (lower case). Raises `BadRequest` if it cannot be one."""
    lowered = login.strip().lower()
    if not _LOGIN.fullmatch(lowered):
        raise BadRequest(
            f"`{login}` cannot be a login: use letters, digits and . _ - @ +, at most 64 of them."
        )
    return lowered


def check_roles(names: Iterable[str]) -> tuple[Role, ...]:
    """The roles by these names, in a fixed order. Raises `BadRequest` for a name that is no role."""
    wanted = set(names)
    unknown: Sequence[str] = sorted(wanted - set(ROLES))
    if unknown:
        raise BadRequest(f"`{unknown[0]}` is not a role; the roles are {', '.join(ROLES)}.")
    return tuple(role for role in ROLES if role in wanted) or ("operator",)
