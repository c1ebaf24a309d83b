"""A progress bar for commands that take a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Told how many of how many are done.
Tell = Callable[[int, int], None]


@contextmanager
def bar(before: str, counted: str = "") -> Iterator[Tell | None]:
    """A bar where a person watches, nothing elsewhere; from the first of `counted` on it says so."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(before, total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, description=counted or before, completed=done, total=total)

        yield tell
