"""The `Database` seam: named statements, short transactions, and an acknowledgement that means "on disk".

Statements live in `statements/*.sql`, each under a `-- name:` line, and use `:name` parameters. They are
portable SQL: what runs on SQLite runs on PostgreSQL. A write is a plain function that gets a `Transaction`;
the database decides when it runs and may group several into one commit, each under its own savepoint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from bot.errors import Conflict

T = TypeVar("T")

Row: TypeAlias = Mapping[str, Any]


class AlreadyThere(Conflict):
    """A row with this key is there already.

    Raised for a UNIQUE or PRIMARY KEY that stands in the way. Let it end the work: a transaction that goes on
    afterwards is not portable. Where a duplicate is normal, use `ON CONFLICT … DO NOTHING` and see the count.
    """

    code = "already_there"


class Transaction(Protocol):
    """What a write may do. Statements are named `file.statement`, as in `conversations.update`."""

    def run(self, statement: str, /, **values: Any) -> int:
        """Run one statement and return how many rows it changed."""

    def one(self, statement: str, /, **values: Any) -> Row | None:
        """The first row, or None."""

    def all(self, statement: str, /, **values: Any) -> Sequence[Row]:
        """Every row, in order."""


class Database(Protocol):
    """Durable storage. Every method may raise `StorageFailed`."""

    async def open(self) -> None:
        """Connect and run the migrations that have not run yet."""

    async def close(self) -> None:
        """Finish the writes under way and disconnect."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction and return its result once it is on disk.

        If `work` raises, its own changes are undone and the error comes out here; others grouped with it are
        untouched. If the commit fails, every work of the group fails with `StorageFailed`.
        """

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` against committed data; it must not write."""
