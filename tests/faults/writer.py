"""A process that writes until it is killed or its disk is full, and prints what was acknowledged.

python writer.py DATABASE                writes for ever
python writer.py DATABASE --limit BYTES  may not make files longer than BYTES; when writes fail, the limit
                                         goes, three more writes are tried, and the process ends
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Callable

from bot.errors import StorageFailed
from bot.storage.database import Transaction
from bot.storage.jobs import enqueue
from bot.storage.sqlite import SqliteDatabase

TOGETHER = 40


def job(number: int) -> Callable[[Transaction], bool]:
    payload = {"text": "x" * 200}
    return lambda tx: enqueue(tx, f"{number:06}", "test", conversation="", payload=payload, run_at=1)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def write(database: SqliteDatabase, number: int) -> bool:
    try:
        await database.write(job(number))
    except StorageFailed:
        tell(f"failed {number:06}")
        return False
    tell(f"kept {number:06}")
    return True


async def main(path: str, limit: int | None) -> None:
    database = SqliteDatabase(path)
    await database.open()
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    number = 0
    while True:
        kept = await asyncio.gather(*(write(database, number + more) for more in range(TOGETHER)))
        number += TOGETHER
        if not all(kept):
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    for more in range(3):
        await write(database, number + more)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else None))
