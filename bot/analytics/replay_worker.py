"""The process that compares: gets a task and then portions of conversations, gives back what it found."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

from bot.analytics.frames import framed, receive
from bot.analytics.replaying import Task

# Customers are answered first.
NICENESS = 10


def main() -> None:
    """Work until the other side closes the pipe, also because it was killed."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICENESS)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not get between the frames.
    sys.stdout = sys.stderr
    task: Task = receive(source)
    comparing = asyncio.run(task.comparing())
    with contextlib.suppress(EOFError):
        while True:
            sink.write(framed(comparing.find(receive(source), task.since)))
            sink.flush()


if __name__ == "__main__":
    main()
