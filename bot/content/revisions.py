"""The files behind the content in force, kept in the database: a broken save must not outlive a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.model import Millis
from bot.storage.database import Transaction


def keep_current(tx: Transaction, hash: str, sources: Mapping[str, str], now: Millis) -> None:
    """Keep `sources` (relative path to text) as the content in force, named by its hash."""
    tx.run("content.none_current", hash=hash)
    tx.run("content.keep", hash=hash, sources_json=json.dumps(dict(sources)), loaded_at=now)


def current_sources(tx: Transaction) -> Mapping[str, str] | None:
    """The files of the content that was last in force, or None if there never was any."""
    row = tx.one("content.current")
    if row is None:
        return None
    sources: dict[str, str] = json.loads(row["sources_json"])
    return sources
