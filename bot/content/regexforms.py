"""Regular expressions as content may write them: RE2, ignoring case, of a bounded size."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import re2
from pydantic import AfterValidator, Field

from bot.model import REGEX_CHARACTERS, REGEX_MEMORY
from bot.yamlform import Text, Wrong

_RE2_HINTS = {
    "invalid perl operator": "RE2 has no look-ahead and no look-behind; say what must be there instead",
    "invalid escape sequence": "RE2 knows no such escape; it has no references back to a group either",
    "invalid repetition size": "a repetition goes up to 1000",
    "pattern too large": "a counted repetition like {500} of much is what makes it large",
}


def compiled(pattern: str) -> Any:
    """A regular expression as Frontdesk runs it: RE2, ignoring case. Raises re2.error."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.max_mem = REGEX_MEMORY
    return re2.compile(pattern, options=options)


def _regex(pattern: str) -> str:
    if len(pattern) > REGEX_CHARACTERS:
        message = f"this regular expression has {len(pattern)} characters, more than {REGEX_CHARACTERS}"
        raise Wrong("regex", message, "write several, each on its own")
    try:
        matches_nothing = compiled(pattern).search("") is not None
    except re2.error as error:
        reason = error.args[0]
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        hint = next((hint for start, hint in _RE2_HINTS.items() if said.startswith(start)), "")
        raise Wrong("regex", f"this regular expression is not possible: {said[:120]}", hint) from None
    if matches_nothing:
        hint = "use + instead of *, or say what must be there"
        raise Wrong("regex", "this regular expression fits every text, even an empty one", hint)
    return pattern


Regex: TypeAlias = Annotated[Text, AfterValidator(_regex)]
Strength: TypeAlias = Annotated[float, Field(gt=0, le=1)]
