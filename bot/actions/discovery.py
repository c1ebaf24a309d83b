"""Finding the actions of a package: every class with `name()` and `run(dispatcher, tracker, domain)`.

A module that cannot be imported is a problem with its file and line; the other modules are used all the same.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from bot.errors import Problem


class Action(Protocol):
    """The shape of an action: Rasa SDK's, and ours."""

    def name(self) -> str:
        """The name that templates use."""

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> Any:
        """Do it, and return the events it leads to. May be a coroutine function."""


@dataclass(frozen=True, slots=True)
class Found:
    """The actions by name, and what was wrong with modules and classes that had to be left out."""

    actions: Mapping[str, Action]
    problems: tuple[Problem, ...]


def discover(package: str) -> Found:
    """Import `package` and every module in it, and make one object of every action class."""
    actions: dict[str, Action] = {}
    problems: list[Problem] = []
    for name in _modules(package, problems):
        module = _import(name, problems)
        for cls in _classes(module) if module else ():
            _add(cls, actions, problems)
    return Found(actions, tuple(problems))


def _modules(package: str, problems: list[Problem]) -> Iterator[str]:
    yield package
    module = sys.modules.get(package)
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{package}.", onerror=lambda _: None):
        yield info.name


def _import(name: str, problems: list[Problem]) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        problems.append(_import_problem(name, error))
        return None


def _classes(module: ModuleType) -> Iterator[type]:
    for cls in vars(module).values():
        if not inspect.isclass(cls) or cls.__module__ != module.__name__ or inspect.isabstract(cls):
            continue
        # A protocol describes actions and is none.
        if getattr(cls, "_is_protocol", False):
            continue
        if callable(getattr(cls, "name", None)) and callable(getattr(cls, "run", None)):
            yield cls


def _add(cls: type, actions: dict[str, Action], problems: list[Problem]) -> None:
    try:
        action: Action = cls()
        name = action.name()
    except NotImplementedError:
        # A parent class of actions, which has no name of its own.
        return
    except Exception as error:
        problems.append(_class_problem(cls, f"action class `{cls.__name__}` cannot be made: {error!r}"))
        return
    if not isinstance(name, str) or not name:
        problems.append(_class_problem(cls, f"`{cls.__name__}.name()` returns {name!r} and not a name"))
    elif name in actions:
        other = type(actions[name])
        message = f"action `{name}` is there already, as `{other.__module__}.{other.__name__}`"
        problems.append(_class_problem(cls, message))
    else:
        actions[name] = action


def _class_problem(cls: type, message: str) -> Problem:
    try:
        file, line = inspect.getsourcefile(cls) or cls.__module__, inspect.getsourcelines(cls)[1]
    except (OSError, TypeError):
        file, line = cls.__module__, 0
    return Problem(_short(file), line, 1 if line else 0, "action", message)


def _import_problem(name: str, error: BaseException) -> Problem:
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        hint = "`actions` in config.yml names a package or module that Python can import"
        return Problem(name, 0, 0, "action_import", f"there is no module `{name}`", hint)
    file, line = _place(name, error)
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    message = f"the actions of `{name}` cannot be used: {type(error).__name__}: {text}"
    return Problem(_short(file), line, 1 if line else 0, "action_import", message, "mend it and start again")


def _place(name: str, error: BaseException) -> tuple[str, int]:
    """Where the error is: a syntax error's own place, else the module's last line in the traceback."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    file = (spec.origin if spec else None) or name
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return file, (lines[-1] if lines else 0) or 0


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
