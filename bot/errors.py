"""Every error we raise: one base class, and on each error a code, an HTTP status and a sentence.

The class docstring is the sentence shown when no better one is given. Errors are written for the person
who reads them: what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file that people edit.

    `line` and `column` count from 1; 0 means the whole file. `hint` says what to do, and may be empty.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{place}: {self.severity}: {self.message} [{self.code}]{hint}"


class FrontdeskError(Exception):
    """Something went wrong."""

    code = "error"
    status = 500

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or (type(self).__doc__ or "").strip().splitlines()[0]
        super().__init__(self.sentence)


class ProblemsFound(FrontdeskError):
    """The files have problems that must be mended first."""

    code = "problems"
    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ContentBroken(ProblemsFound):
    """The intents or templates have errors."""

    code = "content_broken"


class ConfigBroken(ProblemsFound):
    """config.yml has errors."""

    code = "config_broken"


class BadRequest(FrontdeskError):
    """The request is not of the form this address takes."""

    code = "bad_request"
    status = 400


class NotSignedIn(FrontdeskError):
    """Sign in first."""

    code = "not_signed_in"
    status = 401


class Forbidden(FrontdeskError):
    """Your role does not allow this."""

    code = "forbidden"
    status = 403


class NotFound(FrontdeskError):
    """There is no such thing here."""

    code = "not_found"
    status = 404


class Conflict(FrontdeskError):
    """Somebody else was faster; look again."""

    code = "conflict"
    status = 409


class TooLarge(FrontdeskError):
    """That is more than this address takes."""

    code = "too_large"
    status = 413


class TooMany(FrontdeskError):
    """Too many requests; wait a little and try again."""

    code = "too_many"
    status = 429


class StorageFailed(FrontdeskError):
    """The database could not write; nothing was lost that had been acknowledged."""

    code = "storage_failed"
    status = 503


class ActionFailed(FrontdeskError):
    """An action raised an error or took too long."""

    code = "action_failed"
    status = 502
